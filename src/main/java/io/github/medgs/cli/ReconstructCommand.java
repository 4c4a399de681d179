package io.github.medgs.cli;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.Trainer;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medgs reconstruct}: the main job, from a volume on disk to in-between slices, a surface and a report. */
@Command(name = "reconstruct",
        description = "Learn a volume, and write the slices between its slices, the organ's surface and a report.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand implements Callable<Integer> {

    static final String INTERPOLATED_FILE = "interpolated.nii.gz";
    static final String MASK_FILE = "mask.nii.gz";
    static final String SURFACE_NAME = "surface";
    static final String REPORT_FILE = "report.json";
    static final String PREVIEW_FILE = "preview.png";

    @Mixin
    private TrainingOptions training;

    @Mixin
    private InterpolationOptions interpolation;

    @Mixin
    private SurfaceOptions surface;

    @Option(names = "--mesh-format", paramLabel = "FORMAT", defaultValue = "stl", description = "stl, ply, obj or glb (default: ${DEFAULT-VALUE})")
    private MeshFormat meshFormat;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        engineOptions.check();
        interpolation.check();
        surface.check();
        TrainingRun run = new TrainingRun(training, interpolation, engineOptions.threads(), console);
        try (Engine engine = engineOptions.open(console)) {
            training.clearOutput(outputs());
            Trainer.Outcome outcome = run.train(engine, engineOptions.threads());
            if (!outcome.finished()) {
                return Main.INTERRUPTED;
            }
            Report report = new Report(run, outcome, engine);
            VolumeRenderer renderer = new VolumeRenderer(engine, outcome.model());
            double[] positions = interpolation.positions(renderer, outcome.model().geometry());
            VolumeRenderer.Rendered rendered;
            try (Console.Progress progress = console.progress("drawing", positions.length)) {
                rendered = renderer.render(positions, true, true, progress::to);
            }
            Path folder = training.output;
            if (rendered.image() != null) {
                VolumeFiles.write(rendered.image(), folder.resolve(INTERPOLATED_FILE));
                report.volume(INTERPOLATED_FILE, rendered.image());
            }
            if (rendered.mask() != null) {
                VolumeFiles.write(rendered.mask(), folder.resolve(MASK_FILE));
                report.volume(MASK_FILE, rendered.mask());
                writeSurface(engine, rendered, report, console);
            }
            Preview.write(folder.resolve(PREVIEW_FILE), outcome.model(), run.image, rendered.image(), rendered.mask(),
                    positions);
            report.ownSlices(engine);
            report.write(folder.resolve(REPORT_FILE));
            report.summary().forEach(console::say);
            console.say("wrote " + folder);
        }
        return Main.DONE;
    }

    private void writeSurface(Engine engine, VolumeRenderer.Rendered rendered, Report report, Console console)
            throws Exception {
        TriangleMesh mesh = surface.clean(MarchingCubes.extract(
                engine, rendered.mask(), surface.level, surface.frame, engineOptions.threads()));
        String name = SURFACE_NAME + "." + meshFormat.extension();
        if (mesh.isEmpty()) {
            console.say("the mask field reaches " + surface.level + " nowhere: no surface was written");
            return;
        }
        MeshFiles.write(training.output.resolve(name), mesh);
        report.surface(name, mesh, surface.level);
    }

    private static List<String> outputs() {
        List<String> names = new ArrayList<>(List.of(INTERPOLATED_FILE, MASK_FILE, REPORT_FILE, PREVIEW_FILE));
        for (MeshFormat format : MeshFormat.values()) {
            names.add(SURFACE_NAME + "." + format.extension());
        }
        return names;
    }
}
