package io.github.medgs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.engine.Engine;
import io.github.medgs.evaluation.interpolation.ImageMetrics;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.Configs;
import io.github.medgs.training.History;
import io.github.medgs.training.Trainer;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code report.json}: what went in, what came out, and how well the model holds what it was given. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode root = JSON.createObjectNode();
    private final List<String> summary = new ArrayList<>();
    private final TrainingRun run;
    private final TrainedModel model;

    Report(TrainingRun run, Trainer.Outcome outcome, Engine engine) {
        this.run = run;
        this.model = outcome.model();
        SliceStack stack = run.data.stack();
        ObjectNode input = root.putObject("input");
        input.put("slices", stack.count());
        input.put("width", stack.width());
        input.put("height", stack.height());
        input.put("axis", stack.geometry().axis().name().toLowerCase(Locale.ROOT));
        input.put("sliceSpacingMm", stack.geometry().sourceSpacing());
        input.put("windowLow", stack.window().low());
        input.put("windowHigh", stack.window().high());
        input.put("nonFiniteVoxels", stack.nonFiniteCount());
        ObjectNode training = root.putObject("training");
        training.put("engine", engine.name());
        training.put("engineDescription", engine.description());
        training.put("heads", run.heads.name().toLowerCase(Locale.ROOT));
        training.put("iterations", outcome.iteration());
        training.put("gaussians", model.gaussians().count());
        List<History.Row> rows = outcome.history().rows();
        if (!rows.isEmpty()) {
            training.put("seconds", rows.getLast().seconds());
        }
        try {
            root.set("config", JSON.readTree(Configs.toJson(run.config)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void volume(String name, Volume volume) {
        ObjectNode node = outputs().putObject(name);
        node.putArray("size").add(volume.nx()).add(volume.ny()).add(volume.nz());
        node.putArray("spacingMm").add(volume.spacing(0)).add(volume.spacing(1)).add(volume.spacing(2));
    }

    void surface(String name, TriangleMesh mesh, float level) {
        Measures measures = Measures.of(mesh);
        MeshCheck check = MeshCheck.of(mesh);
        ObjectNode node = outputs().putObject(name);
        node.put("frame", mesh.frame().name());
        node.put("level", level);
        node.put("triangles", mesh.triangleCount());
        node.put("closed", check.closed());
        node.put("manifold", check.manifold());
        node.set("measures", JSON.valueToTree(measures));
        summary.add(String.format(Locale.ROOT, "surface: %,d triangles, %s, volume %.1f mm3, area %.1f mm2",
                mesh.triangleCount(), check.closed() ? "closed" : "open", measures.volume(), measures.area()));
    }

    /** Draws the model at its own slices and compares. */
    void ownSlices(Engine engine) {
        SliceStack stack = run.data.stack();
        int pixels = run.data.pixels();
        boolean image = run.heads.hasImage();
        boolean mask = run.heads.hasMask();
        float[] drawnImage = image ? new float[pixels] : null;
        float[] drawnMask = mask ? new float[pixels] : null;
        double psnr = 0;
        double ssim = 0;
        double squared = 0;
        long both = 0;
        long either = 0;
        for (int f = 0; f < stack.count(); f++) {
            engine.render(model.gaussians(), model.timeScale().ofSlice(f), drawnImage, drawnMask);
            if (image) {
                float[] truth = java.util.Arrays.copyOfRange(stack.values(), f * pixels, (f + 1) * pixels);
                clamp(drawnImage);
                psnr += Math.min(99, ImageMetrics.psnr(drawnImage, truth));
                ssim += ImageMetrics.ssim(drawnImage, truth, stack.height(), stack.width());
                for (int p = 0; p < pixels; p++) {
                    squared += Math.pow(drawnImage[p] - truth[p], 2);
                }
            }
            if (mask) {
                for (int p = 0; p < pixels; p++) {
                    boolean inside = drawnMask[p] >= 0.5f;
                    boolean truth = run.data.mask()[f * pixels + p] >= 0.5f;
                    both += inside && truth ? 1 : 0;
                    either += (inside ? 1 : 0) + (truth ? 1 : 0);
                }
            }
        }
        ObjectNode node = root.putObject("ownSlices");
        if (image) {
            double volumePsnr = -10 * Math.log10(squared / ((double) stack.count() * pixels));
            node.put("psnr", psnr / stack.count());
            node.put("psnrOfVolume", volumePsnr);
            node.put("ssim", ssim / stack.count());
            summary.add(String.format(Locale.ROOT, "own slices: PSNR %.2f dB (whole volume %.2f dB), SSIM %.4f",
                    psnr / stack.count(), volumePsnr, ssim / stack.count()));
        }
        if (mask) {
            double dice = either == 0 ? 1 : 2.0 * both / either;
            node.put("dice", dice);
            summary.add(String.format(Locale.ROOT, "own slices: mask Dice %.4f", dice));
        }
    }

    private static void clamp(float[] values) {
        for (int p = 0; p < values.length; p++) {
            values[p] = Math.clamp(values[p], 0f, 1f);
        }
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
