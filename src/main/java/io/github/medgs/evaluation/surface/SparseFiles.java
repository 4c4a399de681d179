package io.github.medgs.evaluation.surface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.files.Csv;
import io.github.medgs.files.Png;
import io.github.medgs.page.Page;
import io.github.medgs.volume.Words;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Scores as text, CSV, JSON and a picture. */
public final class SparseFiles {

    private SparseFiles() {}

    /** One structure at one stride, from one first slice on. */
    public record Case(String structure, int stride, int offset, List<SparseProtocol.Row> rows) {}

    /**
     * A method in the mean over the choices of the first kept slice.
     *
     * @param choices how many were made
     * @param found in how many of them it found a surface; the means are over these, NaN where there are none
     */
    public record Mean(String structure, int stride, String method, int choices, int found, double assd, double dice) {

        /** In words, for a terminal. */
        public String line() {
            return String.format(Locale.ROOT, "%s, stride %d, mean of %d: %-20s ASSD %.3f mm, Dice %.4f%s", structure,
                    stride, choices, method, assd, dice, found < choices ? ", no surface in " + (choices - found) : "");
        }
    }

    /** Every method's means, by structure and stride. */
    public static List<Mean> means(List<Case> cases) {
        List<Mean> means = new ArrayList<>();
        cases.stream().collect(Collectors.groupingBy(one -> List.of(one.structure(), one.stride()), LinkedHashMap::new,
                Collectors.toList())).values().forEach(group -> {
            for (int m = 0; m < group.getFirst().rows().size(); m++) {
                int method = m;
                List<SurfaceScore> scores = group.stream().map(one -> one.rows().get(method).score())
                        .filter(Objects::nonNull).toList();
                means.add(new Mean(group.getFirst().structure(), group.getFirst().stride(),
                        group.getFirst().rows().get(m).method(), group.size(), scores.size(),
                        scores.stream().mapToDouble(SurfaceScore::assd).average().orElse(Double.NaN),
                        scores.stream().mapToDouble(SurfaceScore::dice).average().orElse(Double.NaN)));
            }
        });
        return means;
    }

    /** One line per structure, stride, first slice and method. */
    public static String csv(List<Case> cases) {
        StringBuilder text = new StringBuilder("structure,stride,offset,method,assd_mm,hd95_mm,hd_mm,chamfer_mm,"
                + "chamfer_hd95_mm,dice_dropped,volume_mm3,reference_mm3,volume_error_percent,sound,seconds\n");
        for (Case one : cases) {
            for (SparseProtocol.Row row : one.rows()) {
                text.append(Csv.quoted(one.structure())).append(',').append(one.stride())
                        .append(',').append(one.offset()).append(',').append(row.method());
                SurfaceScore s = row.score();
                double[] values = s == null ? new double[9] : new double[] {s.assd(), s.hd95(), s.hd(), s.chamfer(),
                    s.chamferHd95(), s.dice(), s.volume(), s.referenceVolume(), 100 * s.volumeError()};
                for (double value : values) {
                    text.append(',').append(s == null ? "" : String.format(Locale.ROOT, "%.5f", value));
                }
                text.append(',').append(row.sound()).append(',')
                        .append(String.format(Locale.ROOT, "%.2f", row.seconds())).append('\n');
            }
        }
        return text.toString();
    }

    public static String json(List<Case> cases) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        for (Case one : cases) {
            ObjectNode node = root.withArray("cases").addObject();
            node.put("structure", one.structure());
            node.put("stride", one.stride());
            node.put("offset", one.offset());
            ArrayNode methods = node.putArray("methods");
            for (SparseProtocol.Row row : one.rows()) {
                ObjectNode method = methods.addObject().put("method", row.method()).put("sound", row.sound())
                        .put("seconds", row.seconds());
                if (row.score() != null) {
                    put(method, row.score());
                }
            }
        }
        for (Mean mean : means(cases)) {
            ObjectNode node = root.withArray("means").addObject().put("structure", mean.structure())
                    .put("stride", mean.stride()).put("method", mean.method()).put("offsets", mean.choices())
                    .put("found", mean.found());
            if (mean.found() > 0) {
                node.put("assdMm", mean.assd()).put("dice", mean.dice());
            }
        }
        return mapper.writeValueAsString(root) + "\n";
    }

    /** A score's numbers, those that exist. */
    public static void put(ObjectNode node, SurfaceScore score) {
        node.put("assdMm", score.assd()).put("hd95Mm", score.hd95()).put("hdMm", score.hd());
        node.put("chamferMm", score.chamfer()).put("chamferHd95Mm", score.chamferHd95());
        putFinite(node, "dice", score.dice());
        putFinite(node, "volumeMm3", score.volume());
        putFinite(node, "referenceVolumeMm3", score.referenceVolume());
        putFinite(node, "volumeError", score.volumeError());
    }

    private static void putFinite(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        }
    }

    /** A row in words, for a terminal. */
    public static String line(SparseProtocol.Row row) {
        SurfaceScore s = row.score();
        return s == null ? String.format(Locale.ROOT, "  %-16s found no surface", row.method())
                : String.format(Locale.ROOT, "  %-16s ASSD %.3f mm, HD95 %.2f mm, Chamfer %.3f mm, Dice %.4f, volume %s %%",
                        row.method(), s.assd(), s.hd95(), s.chamfer(), s.dice(), Words.signed(100 * s.volumeError(), 1));
    }

    /** ASSD of every method at every stride, as a bar chart. */
    public static byte[] picture(List<Case> cases) {
        return Png.bytes(chart(cases));
    }

    private static BufferedImage chart(List<Case> cases) {
        CategoryChart chart = new CategoryChartBuilder().width(1000).height(500)
                .title("Distance to the full mask's surface").xAxisTitle("structure, stride").yAxisTitle("ASSD, mm")
                .build();
        chart.getStyler().setLocale(Locale.ROOT);
        List<Mean> means = means(cases);
        for (SparseProtocol.Row row : cases.getFirst().rows()) {
            List<String> names = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (Mean mean : means) {
                if (mean.method().equals(row.method())) {
                    names.add(mean.structure() + ", " + mean.stride());
                    values.add(mean.found() == 0 ? null : mean.assd());
                }
            }
            chart.addSeries(row.method(), names, values);
        }
        return BitmapEncoder.getBufferedImage(chart);
    }

    /** The picture, then a table that sorts, as one page. */
    public static String html(List<Case> cases) {
        Page page = new Page("Surfaces from every Nth slice");
        page.paragraph("Slices of a mask were left out; each method makes the surface from those kept, and it is held against the"
                + " surface of the whole mask. Distances in millimetres: lower is better. Dice is over the slices that were left"
                + " out: higher is better. A click on a column's head sorts by it.");
        page.figures(1, List.of(new Page.Figure(chart(cases),
                "bars: the distance to the whole mask's surface, by structure, stride and method",
                "mean distance to the whole mask's surface (ASSD)")));
        List<List<String>> rows = new ArrayList<>();
        for (Case one : cases) {
            for (SparseProtocol.Row row : one.rows()) {
                SurfaceScore s = row.score();
                rows.add(List.of(one.structure(), Integer.toString(one.stride()), Integer.toString(one.offset()), row.method(),
                        number("%.3f", s == null ? Double.NaN : s.assd()), number("%.2f", s == null ? Double.NaN : s.hd95()),
                        number("%.2f", s == null ? Double.NaN : s.hd()), number("%.4f", s == null ? Double.NaN : s.dice()),
                        s == null ? "-" : Words.signed(100 * s.volumeError(), 1), row.sound() ? "yes" : "no",
                        number("%.2f", row.seconds())));
            }
        }
        List<List<String>> means = new ArrayList<>();
        for (Mean mean : means(cases)) {
            if (mean.choices() > 1) {
                means.add(List.of(mean.structure(), Integer.toString(mean.stride()), mean.method(), number("%.3f", mean.assd()),
                        number("%.4f", mean.dice()), mean.found() + " of " + mean.choices()));
            }
        }
        if (!means.isEmpty()) {
            page.heading("In the mean over the first kept slices");
            page.table(List.of("structure", "stride", "method", "ASSD, mm", "Dice", "surfaces"), means);
        }
        page.heading("Every method");
        page.table(List.of("structure", "stride", "first slice", "method", "ASSD, mm", "HD95, mm", "HD, mm", "Dice", "volume error, %", "sound",
                "seconds"), rows);
        return page.html();
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
