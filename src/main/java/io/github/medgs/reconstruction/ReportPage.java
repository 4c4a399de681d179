package io.github.medgs.reconstruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.page.LineChart;
import io.github.medgs.page.Page;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.MeshPicture;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.History;
import io.github.medgs.trust.SliceTable;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code report.html}: a run as one page to send on; the pictures first, then the numbers of {@code report.json}. */
final class ReportPage {

    private static final int PLANE = 520;
    /** More are shown together. */
    private static final int MOST_SURFACES = 4;
    private static final int SURFACE = 360;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final JsonNode report;
    private final Page page;

    private ReportPage(String name, JsonNode report) {
        this.report = report;
        this.page = new Page("Reconstruction of " + name);
    }

    /**
     * Writes the page.
     *
     * @param report what {@code report.json} says
     * @param input the volume that was learnt from
     * @param surfaces what was meshed
     */
    static void write(Path file, String name, JsonNode report, TrainedModel model, Volume input, DrawnSlices drawn,
            List<MeshPart> surfaces, History history) throws IOException {
        ReportPage writer = new ReportPage(name, report);
        writer.numbers();
        writer.planes(model, input, drawn);
        if (surfaces.size() > MOST_SURFACES) {
            writer.surface(MeshPart.together("all labels", surfaces));
        } else {
            surfaces.forEach(writer::surface);
        }
        writer.measures();
        writer.training(history);
        writer.files();
        writer.page.details("Settings", JSON.writeValueAsString(report.path("config")));
        writer.page.details("Everything that was measured", JSON.writeValueAsString(report));
        writer.page.paragraph("Research software, not a medical device: no figure or surface here has been validated for"
                + " diagnosis or treatment.");
        AtomicFile.writeText(file, writer.page.html());
    }

    private void numbers() {
        JsonNode input = report.path("input");
        List<String[]> numbers = new ArrayList<>();
        numbers.add(new String[] {input.path("slices").asText(), "slices acquired"});
        JsonNode kept = report.path("slices");
        int inVolume = kept.path("acquired").asInt() + kept.path("edited").asInt();
        if (!kept.isMissingNode() && inVolume < input.path("slices").asInt()) {
            numbers.add(new String[] {String.valueOf(inVolume), "of them in the drawn volume"});
        }
        numbers.add(new String[] {format("%.3g mm", input.path("sliceSpacingMm")), "from slice to slice"});
        JsonNode own = report.path("ownSlices");
        add(numbers, own.path("psnr"), "%.1f dB", "own slices, PSNR");
        add(numbers, own.path("dice"), "%.4f", "own slices, mask Dice");
        add(numbers, report.at("/slices/expectedErrorOfDrawn"), "%.3g", "expected error of a drawn voxel, in the input's units");
        report.path("outputs").forEach(output -> add(numbers, output.has("label") ? MissingNode.getInstance()
                : output.at("/measures/volume"), 1e-3, "%.2f ml", "volume"));
        page.numbers(numbers);
    }

    private void planes(TrainedModel model, Volume input, DrawnSlices slices) {
        double[] acquired = model.geometry().positions();
        Outlines outlines = Outlines.of(slices);
        SliceTable table = slices.table();
        PlanePicture before = PlanePicture.ofInput(model, input);
        PlanePicture after = PlanePicture.ofDrawn(model, input, slices);
        int row = model.geometry().height() / 2;
        int column = model.geometry().width() / 2;
        page.heading("Before and after");
        page.figures(2, List.of(
                new Page.Figure(before.atRow(row, PLANE), "a cut across the acquired slices", "as acquired, across the slices"),
                new Page.Figure(after.atRow(row, PLANE), "the same cut through the drawn volume", "as drawn"),
                new Page.Figure(before.atColumn(column, PLANE), "the other cut across the acquired slices", "as acquired, the other way"),
                new Page.Figure(after.atColumn(column, PLANE), "the same cut through the drawn volume", "as drawn")));
        page.paragraph("The strip at the left of a cut tells acquired slices (light) from drawn ones (blue). Letters: the patient's"
                + " right and left (R, L), front and back (A, P), head and feet (S, I)."
                + (outlines == null ? "" : slices.labels() == null ? " Yellow is the outline of the mask."
                        : " Each structure is outlined in its colour."));
        if (outlines != null && slices.labels() != null) {
            page.swatches(slices.labels().labels().stream().map(Label::name).toList(), outlines.colors());
        }
        int between = drawnSlice(table);
        if (slices.image() != null && between >= 0) {
            double[] positions = table.provenance().positions();
            int nearest = table.provenance().nearest(between);
            page.figures(2, List.of(
                    new Page.Figure(before.slice(nearest, PLANE), "the nearest acquired slice",
                            String.format(Locale.ROOT, "acquired, at %.2f mm", acquired[nearest])),
                    new Page.Figure(after.slice(between, PLANE), "a drawn slice",
                            String.format(Locale.ROOT, "drawn, at %.2f mm: %.2f mm from the nearest acquired one",
                                    positions[between], Math.abs(positions[between] - acquired[nearest])))));
        }
        if (slices.uncertainty() != null && between >= 0) {
            error(model, slices, row, between);
        }
    }

    private void error(TrainedModel model, DrawnSlices slices, int row, int between) {
        Volume expected = slices.uncertainty().expected();
        float most = ErrorColors.most(expected.voxels());
        PlanePicture sure = new PlanePicture(model, slices.image(), null, slices.table(), expected, most);
        page.heading("How sure a drawn slice is");
        page.figures(2, List.of(
                new Page.Figure(ErrorColors.withScale(PlanePicture.captioned(sure.atRow(row, PLANE), ""), most),
                        "expected error across the slices", "expected absolute error, in the input's units"),
                new Page.Figure(ErrorColors.withScale(PlanePicture.captioned(sure.slice(between, PLANE), ""), most),
                        "expected error of the drawn slice", "the same on the drawn slice above")));
        JsonNode trust = report.path("slices");
        page.paragraph(trust.path("priorAlone").asBoolean()
                ? "The expected error is that of other volumes: " + trust.path("priorBecause").asText() + "."
                : "Learnt by leaving out " + trust.path("slicesLeftOut").asInt() + " of the acquired slices and drawing them"
                        + " again. Acquired slices have none. A structure smaller than the gap may be in no slice at all:"
                        + " no method can draw that, and this error does not know of it.");
    }

    /** The drawn slice nearest to the middle that is farthest from acquired ones; -1 where none was drawn. */
    static int drawnSlice(SliceTable table) {
        double[] positions = table.provenance().positions();
        double middle = positions[positions.length - 1] / 2;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < positions.length; n++) {
            double cost = Math.abs(positions[n] - middle) - 2 * table.provenance().distance(n);
            if (!table.stands(n) && cost < least) {
                least = cost;
                best = n;
            }
        }
        return best;
    }

    private void surface(MeshPart part) {
        TriangleMesh mesh = part.mesh();
        double span = MeshPicture.span(mesh);
        List<Page.Figure> figures = new ArrayList<>();
        for (MeshPicture.Side side : MeshPicture.Side.values()) {
            String seen = side.name().toLowerCase(Locale.ROOT);
            figures.add(new Page.Figure(MeshPicture.of(part, side, SURFACE, span),
                    (part.name().equals("surface") ? "the surface" : "the surface " + part.name()) + " from the patient's " + seen, "from the " + seen));
        }
        page.heading(part.name().equals("surface") ? "Surface" : "Surface: " + part.name());
        page.figures(4, figures);
        page.paragraph(String.format(Locale.ROOT, "Each picture is %.0f mm wide; the head is up.", span));
    }

    private void measures() {
        List<List<String>> rows = new ArrayList<>();
        report.path("outputs").properties().forEach(output -> {
            JsonNode measures = output.getValue().path("measures");
            if (!measures.isMissingNode()) {
                JsonNode dice = report.at("/ownSlices/diceOfLabels/" + output.getValue().path("label").asText());
                rows.add(List.of(output.getKey(), format("%.2f", measures.path("volume"), 1e-3),
                        format("%.1f", measures.path("area"), 1e-2), format("%.1f", measures.path("largestDiameter")),
                        output.getValue().path("closed").asBoolean() ? "yes" : "no",
                        String.format(Locale.ROOT, "%,d", output.getValue().path("triangles").asInt()),
                        format("%.4f", dice.isNumber() ? dice : report.at("/ownSlices/dice"))));
            }
        });
        if (!rows.isEmpty()) {
            page.table(List.of("surface", "volume, ml", "area, cm\u00b2", "largest diameter, mm", "closed", "triangles", "Dice on own slices"), rows);
        }
    }

    private void training(History history) {
        List<History.Row> rows = history.rows();
        if (rows.size() < 2) {
            return;
        }
        double[] steps = rows.stream().mapToDouble(History.Row::iteration).toArray();
        double[] psnr = rows.stream().mapToDouble(History.Row::psnr).toArray();
        double[] loss = rows.stream().mapToDouble(History.Row::loss).toArray();
        page.heading("The course of training");
        page.chart(Double.isFinite(psnr[psnr.length - 1])
                ? new LineChart("PSNR of the slices that were trained on", "step", "dB").line("PSNR", steps, psnr)
                : new LineChart("the loss", "step", "loss").line("loss", steps, loss));
        JsonNode training = report.path("training");
        page.paragraph(String.format(Locale.ROOT, "%,d steps, %,d Gaussians, %.0f s on the engine %s (%s).",
                training.path("iterations").asInt(), training.path("gaussians").asInt(),
                training.path("seconds").asDouble(), training.path("engine").asText(),
                training.path("engineDescription").asText()));
    }

    private void files() {
        page.heading("What to do with the files");
        List<List<String>> rows = new ArrayList<>();
        JsonNode outputs = report.path("outputs");
        if (outputs.has(RunFolder.INTERPOLATED)) {
            rows.add(List.of(RunFolder.INTERPOLATED, "open it like any volume, in 3D Slicer, ITK-SNAP or with nibabel"));
        }
        if (outputs.has(RunFolder.UNCERTAINTY)) {
            rows.add(List.of(RunFolder.UNCERTAINTY + ", " + RunFolder.BAND,
                    "overlay them on the volume: the expected error, and half the width of the band that holds the truth"));
        }
        if (outputs.has(RunFolder.INTERPOLATED)) {
            rows.add(List.of(RunFolder.SLICES, "which slice was acquired, which drawn, and how far from the nearest acquired one"));
        }
        if (outputs.has(RunFolder.MASK)) {
            rows.add(List.of(RunFolder.MASK, "load it as a volume and overlay it; its surface lies at one half"));
        }
        if (outputs.has(RunFolder.LABELS)) {
            rows.add(List.of(RunFolder.LABELS, "load it as a label map; the labels have the input's numbers"));
        }
        if (outputs.findValue("measures") != null) {
            rows.add(List.of("surface*.*", "load it as a model in 3D Slicer (LPS unless you asked for RAS), print it, measure it"));
        }
        rows.add(List.of(RunFolder.MODEL, "medgs view shows it; medgs interpolate draws it again at any spacing; medgs mesh meshes it"));
        rows.add(List.of(RunFolder.REPORT, "every number of this page, for programs"));
        page.table(List.of("file", "next"), rows);
    }

    private static void add(List<String[]> numbers, JsonNode value, String format, String word) {
        add(numbers, value, 1, format, word);
    }

    private static void add(List<String[]> numbers, JsonNode value, double times, String format, String word) {
        if (value.isNumber()) {
            numbers.add(new String[] {format(format, value, times), word});
        }
    }

    private static String format(String format, JsonNode value) {
        return format(format, value, 1);
    }

    private static String format(String format, JsonNode value, double times) {
        return value.isNumber() ? String.format(Locale.ROOT, format, times * value.asDouble()) : "-";
    }
}
