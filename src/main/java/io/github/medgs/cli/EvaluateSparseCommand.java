package io.github.medgs.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs evaluate sparse}: how well methods recover a mask's surface from every Nth slice. */
@Command(name = "sparse", description = "How well methods recover the surface of a mask from every Nth of its slices.",
        mixinStandardHelpOptions = true)
final class EvaluateSparseCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "the volume")
    private Path image;

    @Parameters(index = "1", paramLabel = "MASK", description = "a mask on its grid")
    private Path mask;

    @Mixin
    private OutputFolder output;

    @Option(names = "--label", paramLabel = "N", description = "label of the mask to take; repeat for several (default: all)")
    private List<Long> labels = List.of();

    @Mixin
    private SparseOptions sparse;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        sparse.run(image, mask, new LinkedHashSet<>(labels), output, volumeOptions, engineOptions,
                consoleOptions.console());
        return Main.DONE;
    }
}
