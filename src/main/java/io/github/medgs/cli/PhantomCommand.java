package io.github.medgs.cli;

import io.github.medgs.volume.phantom.Phantom;
import io.github.medgs.volume.phantom.Phantoms;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs phantom}: the analytic sample volumes. */
@Command(name = "phantom", description = "Write an analytic sample volume: image, mask, and the truth as JSON.",
        mixinStandardHelpOptions = true)
final class PhantomCommand implements Callable<Integer> {

    /** The names, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Phantoms.names().iterator();
        }
    }

    @Parameters(index = "0", paramLabel = "NAME", completionCandidates = Names.class, description = "one of ${COMPLETION-CANDIDATES}")
    private String name;

    @Mixin
    private OutputFolder output;

    @Option(names = "--seed", paramLabel = "N", description = "another patient: other noise, lying a little differently (default: the sample's)")
    private Long seed;

    @Option(names = "--size", paramLabel = "S", defaultValue = "1", description = "a body S times as large at the same spacing, 0.2 to 4 (default: ${DEFAULT-VALUE})")
    private double size;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Phantom phantom = Phantoms.make(name, seed, size);
        List<String> files = List.of(phantom.name() + ".nii.gz", phantom.name() + "-mask.nii.gz", phantom.name() + ".json");
        output.checkFiles(files);
        phantom.writeTo(output.path);
        consoleOptions.console().say("wrote " + files.get(0) + ", " + files.get(1) + " and " + files.get(2) + " into " + output
                + ": " + phantom.description());
        return Main.DONE;
    }
}
