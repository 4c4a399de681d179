package io.github.medgs.documents;

import io.github.medgs.documents.Document.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of the page for Python, in its order; skipped, by name, where a package that it imports is missing. */
class PythonPageTest {

    @TempDir
    static Path folder;

    @TestFactory
    List<DynamicTest> snippets() throws IOException {
        Document document = Document.read(Path.of("src/site/markdown/python.md"));
        PageFolder page = new PageFolder(folder, document.path(), false);
        return document.blocks().stream().filter(block -> block.language().equals("python"))
                .map(block -> DynamicTest.dynamicTest(block.where(), () -> run(page, block))).toList();
    }

    private static void run(PageFolder page, Block block) throws IOException, InterruptedException {
        page.prepare();
        page.python(block.text());
    }
}
