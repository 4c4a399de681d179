package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code medgs}: the program's entry. */
@Command(
        name = "medgs",
        description = "Learns anatomy from a stack of medical slices by folded Gaussian splatting, and gives back what"
                + " lies between the slices.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReconstructCommand.class,
            TrainCommand.class,
            InterpolateCommand.class,
            MeshCommand.class,
            EditCommand.class,
            CompressCommand.class,
            DevicesCommand.class,
            KernelsCommand.class,
            PhantomCommand.class,
            InfoCommand.class,
            ConvertCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            CohortCommand.class,
            ViewCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    static final int DONE = 0;
    static final int OUR_FAULT = 1;
    static final int INPUT_AT_FAULT = 2;
    static final int INTERRUPTED = 130;

    // Read before parsing, so that the help and the parser's own errors follow it.
    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", scope = ScopeType.INHERIT,
            description = "colour messages and help: auto, always or never (default: ${DEFAULT-VALUE}; NO_COLOR is honoured)")
    private Color color;

    private Main() {}

    public static void main(String[] arguments) {
        // JOML would reach for sun.misc.Unsafe, and the JVM would warn the user about it; affines need no such speed.
        System.setProperty("joml.nounsafe", "true");
        // Pictures are drawn into files; no window is ever opened, and a server may have no display.
        System.setProperty("java.awt.headless", "true");
        System.exit(run(arguments));
    }

    /** Runs a command; returns the status to end with. */
    static int run(String... arguments) {
        List<String> words = List.of(arguments);
        boolean json = words.contains("--json");
        boolean verbose = words.contains("--verbose") || words.contains("-v");
        Color color = Color.of(arguments);
        Faults faults = new Faults(color.ofErrors(), json, verbose);
        if (json) {
            Console.begin(version(), words);
        }
        int status;
        try {
            status = commandLine().setColorScheme(Help.defaultColorScheme(color.ofOutput()))
                    .setParameterExceptionHandler(faults).setExecutionExceptionHandler(faults).execute(arguments);
        } catch (OutOfMemoryError e) {
            status = faults.outOfMemory(new PrintWriter(System.err, true));
        }
        if (json) {
            Console.print("end", Map.of("status", status));
        }
        return status;
    }

    static CommandLine commandLine() {
        CommandLine medgs = new CommandLine(new Main());
        SharedOptions.addTo(medgs.getSubcommands().get("cohort").getCommandSpec());
        Faults faults = new Faults(Help.Ansi.OFF, false, false);
        return medgs.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(faults).setExecutionExceptionHandler(faults)
                .setExitCodeExceptionMapper(e -> e instanceof InputException ? INPUT_AT_FAULT : OUR_FAULT);
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"medgs " + version()};
        }
    }
}
