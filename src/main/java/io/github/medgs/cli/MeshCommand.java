package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Volume;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs mesh}: the surface of a model's mask field. */
@Command(name = "mesh", description = "The surface of a model's mask field, in patient millimetres.",
        mixinStandardHelpOptions = true)
final class MeshCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model.medgs")
    private Path modelFile;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "mesh to write: .stl, .ply, .obj or .glb")
    private Path output;

    @Mixin
    private SurfaceOptions surface;

    @Mixin
    private InterpolationOptions interpolation;

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
        TrainedModel model = ModelFile.read(modelFile);
        if (!model.mask()) {
            throw new InputException(modelFile.toString(), "has no mask head", "train one with --mask");
        }
        Volume field;
        try (Engine engine = engineOptions.open(console)) {
            VolumeRenderer renderer = new VolumeRenderer(engine, model);
            double[] positions = interpolation.positions(renderer, model.geometry());
            try (Console.Progress progress = console.progress("drawing", positions.length)) {
                field = renderer.render(positions, false, true, progress::to).mask();
            }
        }
        TriangleMesh mesh = MarchingCubes.extract(field, surface.level, surface.frame, engineOptions.threads());
        if (mesh.isEmpty()) {
            throw new InputException("--level " + surface.level, "is reached nowhere in the mask field",
                    "choose a lower level");
        }
        MeshFiles.write(output, mesh);
        console.say("wrote " + output + ": " + mesh.triangleCount() + " triangles, " + surface.frame + " millimetres");
        return Main.DONE;
    }
}
