package io.github.medgs.evaluation.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableCaseTest {

    private static final String GOOD = "\"name\": \"a\", \"image\": \"a.nii\", \"sum\": \"00\", \"tables\": [\"strides\"]";

    @TempDir
    Path folder;

    private List<TableCase> read(String json) throws IOException {
        return TableCase.read(Files.writeString(folder.resolve("cases.json"), json));
    }

    private static String of(String... cases) {
        return "{\"cases\": [{" + String.join("}, {", cases) + "}]}";
    }

    @Test
    void whatIsLeftOutIsAutomatic() throws IOException {
        assertEquals("a", read(of(GOOD + ", \"mask\": null, \"window\": [-3.4e38, 3.4e38], \"axis\": \"K\"")).getFirst().name());
        assertEquals(2, read(of(GOOD, GOOD.replace("\"a\"", "\"A\"").replace("00", "01"))).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "{\"cases\": null}", "{\"cases\": [null]}", "{\"cases\": []} x", "{\"cases\": [], \"cases\": []}"})
    void whatIsNoListIsSaid(String json) {
        assertRefused(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"name\": null", "\"sum\": null", "\"tables\": null", "\"tables\": [null]", "\"image\": \"a\\u0000b\"",
        "\"axis\": 1", "\"window\": [null, 3]", "\"window\": [1, 1e60]", "\"window\": [\"1\", 3]", "\"window\": [1]", "\"seed\": 1"})
    void whatIsNoCaseIsSaid(String wrong) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        List<String> pairs = new ArrayList<>(List.of(GOOD.split(", ")));
        pairs.removeIf(pair -> pair.startsWith(key));
        pairs.add(wrong);
        assertRefused(of(String.join(", ", pairs)));
    }

    @Test
    void casesThatWouldShareFilesAreRefused() {
        assertRefused(of(GOOD, GOOD.replace("\"a\"", "\"A\"")), "A and a would share the files of their cells");
        assertRefused(of(GOOD, GOOD), "a is twice in the table strides");
    }

    @Test
    void aFolderInAFilesPlaceIsNamed() throws IOException {
        TableCase one = read(of(GOOD)).getFirst();
        Files.createDirectory(folder.resolve("a.nii"));
        String message = assertThrows(InputException.class, () -> one.check(folder)).getMessage();
        assertEquals(folder.resolve("a.nii") + ": is a folder; give a file", message);
    }

    private void assertRefused(String json, String... words) {
        String message = assertThrows(InputException.class, () -> read(json), json).getMessage();
        assertTrue(message.startsWith(folder.resolve("cases.json") + ": "), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
