package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
            DevicesCommand.class,
            KernelsCommand.class,
            PhantomCommand.class,
            InfoCommand.class,
            ConvertCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            CohortCommand.class,
            ViewCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    static final int DONE = 0;
    static final int OUR_FAULT = 1;
    static final int INPUT_AT_FAULT = 2;
    static final int INTERRUPTED = 130;

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
        try {
            return commandLine().execute(arguments);
        } catch (OutOfMemoryError e) {
            return outOfMemory(new PrintWriter(System.err, true));
        }
    }

    private static int outOfMemory(PrintWriter errors) {
        errors.println("medgs: the work does not fit into " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, the"
                + " memory that Java may take; give it more with MEDGS_JAVA_OPTIONS=-Xmx8g, or a smaller volume");
        return INPUT_AT_FAULT;
    }

    /** The options by which this command sets what the message names. */
    private static String options(InputException input, CommandLine command) {
        String options = input.quantities().stream().map(name -> "--" + name)
                .filter(name -> command.getCommandSpec().findOption(name) != null).collect(Collectors.joining(", "));
        return options.isEmpty() ? "" : " (" + options + ")";
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    static CommandLine commandLine() {
        CommandLine medgs = new CommandLine(new Main());
        SharedOptions.addTo(medgs.getSubcommands().get("cohort").getCommandSpec());
        return medgs
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExitCodeExceptionMapper(e -> e instanceof InputException ? INPUT_AT_FAULT : OUR_FAULT)
                .setParameterExceptionHandler((e, rest) -> {
                    CommandLine command = e.getCommandLine();
                    if (e.getCause() != null && String.valueOf(e.getCause().getMessage()).contains("unmappable")) {
                        command.getErr().println("medgs: a name on the command line has letters that this shell's locale"
                                + " does not know; run it again with LC_ALL=C.UTF-8, or by tornado-env.sh");
                        return INPUT_AT_FAULT;
                    }
                    String message = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
                    String topic = command.getParent() == null ? "" : " " + command.getCommandName();
                    command.getErr().println("medgs: " + message + "; see medgs help" + topic);
                    return INPUT_AT_FAULT;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof InputException input) {
                        command.getErr().println("medgs: " + e.getMessage() + options(input, command));
                        return INPUT_AT_FAULT;
                    }
                    if (isOutOfMemory(e)) {
                        return outOfMemory(command.getErr());
                    }
                    if (e instanceof IOException) {
                        // A full disk or a vanished folder: nobody's bug, and the trace would say nothing more.
                        command.getErr().println("medgs: " + e.getMessage());
                        return OUR_FAULT;
                    }
                    command.getErr().println("medgs: this is a fault of the program; please report it with this:");
                    e.printStackTrace(command.getErr());
                    return OUR_FAULT;
                });
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
