package io.github.medgs.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.medgs.documents.Document.Block;
import io.github.medgs.documents.Document.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Runs the documents: {@code mvn -B -ntp test -Dtest=RunDocumentsTest -Dmedgs.documents=run}, or a page's name such as
 * {@code viewing.md} in place of {@code run}. Every block, and every whole command in a sentence, is run in a folder of its
 * page, in the order of the page, with small files under the names that the page uses ({@link PageFolder}); training takes fewer steps. What was run, run in short, or not and why is written to
 * {@code target/documents.txt}.
 */
@EnabledIfSystemProperty(named = "medgs.documents", matches = ".+", disabledReason = "takes minutes: -Dmedgs.documents=run")
class RunDocumentsTest {

    /** Commands in sentences that are whole, but want what is not to be had here. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "medgs devices --benchmark DIR", "needs TornadoVM",
            "medgs kernels draw", "needs TornadoVM",
            "medgs kernels draw --form naive", "needs TornadoVM",
            "medgs convert model.medgs point_cloud.ply", "needs a model of the published form: PublishedPlyTest",
            "medgs convert point_cloud.ply model.medgs --like IMAGE", "needs the published system's file: PublishedPlyTest",
            "medgs convert MASK labels.dcm --like SERIES", "needs a DICOM series of its own: DicomMasksTest");

    @TempDir
    static Path folder;

    private static final List<String> LINES = new ArrayList<>();

    @TestFactory
    Stream<DynamicContainer> pages() throws IOException {
        String wanted = System.getProperty("medgs.documents");
        return Document.all().stream().filter(document -> wanted.equals("run") || document.path().endsWith(wanted)).map(document -> DynamicContainer.dynamicContainer(document.path().toString(),
                tests(document)));
    }

    @AfterAll
    static void list() throws IOException {
        Files.write(Path.of("target/documents.txt"), LINES);
    }

    /** A piece of a page. */
    private record Piece(int order, int line, String what, Executable run) {}

    private static List<DynamicTest> tests(Document document) {
        PageFolder page = new PageFolder(folder, document.path(), true);
        List<Piece> pieces = new ArrayList<>();
        for (Block block : document.blocks()) {
            // Files come first: a page may name one above the block that shows it.
            int order = block.isFile() ? 0 : block.line();
            pieces.add(new Piece(order, block.line(), block.language() + " " + block.text().lines().findFirst().orElse(""),
                    () -> block(page, block)));
        }
        for (Span span : document.spans()) {
            if (!span.command().isEmpty()) {
                pieces.add(new Piece(span.line(), span.line(), span.text(), () -> span(page, span)));
            }
        }
        return pieces.stream().sorted((a, b) -> a.order() - b.order()).map(piece -> DynamicTest.dynamicTest(
                document.path() + ":" + piece.line() + " " + piece.what(), () -> note(document, piece))).toList();
    }

    private static void note(Document document, Piece piece) throws Throwable {
        String where = document.path() + ":" + piece.line() + "  " + piece.what();
        long began = System.nanoTime();
        try {
            piece.run().execute();
            LINES.add(String.format("ran      %5.1f s  %s", (System.nanoTime() - began) / 1e9, where));
        } catch (TestAbortedException e) {
            LINES.add("not run           " + where + "  (" + e.getMessage().replaceFirst("^Assumption failed: ", "") + ")");
            throw e;
        } catch (Throwable e) {
            LINES.add("FAILED            " + where);
            throw e;
        }
    }

    private static void block(PageFolder page, Block block) throws Exception {
        page.prepare();
        String first = block.about().split(" ")[0];
        if (block.whyNot() != null) {
            if (block.language().equals("sh")) {
                page.parse(block.text());
            }
            abort(block.whyNot());
        }
        switch (block.language()) {
            case "sh" -> {
                if (first.isEmpty()) {
                    page.bash(block.text());
                } else {
                    page.parse(block.text());
                    page.program(first, block.text());
                }
            }
            case "python" -> page.python(block.text());
            case "json", "csv" -> page.write(first, block.text());
            case "java" -> {
                if (first.equals("excerpt")) {
                    assertEquals(List.of(), Sources.missing(block.text()), "lines that stand in no source");
                } else if (first.equals("statements")) {
                    page.statements(block.text(), List.of(block.about().split(" ")).subList(2, block.about().split(" ").length));
                } else {
                    page.compile(first.replace(".java", ""), block.text());
                }
            }
            default -> abort("words to read");
        }
    }

    private static void span(PageFolder page, Span span) throws Exception {
        page.prepare();
        List<String> words = PageFolder.withoutPlaceholders(span.command());
        if (NOT_HERE.containsKey(span.text())) {
            abort(NOT_HERE.get(span.text()));
        }
        String refused = DocumentsTest.refused(words);
        if (refused != null || words.size() < 2 && !words.equals(List.of("doctor")) && !words.equals(List.of("devices"))) {
            assertTrue(DocumentsTest.unknown(span.command()) == null);
            abort("only names a command");
        }
        page.bash("medgs " + words.stream().map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ")));
    }
}
