package io.github.medgs.reconstruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.engine.Engine;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.Configs;
import io.github.medgs.training.History;
import io.github.medgs.training.Trainer;
import io.github.medgs.trust.ErrorModel;
import io.github.medgs.trust.SliceTable;
import io.github.medgs.trust.SurfaceBands;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code report.json}: what went in, what came out, and how well the model holds what it was given. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode root = JSON.createObjectNode();
    private final List<String> summary = new ArrayList<>();
    private final TrainedModel model;

    Report(LearningTask task, Trainer.Outcome outcome, Engine engine) {
        this.model = outcome.model();
        SliceStack stack = task.data().stack();
        ObjectNode input = root.putObject("input");
        input.put("slices", stack.count());
        input.put("width", stack.width());
        input.put("height", stack.height());
        input.put("axis", stack.geometry().axis().name().toLowerCase(Locale.ROOT));
        input.put("sliceSpacingMm", stack.geometry().sourceSpacing());
        input.put("windowLow", stack.window().low());
        input.put("windowHigh", stack.window().high());
        input.put("nonFiniteVoxels", stack.nonFiniteCount());
        input.put("farOutsideVoxels", stack.farOutsideCount());
        input.put("fingerprint", task.data().fingerprint());
        if (task.only() != null) {
            input.putObject("onlyLabel").put("id", task.only().id()).put("name", task.only().name());
        }
        ObjectNode training = root.putObject("training");
        training.put("engine", engine.name());
        training.put("engineDescription", engine.description());
        training.put("heads", task.heads().name().toLowerCase(Locale.ROOT));
        training.put("iterations", outcome.iteration());
        training.put("gaussians", model.gaussians().count());
        List<History.Row> rows = outcome.history().rows();
        if (!rows.isEmpty()) {
            training.put("seconds", rows.getLast().seconds());
        }
        try {
            root.set("config", JSON.readTree(Configs.toJson(task.config())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the input was read from, seen from the run's folder: a view shows it beside the model. */
    void sources(Path folder, Path image, Path mask, Set<Long> labels, boolean soft) {
        ObjectNode input = (ObjectNode) root.get("input");
        if (image != null) {
            input.put("image", seenFrom(folder, image));
        }
        if (mask != null) {
            input.put("mask", seenFrom(folder, mask));
            ArrayNode list = input.putArray("labels");
            labels.forEach(list::add);
            input.put("soft", soft);
        }
    }

    private static String seenFrom(Path folder, Path file) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        // On another drive there is no way from one to the other.
        return (Objects.equals(from.getRoot(), to.getRoot()) ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    void volume(String name, Volume volume) {
        ObjectNode node = outputs().putObject(name);
        node.putArray("size").add(volume.nx()).add(volume.ny()).add(volume.nz());
        node.putArray("spacingMm").add(volume.spacing(0)).add(volume.spacing(1)).add(volume.spacing(2));
    }

    /** The labels drawn: number, name, colour and voxels of each. */
    void labels(String name, LabelField field) {
        volume(name, field.volume());
        ArrayNode list = ((ObjectNode) outputs().get(name)).putArray("labels");
        long[] counts = field.counts();
        for (int n = 0; n < counts.length; n++) {
            Label label = field.labels().get(n);
            list.addObject().put("id", label.id()).put("name", label.name())
                    .put("color", String.format(Locale.ROOT, "#%06X", label.color())).put("voxels", counts[n]);
        }
    }

    /** Which slices were acquired, and how sure the others are. */
    void slices(DrawnSlices drawn) {
        SliceTable table = drawn.table();
        ObjectNode node = root.putObject("slices");
        node.put("acquired", table.acquired());
        node.put("edited", table.changed());
        node.put("drawn", table.provenance().count() - table.acquired() - table.changed());
        node.put("storedAs", drawn.image().stored().storage().words());
        ArrayNode indices = node.putArray("acquiredIndices");
        for (int n = 0; n < table.provenance().count() && table.returned(); n++) {
            if (table.provenance().isAcquired(n)) {
                indices.add(n);
            }
        }
        if (drawn.uncertainty() == null || table.provenance().drawn() == 0) {
            return;
        }
        ErrorModel trust = drawn.uncertainty().model();
        double mean = IntStream.range(0, table.provenance().count()).filter(n -> !table.provenance().isAcquired(n))
                .mapToDouble(n -> drawn.uncertainty().perSlice()[n]).average().orElse(0);
        node.put("expectedErrorOfDrawn", mean);
        node.put("bandLevel", trust.level());
        node.put("slicesLeftOut", trust.leftOut());
        node.put("priorAlone", trust.priorAlone());
        String from = "learnt from " + trust.leftOut() + " slices left out";
        if (trust.priorAlone()) {
            boolean tooShort = table.provenance().acquired().length < ErrorModel.FEWEST;
            from = "from other volumes alone: " + (tooShort ? "the stack is too short to leave a slice out"
                    : "its own slices left out were drawn without an error, or show nothing within the window");
            node.put("priorBecause", from.substring(from.indexOf(": ") + 2));
        }
        summary.add(String.format(Locale.ROOT, "drawn slices: expected error %.4g, %s", mean, from));
    }

    /** How finely the space between the slices is drawn. */
    void drawing(SliceSpacing spacing) {
        root.set(SliceSpacing.IN_REPORT, spacing.toJson());
    }

    /** How the surfaces are made. */
    void surfaces(SurfaceRecipe recipe) {
        root.set(SurfaceRecipe.IN_REPORT, recipe.toJson());
    }

    /**
     * The surface of a label, under its name.
     *
     * @param bands how sure its measures are, or {@code null} where nothing could be learnt of that
     */
    void surface(MeshPart part, Label label, float level, SurfaceBands bands) {
        String name = part.name();
        for (int again = 2; outputs().has(name); again++) {
            name = part.name() + " " + again;
        }
        outputs().putObject(name).put("label", label.id());
        surface(name, part.mesh(), part.mesh().triangleCount(), level, bands);
    }

    /**
     * @param triangles that the file of this name holds: of a file of parts more than the surface of all together has
     * @param bands how sure its measures are, or {@code null} where nothing could be learnt of that
     */
    void surface(String name, TriangleMesh mesh, int triangles, float level, SurfaceBands bands) {
        Measures measures = Measures.of(mesh);
        MeshCheck check = MeshCheck.of(mesh);
        ObjectNode node = outputs().withObject("/" + name.replace("~", "~0").replace("/", "~1"));
        node.put("frame", mesh.frame().name());
        node.put("level", level);
        node.put("triangles", triangles);
        node.put("closed", check.closed());
        node.put("manifold", check.manifold());
        node.set("measures", JSON.valueToTree(measures));
        String sure = "";
        if (bands != null) {
            ObjectNode intervals = node.putObject("intervals");
            interval(intervals, "volume", measures.volume(), bands.volume());
            interval(intervals, "area", measures.area(), bands.area());
            interval(intervals, "largestDiameter", measures.largestDiameter(), bands.diameter());
            intervals.put("surfacesOfLeftOutSlices", bands.surfaces());
            sure = " (" + words(bands.volume()) + ")";
        }
        summary.add(String.format(Locale.ROOT, "%s: %,d triangles, %s, volume %s mm3%s, area %s mm2",
                node.has("label") ? name : "surface", triangles, check.closed() ? "closed" : "open",
                Words.measure(measures.volume()), sure, Words.measure(measures.area())));
    }

    private static void interval(ObjectNode intervals, String name, double measure, SurfaceBands.Band band) {
        intervals.putArray(name).add(measure * Math.max(0, 1 - band.below())).add(measure * (1 + band.above()));
    }

    /** As {@code +-3.9 %}, or {@code -0.7 to +1.5 %} where the two sides differ. */
    private static String words(SurfaceBands.Band band) {
        String below = String.format(Locale.ROOT, "%.1f", 100 * Math.min(1, band.below()));
        String above = String.format(Locale.ROOT, "%.1f", 100 * band.above());
        return below.equals(above) ? "+-" + above + " %" : "-" + below + " to +" + above + " %";
    }

    void ownSlices(OwnSlices own) {
        ObjectNode node = root.putObject("ownSlices");
        if (model.image()) {
            node.put("psnr", own.psnr());
            node.put("psnrOfVolume", own.psnrOfVolume());
            node.put("ssim", own.ssim());
            summary.add(String.format(Locale.ROOT, "own slices: PSNR %.2f dB (whole volume %.2f dB), SSIM %.4f",
                    own.psnr(), own.psnrOfVolume(), own.ssim()));
        }
        if (model.mask()) {
            node.put("dice", own.dice());
            if (!model.labelled()) {
                summary.add(String.format(Locale.ROOT, "own slices: mask Dice %.4f", own.dice()));
                return;
            }
            ObjectNode labels = node.putObject("diceOfLabels");
            int worst = 0;
            for (int n = 0; n < own.ofLabels().length; n++) {
                labels.put(String.valueOf(model.labels().labels().get(n).id()), own.ofLabels()[n]);
                worst = own.ofLabels()[n] < own.ofLabels()[worst] ? n : worst;
            }
            summary.add(String.format(Locale.ROOT, "own slices: %d labels in %d channels, mean Dice %.4f, lowest %.4f (%s)",
                    own.ofLabels().length, model.labels().channelCount(), own.dice(), own.ofLabels()[worst],
                    model.labels().labels().get(worst).name()));
        }
    }

    JsonNode root() {
        return root;
    }

    List<String> summary() {
        return summary;
    }

    void write(Path file) throws IOException {
        AtomicFile.writeText(file, JSON.writeValueAsString(root) + "\n");
    }

    private ObjectNode outputs() {
        return root.has("outputs") ? (ObjectNode) root.get("outputs") : root.putObject("outputs");
    }
}
