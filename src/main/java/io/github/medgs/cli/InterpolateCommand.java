package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs interpolate}: the slices between the slices, from a model. */
@Command(name = "interpolate", description = "Draw a model as a finer volume.", mixinStandardHelpOptions = true)
final class InterpolateCommand implements Callable<Integer> {

    /** Which head to draw. */
    enum Head {
        IMAGE,
        MASK
    }

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model.medgs")
    private Path modelFile;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "volume to write")
    private Path output;

    @Option(names = "--head", paramLabel = "HEAD", defaultValue = "image", description = "image or mask (default: ${DEFAULT-VALUE})")
    private Head head;

    @Mixin
    private InterpolationOptions interpolation;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        SliceSpacing spacing = interpolation.spacing();
        TrainedModel model = ModelFile.read(modelFile);
        if (!(head == Head.IMAGE ? model.image() : model.mask())) {
            String name = head.name().toLowerCase(Locale.ROOT);
            throw new InputException(modelFile.toString(), "has no " + name + " head",
                    "give --head " + (head == Head.IMAGE ? "mask" : "image") + ", or train one that has");
        }
        try (Engine engine = engineOptions.open(console)) {
            VolumeRenderer renderer = new VolumeRenderer(engine, model);
            double[] positions = spacing.positions(model.geometry());
            try (Console.Progress progress = console.begin("drawing", positions.length)) {
                VolumeRenderer.Rendered rendered =
                        renderer.render(positions, head == Head.IMAGE, head == Head.MASK, progress::to);
                VolumeFiles.write(head == Head.IMAGE ? rendered.image() : rendered.mask(), output);
            }
        }
        console.say("wrote " + output);
        return Main.DONE;
    }
}
