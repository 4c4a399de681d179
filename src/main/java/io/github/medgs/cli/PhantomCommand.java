package io.github.medgs.cli;

import io.github.medgs.volume.phantom.Phantom;
import io.github.medgs.volume.phantom.Phantoms;
import java.nio.file.Path;
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

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true, description = "folder to write into")
    private Path folder;

    @Option(names = "--seed", paramLabel = "N", description = "another patient: other noise, lying a little differently (default: the sample's)")
    private Long seed;

    @Option(names = "--size", paramLabel = "S", defaultValue = "1", description = "a body S times as large at the same spacing, 0.2 to 4 (default: ${DEFAULT-VALUE})")
    private double size;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Phantom phantom = Phantoms.make(name, seed, size);
        new OutputFolder(folder, true).check("", "");
        phantom.writeTo(folder);
        consoleOptions.console().say("wrote " + phantom.name() + ".nii.gz, " + phantom.name() + "-mask.nii.gz and "
                + phantom.name() + ".json into " + folder + ": " + phantom.description());
        return Main.DONE;
    }
}
