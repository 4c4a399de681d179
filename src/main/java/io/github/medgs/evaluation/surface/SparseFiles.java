package io.github.medgs.evaluation.surface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Scores as text, CSV, JSON and a picture. */
public final class SparseFiles {

    private SparseFiles() {}

    /** One structure at one stride. */
    public record Case(String structure, int stride, List<SparseProtocol.Row> rows) {}

    /** One line per structure, stride and method. */
    public static String csv(List<Case> cases) {
        StringBuilder text = new StringBuilder("structure,stride,method,assd_mm,hd95_mm,hd_mm,chamfer_mm,"
                + "chamfer_hd95_mm,dice_dropped,volume_mm3,reference_mm3,volume_error_percent,sound,seconds\n");
        for (Case one : cases) {
            for (SparseProtocol.Row row : one.rows()) {
                text.append('"').append(one.structure().replace("\"", "\"\"")).append("\",").append(one.stride())
                        .append(',').append(row.method());
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
            ArrayNode methods = node.putArray("methods");
            for (SparseProtocol.Row row : one.rows()) {
                ObjectNode method = methods.addObject().put("method", row.method()).put("sound", row.sound())
                        .put("seconds", row.seconds());
                if (row.score() != null) {
                    put(method, row.score());
                }
            }
        }
        return mapper.writeValueAsString(root) + "\n";
    }

    /** A score's numbers, those that exist. */
    public static void put(ObjectNode node, SurfaceScore score) {
        node.put("assdMm", score.assd()).put("hd95Mm", score.hd95()).put("hdMm", score.hd());
        node.put("chamferMm", score.chamfer()).put("chamferHd95Mm", score.chamferHd95());
        if (Double.isFinite(score.dice())) {
            node.put("dice", score.dice());
        }
        node.put("volumeMm3", score.volume()).put("referenceVolumeMm3", score.referenceVolume());
        node.put("volumeError", score.volumeError());
    }

    /** A row in words, for a terminal. */
    public static String line(SparseProtocol.Row row) {
        SurfaceScore s = row.score();
        return s == null ? String.format(Locale.ROOT, "  %-16s found no surface", row.method())
                : String.format(Locale.ROOT, "  %-16s ASSD %.3f mm, HD95 %.2f mm, Chamfer %.3f mm, Dice %.4f, volume %+.1f %%",
                        row.method(), s.assd(), s.hd95(), s.chamfer(), s.dice(), 100 * s.volumeError());
    }

    /** ASSD of every method in every case, as a bar chart. */
    public static byte[] picture(List<Case> cases) throws IOException {
        CategoryChart chart = new CategoryChartBuilder().width(1000).height(500)
                .title("Distance to the full mask's surface").xAxisTitle("structure, stride").yAxisTitle("ASSD, mm")
                .build();
        List<String> names = new ArrayList<>();
        cases.forEach(one -> names.add(one.structure() + ", " + one.stride()));
        for (int m = 0; m < cases.getFirst().rows().size(); m++) {
            List<Double> values = new ArrayList<>();
            for (Case one : cases) {
                SurfaceScore score = one.rows().get(m).score();
                values.add(score == null ? 0 : score.assd());
            }
            chart.addSeries(cases.getFirst().rows().get(m).method(), names, values);
        }
        return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    }
}
