package io.github.medgs.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medgs help}: of a command, or of a command's command, which the parser's own help does not know. */
@Command(name = "help", helpCommand = true, description = "Show the help of MedGS or of a command, as in help evaluate tables.")
final class HelpCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean help;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "the command, and then its own")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(command, "Unknown subcommand '" + word + "'");
            }
            command = next;
        }
        CommandLine medgs = spec.parent().commandLine();
        command.usage(medgs.getOut(), medgs.getColorScheme());
    }
}
