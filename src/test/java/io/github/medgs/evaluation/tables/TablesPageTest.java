package io.github.medgs.evaluation.tables;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesPageTest {

    @TempDir
    Path folder;

    @Test
    void aBarInANameIsNoNewColumn() throws IOException {
        TableCase odd = new TableCase("left|right", "image.nii", null, "", null, null, List.of("ct-org"));
        String page = new TablesPage(List.of(odd), new CellFolder(folder), table -> "run " + table).fill("");
        assertTrue(page.contains("| left\\|right | 2 |"), page);
    }
}
