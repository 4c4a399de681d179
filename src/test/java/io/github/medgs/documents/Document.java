package io.github.medgs.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documents, and what of it can be tried.
 *
 * <p>The line that opens a fenced block says what the block is: its language, which a reader of the page sees coloured, then
 * words that no reader sees.
 *
 * <table><caption>What may stand there</caption>
 * <tr><th>line<th>what is done with the block
 * <tr><td>{@code sh}<td>run
 * <tr><td>{@code python}<td>run
 * <tr><td>{@code json NAME}, {@code csv NAME}, {@code sh NAME}<td>becomes that file for the page's other blocks
 * <tr><td>{@code java NAME.java}<td>compiled
 * <tr><td>{@code java statements of PACKAGE...}<td>compiled as the body of a program with these imports, and run
 * <tr><td>{@code java excerpt}<td>each of its lines stands in the sources
 * <tr><td>{@code text}<td>nothing, but commands in it (at a line's start, or after {@code $ }) are known
 * <tr><td>{@code ... not run: WHY}<td>not run; commands in it are known
 * </table>
 */
record Document(Path path, List<Block> blocks, List<Span> spans, List<Link> links) {

    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final String NOT_RUN = "not run: ";

    /** A fenced block. {@code about} is what its first line says after the language. */
    record Block(Path page, int line, String language, String about, String text) {

        /** Why it is not run, or {@code null}. */
        String whyNot() {
            int at = about.indexOf(NOT_RUN);
            return at < 0 ? null : about.substring(at + NOT_RUN.length());
        }

        /** Whether it shows a file that others of the page read. */
        boolean isFile() {
            return (language.equals("json") || language.equals("csv")) && whyNot() == null;
        }

        /** The commands in it that start {@code medgs}, as a shell splits them. */
        List<List<String>> commands() {
            return switch (language) {
                case "sh" -> commandsOf(text);
                case "text" -> commandsOf(text.replace("\\\n", "").lines().filter(line -> line.startsWith("$ ") || line.startsWith("medgs "))
                        .map(line -> line.replaceFirst("^\\$ ", "").replaceAll("[\\[\\]]", "")).toList());
                default -> List.of();
            };
        }

        String where() {
            return page + ":" + line;
        }
    }

    /** A piece of code within a sentence. */
    record Span(Path page, int line, String text) {

        List<String> command() {
            List<List<String>> all = commandsOf(List.of(text));
            return all.isEmpty() ? List.of() : all.getFirst();
        }

        String where() {
            return page + ":" + line;
        }
    }

    /** A link to a place in the project. */
    record Link(Path page, int line, String target) {}

    /** All pages, the README first: what it makes, others look at. */
    static List<Document> all() throws IOException {
        List<Document> documents = new ArrayList<>(List.of(read(Path.of("README.md"))));
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
                documents.add(read(page));
            }
        }
        documents.add(read(Path.of("benchmarks/README.md")));
        documents.add(read(Path.of("sample-volumes/README.md")));
        return documents;
    }

    static Document read(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        Document document = new Document(page, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            if (!line.startsWith("```")) {
                document.sentence(n + 1, line);
                continue;
            }
            String[] words = line.substring(3).strip().split(" ", 2);
            StringBuilder text = new StringBuilder();
            int first = n + 1;
            for (n++; n < lines.size() && !lines.get(n).startsWith("```"); n++) {
                text.append(lines.get(n)).append('\n');
            }
            document.blocks.add(new Block(page, first, words[0], words.length > 1 ? words[1] : "", text.toString()));
        }
        return document;
    }

    private void sentence(int line, String text) {
        Matcher span = SPAN.matcher(text);
        while (span.find()) {
            spans.add(new Span(path, line, span.group(1)));
        }
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            links.add(new Link(path, line, link.group(1)));
        }
    }

    private static List<List<String>> commandsOf(String text) {
        return commandsOf(text.replace("\\\n", " ").lines().toList());
    }

    private static List<List<String>> commandsOf(List<String> lines) {
        List<List<String>> commands = new ArrayList<>();
        for (String line : lines) {
            List<String> words = ShellWords.of(line);
            int at = words.indexOf("medgs");
            boolean begins = at == 0 || at > 0 && words.subList(0, at).stream()
                    .allMatch(word -> word.matches("exec|(\\.|\\$MEDGS_HOME)/tornado-env\\.sh|[A-Z_]+=.*"));
            if (begins) {
                commands.add(words.subList(at + 1, words.size()));
            }
        }
        return commands;
    }
}
