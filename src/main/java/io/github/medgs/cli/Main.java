package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** {@code medgs}: the program's entry. */
@Command(
        name = "medgs",
        description = "Learns anatomy from a stack of medical slices by folded Gaussian splatting, and gives back what"
                + " lies between the slices.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** All commands, in the order of the help. */
    private static final List<String> COMMANDS = List.of("reconstruct", "train", "interpolate", "mesh", "edit", "compress",
            "devices", "kernels", "phantom", "info", "convert", "evaluate", "compare", "cohort", "view", "doctor",
            "completion", "help");
    /** Those that speak of the others. */
    private static final List<String> OF_ALL = List.of("completion", "help");

    static final int DONE = 0;
    static final int OUR_FAULT = 1;
    static final int INPUT_AT_FAULT = 2;
    static final int INTERRUPTED = 130;

    // Read before parsing, so that the help and the parser's own errors follow it.
    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", scope = ScopeType.INHERIT,
            description = "colour messages and help: auto, always or never (default: ${DEFAULT-VALUE}; NO_COLOR and TERM=dumb are honoured)")
    private Color color;

    private Main() {}

    public static void main(String[] arguments) {
        // JOML would reach for sun.misc.Unsafe, and the JVM would warn the user about it; affines need no such speed.
        System.setProperty("joml.nounsafe", "true");
        // Pictures are drawn into files; no window is ever opened, and a server may have no display.
        System.setProperty("java.awt.headless", "true");
        System.exit(written(run(arguments)));
    }

    /** The status, if what went to standard output got there: a full disk is told; who closes a pipe has read enough. */
    private static int written(int status) {
        if (status != DONE || !System.out.checkError()) {
            return status;
        }
        try {
            // The stream keeps no reason; the file has it still.
            new FileOutputStream(FileDescriptor.out).write('\n');
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
                System.err.println("medgs: standard output cannot be written: " + e.getMessage());
                return OUR_FAULT;
            }
        }
        return status;
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
        Ending ending = new Ending(json);
        int status;
        try {
            status = commandLine(words).setColorScheme(Help.defaultColorScheme(color.ofOutput()))
                    .setParameterExceptionHandler(faults).setExecutionExceptionHandler(faults).execute(arguments);
        } catch (OutOfMemoryError e) {
            status = faults.outOfMemory(new PrintWriter(System.err, true));
        }
        ending.of(status);
        return status;
    }

    /** The parser of all commands. */
    static CommandLine commandLine() {
        return parser(COMMANDS);
    }

    /** The parser that these words need: where the first is a command, of that one, for each takes its time to make. */
    static CommandLine commandLine(List<String> words) {
        boolean one = !words.isEmpty() && COMMANDS.contains(words.getFirst()) && !OF_ALL.contains(words.getFirst());
        return one ? parser(words.subList(0, 1)) : commandLine();
    }

    private static CommandLine parser(List<String> commands) {
        CommandLine medgs = new CommandLine(new Main());
        for (String name : commands) {
            medgs.addSubcommand(name, command(name));
        }
        if (commands.contains("cohort")) {
            SharedOptions.addTo(medgs.getSubcommands().get("cohort").getCommandSpec());
        }
        medgs.registerConverter(Path.class, Main::path);
        Faults faults = new Faults(Help.Ansi.OFF, false, false);
        return medgs.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(faults).setExecutionExceptionHandler(faults)
                .setExitCodeExceptionMapper(e -> e instanceof InputException ? INPUT_AT_FAULT : OUR_FAULT);
    }

    // Java takes an empty name for the current folder, and who gives one has a shell's variable that is not set.
    private static Path path(String name) {
        if (name.isEmpty()) {
            throw new TypeConversionException("an empty name; give the name of a file or folder");
        }
        return Path.of(name);
    }

    // Not by an annotation, which would load the classes of all.
    private static Object command(String name) {
        return switch (name) {
            case "reconstruct" -> new ReconstructCommand();
            case "train" -> new TrainCommand();
            case "interpolate" -> new InterpolateCommand();
            case "mesh" -> new MeshCommand();
            case "edit" -> new EditCommand();
            case "compress" -> new CompressCommand();
            case "devices" -> new DevicesCommand();
            case "kernels" -> new KernelsCommand();
            case "phantom" -> new PhantomCommand();
            case "info" -> new InfoCommand();
            case "convert" -> new ConvertCommand();
            case "evaluate" -> new EvaluateCommand();
            case "compare" -> new CompareCommand();
            case "cohort" -> new CohortCommand();
            case "view" -> new ViewCommand();
            case "doctor" -> new DoctorCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
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
