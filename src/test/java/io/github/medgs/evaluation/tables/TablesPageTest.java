package io.github.medgs.evaluation.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesPageTest {

    private static final String START = "<!-- strides: drawn by benchmarks/tables -->";
    private static final String END = "<!-- end of strides -->";

    @TempDir
    Path folder;

    private String fill(String page) throws IOException {
        return new TablesPage(List.of(), new CellFolder(folder), table -> "run " + table).fill(page, "page.md");
    }

    @Test
    void marksThatAreNoPairAreRefusedBeforeAnythingIsLost() {
        for (String bad : List.of("# Mine\n" + START + "\nno end\n", "# Mine\n" + END + "\n", END + START,
                START + "\n<!-- where: drawn by benchmarks/tables -->\n<!-- end of where -->\n" + END,
                START + END + "\n" + START + END, START + END + END)) {
            String message = assertThrows(InputException.class, () -> fill(bad), bad).getMessage();
            assertTrue(message.startsWith("page.md: has marks of strides that are no pair; leave these two lines once"), message);
        }
    }

    @Test
    void onlyBlocksWithoutAPlaceComeAtTheEnd() throws IOException {
        String page = fill("# Mine\n\n" + START + "\nold\n" + END + "\n\nMy last words.\n");
        assertTrue(page.startsWith("# Mine\n\n" + START + "\n\nNo case of the list is in this table.\n\n" + END
                + "\n\nMy last words.\n\n<!-- where: "), page);
        assertEquals(page.indexOf(START), page.lastIndexOf(START), page);
        assertEquals(page, fill(page));
        assertEquals(fill(""), fill(fill("")));
    }

    /** Another schedule than there is, in the name of a file that somebody put there. */
    @Test
    void aStrayFilesStepsAreNoneOfTheTables() throws IOException {
        Files.createDirectories(folder.resolve("ablation"));
        Files.writeString(folder.resolve("ablation/x-2-paper-seed0-steps999999999-0.json"), "");
        TableCase one = new TableCase("left", "image.nii", null, "", null, null, List.of("ablation"));
        String page = new TablesPage(List.of(one), new CellFolder(folder), table -> "run " + table).fill("", "page.md");
        assertTrue(page.contains("| paper | not run |"), page);
    }

    @Test
    void aBarInANameIsNoNewColumn() throws IOException {
        TableCase odd = new TableCase("left|right", "image.nii", null, "", null, null, List.of("ct-org"));
        String page = new TablesPage(List.of(odd), new CellFolder(folder), table -> "run " + table).fill("", "page.md");
        assertTrue(page.contains("| left\\|right | 2 |"), page);
    }
}
