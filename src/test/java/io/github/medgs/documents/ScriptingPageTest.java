package io.github.medgs.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.cli.CommandLineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page for scripts names every event, and every command that has none; what the help says to copy is in one piece. */
class ScriptingPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/scripting.md");
    private static final Path COMMANDS = Path.of("src/main/java/io/github/medgs/cli");
    private static final Pattern EVENT = Pattern.compile("(?:event|print)\\(\"([a-z]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");
    private static final Pattern WITHOUT = Pattern.compile("Commands without `--json` \\(([^)]*)\\)");

    @Test
    void everyEventHasARow() throws IOException {
        Set<String> printed = new TreeSet<>();
        try (Stream<Path> files = Files.list(COMMANDS)) {
            for (Path file : files.toList()) {
                printed.addAll(found(EVENT, Files.readString(file)));
            }
        }
        assertTrue(printed.contains("begin") && printed.contains("training"), printed.toString());
        assertEquals(printed, found(ROW, Files.readString(PAGE)));
    }

    @Test
    void commandsWithoutEventsAreNamed() throws IOException {
        Set<String> without = new TreeSet<>();
        collect(CommandLineRunner.commandLine(), "", without);
        // The parser's own.
        without.remove("help");
        String named = found(WITHOUT, Files.readString(PAGE)).iterator().next();
        assertEquals(without, found(Pattern.compile("`([^`]+)`"), named));
    }

    @Test
    void theHelpOfCompletionBreaksNoPath() {
        String help = CommandLineRunner.commandLine().getSubcommands().get("completion").getUsageMessage();
        assertTrue(help.contains("~/.local/share/bash-completion/completions/medgs\n"), help);
        assertTrue(help.contains("source <(medgs completion)\n"), help);
    }

    private static void collect(CommandLine command, String name, Set<String> without) {
        command.getSubcommands().forEach((word, sub) -> {
            if (sub.getSubcommands().isEmpty() && sub.getCommandSpec().findOption("--json") == null) {
                without.add((name + " " + word).strip());
            }
            collect(sub, name + " " + word, without);
        });
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
