package io.github.medgs.page;

import io.github.medgs.files.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A page that is built from top to bottom. It is one file, loads nothing, and reads in print, on a phone, in light and in
 * dark. All text is escaped here.
 */
public final class Page {

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /**
     * A picture with words below it.
     *
     * @param image of any size; shown as wide as its column
     * @param alternative what it shows, for those who cannot see it
     */
    public record Figure(BufferedImage image, String alternative, String caption) {}

    public Page(String title) {
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    public Page heading(String text) {
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    public Page subheading(String text) {
        body.append("<h3>").append(escaped(text)).append("</h3>\n");
        return this;
    }

    public Page paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** Numbers that count, each large with a word below. */
    public Page numbers(List<String[]> valueAndWord) {
        body.append("<dl class=\"numbers\">\n");
        for (String[] pair : valueAndWord) {
            body.append("<div><dt>").append(escaped(pair[1])).append("</dt><dd>").append(escaped(pair[0]))
                    .append("</dd></div>\n");
        }
        body.append("</dl>\n");
        return this;
    }

    /** Pictures beside each other, at most so many in a row. */
    public Page figures(int inARow, List<Figure> figures) {
        body.append("<div class=\"figures\" style=\"--row: ").append(inARow).append("\">\n");
        for (Figure figure : figures) {
            body.append("<figure><img alt=\"").append(escaped(figure.alternative())).append("\" src=\"")
                    .append(dataUri(figure.image())).append("\"><figcaption>").append(escaped(figure.caption()))
                    .append("</figcaption></figure>\n");
        }
        body.append("</div>\n");
        return this;
    }

    /**
     * A table that sorts by a click on a column's head, or by Enter or Space there.
     *
     * @param marked whether a cell is marked as the best of its row, or {@code null} for none
     */
    public Page table(List<String> head, List<List<String>> rows, boolean[][] marked) {
        body.append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"table: ")
                .append(escaped(head.getFirst())).append("\"><table class=\"sortable\"><thead><tr>");
        for (int c = 0; c < head.size(); c++) {
            int column = c;
            boolean words = rows.stream().noneMatch(row -> isNumber(row.get(column)));
            body.append(words ? "<th scope=\"col\" class=\"words\">" : "<th scope=\"col\">").append(escaped(head.get(c))).append("</th>");
        }
        body.append("</tr></thead><tbody>\n");
        for (int r = 0; r < rows.size(); r++) {
            body.append("<tr>");
            for (int c = 0; c < rows.get(r).size(); c++) {
                String cell = rows.get(r).get(c);
                boolean best = marked != null && marked[r][c];
                body.append(best ? "<td class=\"best\">" : isNumber(cell) ? "<td>" : "<td class=\"words\">")
                        .append(escaped(cell)).append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    public Page table(List<String> head, List<List<String>> rows) {
        return table(head, rows, null);
    }

    /** A chart of lines; see {@link LineChart}. */
    public Page chart(LineChart chart) {
        body.append("<figure class=\"chart\">").append(chart.toSvg()).append("<figcaption>")
                .append(escaped(chart.caption())).append(chart.legend()).append("</figcaption></figure>\n");
        return this;
    }

    /** What colours mean, each 0xRRGGBB with its word. */
    public Page swatches(List<String> words, int[] colors) {
        body.append("<ul class=\"swatches\">\n");
        for (int n = 0; n < colors.length; n++) {
            body.append(String.format(Locale.ROOT, "<li><span style=\"background: #%06x\"></span>%s</li>\n", colors[n],
                    escaped(words.get(n))));
        }
        body.append("</ul>\n");
        return this;
    }

    /** What most readers skip, folded away. */
    public Page details(String summary, String text) {
        body.append("<details><summary>").append(escaped(summary)).append("</summary><pre tabindex=\"0\">").append(escaped(text))
                .append("</pre></details>\n");
        return this;
    }

    /** The whole file. */
    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\""
                + " content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title) + "</title>\n<style>\n"
                + resource("page.css") + "</style>\n</head>\n<body>\n<main>\n" + body + "</main>\n<script>\n"
                + resource("page.js") + "</script>\n</body>\n</html>\n";
    }

    /** An image as a PNG inside an address. */
    public static String dataUri(BufferedImage image) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.bytes(image));
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[-+]?[0-9.,]*%?");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
