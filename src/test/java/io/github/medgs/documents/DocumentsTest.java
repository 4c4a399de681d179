package io.github.medgs.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.documents.Document.Block;
import io.github.medgs.documents.Document.Link;
import io.github.medgs.documents.Document.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Commands, options, files and links that the documents name are there. {@link RunDocumentsTest} runs what can be run. */
class DocumentsTest {

    private static final Set<String> LANGUAGES = Set.of("sh", "python", "json", "csv", "java", "text", "c", "groovy");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern PATH = Pattern.compile("(src|configs|sample-volumes|benchmarks)/[\\w./-]+");
    /** Of benchmarks/run and benchmarks/device, of Java, and of other people's programs. */
    private static final Set<String> OTHERS = Set.of("--short", "--cost", "--parts", "--pack", "--add-modules", "--volume");
    private static final CommandLine MEDGS = CommandLineRunner.commandLine();

    @Test
    void blocksSayWhatTheyAre() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Block block : document.blocks()) {
                if (!LANGUAGES.contains(block.language())) {
                    faults.add(block.where() + " begins with no language of " + LANGUAGES);
                } else if (block.whyNot() != null && block.whyNot().isBlank()) {
                    faults.add(block.where() + " does not say why it is not run");
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** A shell's function is known to that shell alone, not to the programs that it starts. */
    @Test
    void noProgramStartsTheShellsFunction() throws IOException {
        Pattern started = Pattern.compile("(\\b(exec|nice|nohup|sudo|srun|xargs) +|script: \")medgs ");
        List<String> faults = new ArrayList<>();
        for (Document document : Document.all()) {
            document.blocks().stream().filter(block -> started.matcher(block.text()).find()).map(Block::where).forEach(faults::add);
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void everyCommandInABlockIsTakenByTheParser() throws IOException {
        List<String> faults = new ArrayList<>();
        int commands = 0;
        for (Document document : Document.all()) {
            for (Block block : document.blocks()) {
                for (List<String> words : block.commands()) {
                    commands++;
                    String fault = block.language().equals("text") ? unknown(words) : refused(words);
                    if (fault != null) {
                        faults.add(block.where() + " medgs " + String.join(" ", words) + ": " + fault);
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(commands > 15, "commands are no longer found: " + commands);
    }

    @Test
    void everyCommandAndOptionInASentenceIsKnown() throws IOException {
        Set<String> options = new HashSet<>(OTHERS);
        collect(MEDGS, options);
        List<String> faults = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Span span : document.spans()) {
                String fault = unknown(span.command());
                if (fault != null) {
                    faults.add(span.where() + " `" + span.text() + "`: " + fault);
                }
                OPTION.matcher(span.text()).results().map(match -> match.group()).filter(word -> !options.contains(word))
                        .forEach(word -> faults.add(span.where() + " `" + span.text() + "`: no command has " + word));
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void filesAndLinksAreThere() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Link link : document.links()) {
                String fault = broken(link);
                if (fault != null) {
                    faults.add(link.page() + ":" + link.line() + " " + link.target() + ": " + fault);
                }
            }
            Stream.concat(document.spans().stream().map(Span::text),
                    document.blocks().stream().filter(b -> b.language().equals("sh")).map(Block::text))
                    .flatMap(text -> PATH.matcher(text).results()).map(match -> match.group())
                    .filter(path -> !Files.exists(Path.of(path)) && !Files.exists(document.path().resolveSibling(path)))
                    .forEach(path -> faults.add(document.path() + ": " + path + " is not there"));
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void aWrongCommandWouldBeFound() {
        assertTrue(refused(List.of("reconstruct", "ct.nii.gz", "-o", "out", "--nonsense")).contains("--nonsense"));
        assertTrue(refused(List.of("reconstruct", "ct.nii.gz")).contains("-o"));
        assertTrue(unknown(List.of("reconstrukt")).contains("reconstrukt"));
        assertTrue(unknown(List.of("cohort", "stat")) == null && unknown(List.of("evaluate", "stat")) != null);
        assertTrue(broken(new Link(Path.of("README.md"), 1, "src/site/markdown/trust.md#no-such-place")).contains("no heading"));
    }

    /** What the parser says against a whole command, or {@code null}. */
    static String refused(List<String> words) {
        String[] arguments = words.stream().filter(word -> !word.equals("$@")).toArray(String[]::new);
        try {
            MEDGS.parseArgs(arguments);
            return null;
        } catch (ParameterException e) {
            return e.getMessage();
        }
    }

    /** What of a command that may be cut short does not exist, or {@code null}. */
    static String unknown(List<String> words) {
        CommandLine command = MEDGS;
        boolean namesCommands = true;
        for (String word : words) {
            if (word.startsWith("-") && word.length() > 1 && !Character.isDigit(word.charAt(1))) {
                String name = word.replaceFirst("=.*", "");
                if (command.getCommandSpec().findOption(name) == null) {
                    return command.getCommandSpec().qualifiedName() + " has no " + name;
                }
                namesCommands = false;
            } else if (namesCommands && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (namesCommands && command.getCommandSpec().positionalParameters().isEmpty() && !word.equals("...")) {
                return command.getCommandSpec().qualifiedName() + " has no command " + word;
            } else {
                namesCommands = false;
            }
        }
        return null;
    }

    private static void collect(CommandLine command, Set<String> into) {
        command.getCommandSpec().options().forEach(option -> into.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(sub -> collect(sub, into));
    }

    private static String broken(Link link) {
        if (link.target().contains("://")) {
            return null;
        }
        String[] parts = link.target().split("#", 2);
        Path folder = link.page().getParent() == null ? Path.of("") : link.page().getParent();
        Path file = parts[0].isEmpty() ? link.page() : folder.resolve(parts[0]).normalize();
        if (!Files.exists(file)) {
            return "is not there";
        }
        try {
            return parts.length < 2 || Files.readAllLines(file).stream().filter(line -> line.startsWith("#"))
                    .anyMatch(line -> anchor(line).equals(parts[1])) ? null : "has no heading of that name";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As GitHub makes one of a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }
}
