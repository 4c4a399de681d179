package io.github.medgs.cli;

import io.github.medgs.files.InputFiles;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medgs info}: what a volume, model or mesh file holds, in words. */
@Command(name = "info", description = "Say what a volume, model or mesh file holds.", mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "a volume (file or folder), a model.medgs or a mesh")
    private Path file;

    @Mixin
    private VolumeOptions volumeOptions;

    @Override
    public Integer call() throws Exception {
        InputFiles.requireThere(file);
        String words = SurfaceSource.isModel(file) ? describe(ModelFile.read(file))
                : Files.isRegularFile(file) && MeshFormat.matches(file) ? describe(MeshFiles.read(file))
                : VolumeFiles.describe(file, volumeOptions.readOptions());
        // Names out of a file may hold anything.
        words.lines().forEach(line -> System.out.println(Console.shown(line)));
        System.out.flush();
        return Main.DONE;
    }

    private static String describe(TrainedModel model) {
        ModelForm form = model.gaussians().form();
        SliceGeometry geometry = model.geometry();
        double[] positions = geometry.positions();
        return Words.line("format", "model of folded Gaussians")
                + Words.line("heads", (model.image() ? "image" : "") + (model.image() && model.mask() ? " and " : "")
                        + (model.mask() ? "mask" : ""))
                + (model.labelled() ? Words.line("labels", labels(model.labels())) : "")
                + Words.line("Gaussians", String.format(Locale.ROOT, "%,d of %d parameters", model.gaussians().count(),
                        form.rows()))
                + Words.line("form", "compositing " + name(form.compositing()) + ", window " + name(form.window())
                        + ", motion degree " + form.motionDegree() + ", intensity degree " + form.intensityDegree())
                + Words.line("slices", String.format(Locale.ROOT,
                        "%d of %d x %d pixels (%.4g x %.4g mm) along axis %s, over %.4g mm", positions.length,
                        geometry.width(), geometry.height(), geometry.columnSpacing(), geometry.rowSpacing(),
                        name(geometry.axis()), positions[positions.length - 1]))
                + Words.line("window", String.format(Locale.ROOT, "%.6g to %.6g", model.window().low(),
                        model.window().high()))
                + Words.line("acquired", model.acquired() == null ? "its slices are not kept"
                        : "its slices are kept, as " + model.acquired().storage().words())
                + edited(model.editedSlices().length, positions.length);
    }

    // Slices that an edit changed are not what was scanned, kept or not.
    private static String edited(int edited, int slices) {
        return edited == 0 ? "" : Words.line("edited", edited + " of " + slices + " slices");
    }

    private static String labels(LabelSlices labels) {
        return labels.labels().size() + " in " + labels.channelCount() + " channels: " + labels.labels().stream()
                .map(label -> label.id() + " " + label.name()).collect(Collectors.joining(", "));
    }

    private static String describe(MeshFiles.Loaded loaded) {
        TriangleMesh mesh = loaded.mesh();
        MeshCheck check = MeshCheck.of(mesh);
        return Words.line("format", loaded.format() + " mesh, frame " + mesh.frame()
                        + (loaded.frameStated() ? "" : " (not stated in the file, assumed)"))
                + Words.line("size", String.format(Locale.ROOT, "%,d vertices, %,d triangles in %d pieces", check.vertices(),
                        check.triangles(), check.components()))
                + Words.line("surface", check.closed()
                        ? String.format(Locale.ROOT, "closed, volume %.6g mm3", check.signedVolume())
                        : String.format(Locale.ROOT, "not closed: %,d open and %,d tangled edges", check.openEdges(),
                                check.tangledEdges()))
                + Words.line("Euler", String.valueOf(check.eulerNumber()))
                + loaded.notes().stream().map(note -> Words.line("note", note)).collect(Collectors.joining());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
