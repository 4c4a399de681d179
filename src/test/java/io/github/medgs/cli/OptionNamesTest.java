package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Only the command line names its options. Elsewhere a message names the quantity, and {@code InputException.naming} says
 * what a caller may set; the command line adds its option.
 */
class OptionNamesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/medgs");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\n]*)\"");
    private static final Pattern WORD = Pattern.compile("--[a-z][a-z-]*");

    @Test
    void noStringOutsideTheCommandLineHoldsAnOption() throws IOException {
        Set<String> options = new TreeSet<>();
        collect(Main.commandLine(), options);
        assertTrue(options.contains("--factor") && options.contains("--stride"), options.toString());
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")
                    && !f.startsWith(SOURCES.resolve("cli"))).toList()) {
                Matcher literal = LITERAL.matcher(Files.readString(file));
                while (literal.find()) {
                    Matcher word = WORD.matcher(literal.group(1));
                    while (word.find()) {
                        if (options.contains(word.group())) {
                            found.add(file + ": " + literal.group(1));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), found, "name the quantity, and say InputException.naming(...)");
    }

    private static void collect(CommandLine command, Set<String> into) {
        command.getCommandSpec().options().forEach(option -> into.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(sub -> collect(sub, into));
    }
}
