package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Results as one page for people, with its plots and pictures inside: nothing to lose, nothing to load. */
public final class HtmlReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em }
            table { border-collapse: collapse; margin: 1em 0 }
            th, td { padding: .25em .7em; text-align: right; border-bottom: 1px solid #ddd }
            th { background: #f4f4f4 } th:first-child, td:first-child { text-align: left }
            td.best { font-weight: 600; background: #eaf5ea }
            img.slice { image-rendering: pixelated; width: 11em; display: block }
            .strip { display: flex; flex-wrap: wrap; gap: .6em } figure { margin: 0 } figcaption { font-size: 85% }
            pre { background: #f8f8f8; padding: .7em; overflow: auto; font-size: 85% }
            """;

    private final StringBuilder page = new StringBuilder();

    private HtmlReport() {}

    /** The whole page. */
    public static String of(List<CaseResult> cases) {
        return new HtmlReport().write(cases);
    }

    private String write(List<CaseResult> cases) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>In-between slices</title>\n<style>\n").append(STYLE).append("</style></head><body>\n")
                .append("""
                <h1>In-between slices</h1>
                <p>Slices were left out and predicted from those kept; intensities lie in [0, 1]. PSNR in decibels and
                SSIM (Gaussian window of 1.5 pixels): higher is better. Means are over the held-out slices; slices of one
                single value are not scored. The best of each row is marked.</p>
                """);
        Set<String> methods = new LinkedHashSet<>();
        cases.forEach(result -> result.methods().forEach(method -> methods.add(method.method())));
        overview("PSNR", cases, methods, MethodResult::psnr, "%.2f");
        overview("SSIM", cases, methods, MethodResult::ssim, "%.4f");
        cases.forEach(this::section);
        settings(cases);
        return page.append("</body></html>\n").toString();
    }

    private void overview(String metric, List<CaseResult> cases, Set<String> methods,
            ToDoubleFunction<MethodResult> value, String format) {
        page.append("<h2>").append(metric).append("</h2>\n<table><tr><th>volume</th><th>stride</th>");
        methods.forEach(method -> cell("th", method));
        page.append("</tr>\n");
        for (CaseResult result : cases) {
            page.append("<tr>");
            cell("td", result.volume());
            cell("td", Integer.toString(result.stride()));
            double best =
                    result.methods().stream().mapToDouble(value).filter(Double::isFinite).max().orElse(Double.NaN);
            for (String name : methods) {
                double score = result.methods().stream().filter(method -> method.method().equals(name))
                        .mapToDouble(value).findFirst().orElse(Double.NaN);
                page.append(score == best ? "<td class=\"best\">" : "<td>").append(number(format, score)).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private void section(CaseResult result) {
        page.append("<h2>").append(escaped(result.volume())).append(", every ").append(ordinal(result.stride()))
                .append(" slice kept</h2>\n<p>").append(result.slices()).append(" slices of ").append(result.width())
                .append(" x ").append(result.height()).append(" along ").append(result.axis()).append(", ")
                .append(result.kept()).append(" kept, window ").append(number("%.4g", result.windowLow()))
                .append(" to ").append(number("%.4g", result.windowHigh())).append("; ").append(result.emptySlices())
                .append(" empty held-out slices not scored. Roughness is the mean absolute second difference across")
                .append(" slices; of the true slices it is ").append(number("%.5f", result.trueRoughness())).append(".</p>\n");
        page.append("<table><tr><th>method</th><th>PSNR</th><th>SSIM</th><th>mean abs. error</th><th>roughness</th>"
                + "<th>own slices PSNR</th><th>own slices SSIM</th><th>fit, s</th><th>per slice, ms</th></tr>\n");
        for (MethodResult method : result.methods()) {
            page.append("<tr>");
            cell("td", method.method());
            cell("td", number("%.2f", method.psnr()));
            cell("td", number("%.4f", method.ssim()));
            cell("td", number("%.5f", method.meanAbsoluteError()));
            cell("td", number("%.5f", method.roughness()));
            cell("td", number("%.2f", method.ownPsnr()));
            cell("td", number("%.4f", method.ownSsim()));
            cell("td", number("%.1f", method.fitSeconds()));
            cell("td", number("%.1f", 1000 * method.secondsPerSlice()));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
        trust(result);
        page.append("<p>");
        plot("PSNR, dB", result, SliceScore::psnr);
        plot("SSIM", result, SliceScore::ssim);
        page.append("</p>\n");
        result.pictures().forEach(pictures -> strip(result, pictures));
    }

    private void trust(CaseResult result) {
        if (result.methods().stream().allMatch(method -> method.trust() == null)) {
            return;
        }
        page.append("<table><tr><th>how sure</th><th>band meant for</th><th>holds</th><th>half width</th>"
                + "<th>of linear's errors</th><th>expected error</th><th>true error</th><th>sparsification</th>"
                + "<th>in foreground</th></tr>\n");
        for (MethodResult method : result.methods()) {
            TrustScore trust = method.trust();
            if (trust != null) {
                page.append("<tr>");
                cell("td", method.method());
                cell("td", number("%.0f %%", 100 * trust.level()));
                cell("td", number("%.1f %%", 100 * trust.coverage()));
                for (double width : new double[] {trust.halfWidth(), trust.trivialHalfWidth(), trust.expectedError(),
                    trust.error()}) {
                    cell("td", number("%.5f", width));
                }
                cell("td", number("%.3f", trust.sparsificationRatio()));
                cell("td", number("%.3f", trust.sparsificationInForeground()));
                page.append("</tr>\n");
            }
        }
        page.append("</table>\n<p>Sparsification is the area between the curve and the oracle's over that of chance:"
                + " 0 orders errors perfectly, 1 not at all.</p>\n");
    }

    private void plot(String label, CaseResult result, ToDoubleFunction<SliceScore> value) {
        XYChart chart = new XYChartBuilder().width(640).height(340).xAxisTitle("slice").yAxisTitle(label).build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal).setChartBackgroundColor(java.awt.Color.WHITE);
        boolean drawn = false;
        for (MethodResult method : result.methods()) {
            List<SliceScore> scores = method.slices().stream().filter(score -> !score.empty()).toList();
            if (!scores.isEmpty()) {
                chart.addSeries(method.method(), scores.stream().mapToDouble(SliceScore::slice).toArray(),
                        scores.stream().mapToDouble(value).toArray()).setMarker(SeriesMarkers.NONE);
                drawn = true;
            }
        }
        if (drawn) {
            try {
                byte[] png = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
                page.append("<img alt=\"").append(label).append(" by slice\" src=\"").append(Pictures.dataUri(png))
                        .append("\">\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void strip(CaseResult result, CaseResult.SlicePictures pictures) {
        page.append("<h3>Slice ").append(pictures.slice()).append(", the ").append(pictures.title()).append(" of ")
                .append(escaped(result.pictured())).append("</h3>\n<div class=\"strip\">");
        page.append("<figure><img class=\"slice\" alt=\"true\" src=\"")
                .append(Pictures.grey(pictures.truth(), result.height(), result.width()))
                .append("\"><figcaption>true</figcaption></figure>");
        for (int m = 0; m < result.methods().size(); m++) {
            MethodResult method = result.methods().get(m);
            float[] predicted = pictures.predictions().get(m);
            SliceScore score = method.slices().stream().filter(s -> s.slice() == pictures.slice()).findFirst()
                    .orElseThrow();
            page.append("<figure><img class=\"slice\" alt=\"predicted\" src=\"")
                    .append(Pictures.grey(predicted, result.height(), result.width()))
                    .append("\"><img class=\"slice\" alt=\"error\" src=\"")
                    .append(Pictures.error(predicted, pictures.truth(), result.height(), result.width()))
                    .append("\"><figcaption>").append(escaped(method.method())).append(": ")
                    .append(number("%.2f", score.psnr())).append(" dB, ").append(number("%.4f", score.ssim()))
                    .append("</figcaption></figure>");
        }
        if (pictures.expected() != null) {
            page.append("<figure><img class=\"slice\" alt=\"\" src=\"")
                    .append(Pictures.grey(pictures.truth(), result.height(), result.width()))
                    .append("\"><img class=\"slice\" alt=\"expected error\" src=\"")
                    .append(Pictures.expected(pictures.expected(), result.height(), result.width()))
                    .append("\"><figcaption>true, and the expected error</figcaption></figure>");
        }
        page.append("</div>\n<p>Below each prediction its error: red too bright, blue too dark, full colour at ")
                .append(Pictures.FULL_ERROR).append(" of the range.</p>\n");
    }

    private void settings(List<CaseResult> cases) {
        Map<String, MethodResult> byName = new LinkedHashMap<>();
        cases.forEach(result -> result.methods().forEach(method -> byName.putIfAbsent(method.method(), method)));
        page.append("<h2>Methods and settings</h2>\n<dl>");
        byName.forEach((name, method) -> {
            page.append("<dt><b>").append(escaped(name)).append("</b></dt><dd>").append(escaped(method.description()));
            if (!method.settings().isEmpty()) {
                try {
                    page.append("<details><summary>settings</summary><pre>")
                            .append(escaped(JSON.writeValueAsString(method.settings()))).append("</pre></details>");
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e);
                }
            }
            page.append("</dd>\n");
        });
        page.append("</dl>\n");
    }

    private void cell(String tag, String text) {
        page.append('<').append(tag).append('>').append(escaped(text)).append("</").append(tag).append('>');
    }

    private static String ordinal(int n) {
        return n == 2 ? "second" : n == 3 ? "third" : n + "th";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
