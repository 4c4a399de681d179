package io.github.medgs.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as programs and people write them. */
class SubjectTableTest {

    @TempDir
    Path folder;

    private List<Map<String, String>> read(String text) throws IOException {
        return SubjectTable.read(Files.writeString(folder.resolve("t.csv"), text));
    }

    private static List<String> column(String name, List<Map<String, String>> rows) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    @Test
    void aTableMayHoldQuotesAndOtherSeparators() throws IOException {
        List<Map<String, String>> rows = read("id;image;note\na;\"x;1\";\"he said \"\"no\"\"\"\n\nb; \"y;\nz\" ;\n");
        assertEquals(List.of("a", "b"), column("id", rows));
        assertEquals(List.of("x;1", "y;\nz"), column("image", rows));
        assertEquals(List.of("he said \"no\"", ""), column("note", rows));
    }

    @Test
    void quotesWithinACellSwallowNoRows() throws IOException {
        List<Map<String, String>> rows = read("id,image,note\na,x,5\" probe\nb,y,6\" probe\nc,z,\"7\"\" probe\"\n");
        assertEquals(List.of("a", "b", "c"), column("id", rows));
        assertEquals(List.of("5\" probe", "6\" probe", "7\" probe"), column("note", rows));
    }

    @Test
    void quotesThatDoNotEndWithTheirCellAreRefusedWithTheirLine() {
        assertEquals("ends within quotes that are opened in line 3; close them", refused("id,image\na,x\nb,\"y\nc,z\n"));
        assertEquals("goes on in line 3 behind the quotes of a cell that begins in line 2; put quotes around the whole cell,"
                + " and double those within", refused("id,image\r\na,\"x\r\nb,\"y\r\n"));
    }

    private String refused(String text) {
        String message = assertThrows(InputException.class, () -> read(text)).getMessage();
        return message.replace(folder.resolve("t.csv") + ": ", "");
    }

    @Test
    void linesEndAsAnySystemEndsThem() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r", "\r\r\n")) {
            List<Map<String, String>> rows = read(String.join(end, "id,image", "a,x", "", "b,\"y\"", ""));
            assertEquals(List.of(Map.of("id", "a", "image", "x"), Map.of("id", "b", "image", "y")), rows);
        }
    }
}
