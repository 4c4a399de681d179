package io.github.medgs.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a list may say, and what is said of one that says it wrongly. */
class EditsReaderTest {

    private static final String SPHERE = "'select': {'sphere': {'centreMm': [1, 2, 3], 'radiusMm': 4}}";

    private static Edits parse(String json) {
        return Edits.parse(json.replace('\'', '"'), "list.json");
    }

    @Test
    void lpsPointsTurnOverAndAnglesDoNot() {
        Edits edits = parse("{'frame': 'LPS', 'edits': [{" + SPHERE + ", 'translateMm': [5, 0, 1],"
                + " 'rotate': {'axis': [1, 0, 1], 'degrees': 30}, 'aboutMm': [7, 8, 9]}]}");
        Edit edit = edits.list().getFirst();
        assertArrayEquals(new double[] {-1, -2, 3}, assertInstanceOf(Selection.Sphere.class, edit.select()).centre());
        Change.Move move = assertInstanceOf(Change.Move.class, edit.change());
        assertArrayEquals(new double[] {-5, 0, 1}, move.translation());
        assertArrayEquals(new double[] {-1, 0, 1}, move.axis());
        assertEquals(30, move.degrees());
        assertArrayEquals(new double[] {-7, -8, 9}, move.about());
    }

    @Test
    void theWrittenListReadsBackTheSame() {
        String json = parse("{'edits': [{'select': {'and': [{'mask': 'm.nii', 'label': 2}, {'not': {'box': {'fromMm':"
                + " [3, 0, 0], 'toMm': [1, 1, 1]}}}, {'or': [{'intensity': [0, 50]}, {'polygon': {'pointsMm': [[0, 0, 0],"
                + " [1, 0, 0], [0, 1, 0]], 'depthMm': [0, 9]}}]}]}, 'scale': 2, 'duplicate': true},"
                + "{" + SPHERE + ", 'delete': true}, {" + SPHERE + ", 'fade': 0.5, 'fill': {'background': -100}},"
                + "{" + SPHERE + ", 'delete': true, 'fill': 'none'}, {" + SPHERE + ", 'setIntensity': 7},"
                + "{" + SPHERE + ", 'scaleIntensity': {'factor': 1.5, 'about': -1000}}]}").toJson();
        assertEquals(json, Edits.parse(json, "again").toJson());
        assertTrue(json.contains("\"fill\" : \"neighbours\""), "what fills a hole is visible even where it was left out");
    }

    @Test
    void theLastEditIsTakenOff() {
        Edits two = parse("{'edits': [{" + SPHERE + ", 'delete': true}, {" + SPHERE + ", 'setIntensity': 7}]}");
        assertEquals(1, two.withoutLast().list().size());
        assertEquals(two.toJson(), two.withoutLast().and(two.list().getLast()).toJson());
        assertEquals(0, new Edits(java.util.List.of()).withoutLast().list().size());
    }

    @Test
    void aMarkOfTheByteOrderIsNoPartOfTheList() {
        assertEquals(1, parse("\uFEFF{'edits': [{" + SPHERE + ", 'delete': true}]}").list().size());
    }

    @Test
    void aMaskWhoseNameIsNoFilesIsSaidInOneLine() {
        String said = assertThrows(InputException.class, () -> Edits.Masks.of(Path.of("")).mask("a\u0000b.nii")).getMessage();
        assertTrue(said.startsWith("mask a?b.nii: cannot be a file's name"), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'edit': []}                                                             | key edit: is not known
            {}                                                                       | key edits: is missing
            {'edits': {}}                                                            | key edits: has a wrong value
            {'frame': 'ras', 'edits': []}                                            | key frame: has a wrong value
            {'edits': [{'delete': true}]}                                            | key edits[0].select: is missing
            {'edits': [{SPHERE}]}                                                    | key edits[0]: changes nothing
            {'edits': [{SPHERE, 'delete': false}]}                                   | key edits[0].delete: has a wrong value
            {'edits': [{SPHERE, 'delete': true, 'fade': 1}]}                         | key edits[0]: has more than one change
            {'edits': [{SPHERE, 'delete': true, 'aboutMm': [0, 0, 0]}]}              | key edits[0].aboutMm: belongs to a move
            {'edits': [{SPHERE, 'setIntensity': 1, 'fill': 'none'}]}                 | key edits[0].fill: stands where nothing is taken away
            {'edits': [{SPHERE, 'delete': true, 'fill': 'black'}]}                   | key edits[0].fill: has a wrong value
            {'edits': [{SPHERE, 'delete': true, 'fill': {'colour': 1}}]}             | key edits[0].fill.colour: is not known
            {'edits': [{SPHERE, 'translateMm': [5, 0]}]}                             | key edits[0].translateMm: has a wrong value
            {'edits': [{SPHERE, 'translateMm': [5, 0, '1']}]}                        | key edits[0].translateMm[2]: has a wrong value
            {'edits': [{SPHERE, 'translateMm': [5, 0, 1e999]}]}                      | key edits[0].translateMm[2]: has a wrong value
            {'edits': [{SPHERE, 'scale': 0}]}                                        | key edits[0].scale: has a wrong value
            {'edits': [{SPHERE, 'fade': 1.5}]}                                       | key edits[0].fade: has a wrong value
            {'edits': [{SPHERE, 'rotate': {'axis': [0, 0, 0], 'degrees': 1}}]}       | key edits[0].rotate.axis: has a wrong value
            {'edits': [{'select': {'ball': 1}, 'delete': true}]}                     | key edits[0].select.ball: is not known
            {'edits': [{'select': {}, 'delete': true}]}                              | key edits[0].select: selects nothing
            {'edits': [{'select': {'mask': 'a', 'label': 0}, 'delete': true}]}       | key edits[0].select.label: has a wrong value
            {'edits': [{'select': {'mask': 'a', 'intensity': [0, 1]}, 'delete': true}]} | key edits[0].select: has more than one selection
            {'edits': [{'select': {'and': [{'mask': 3}]}, 'delete': true}]}          | key edits[0].select.and[0].mask: has a wrong value
            {'edits': [{'select': {'intensity': [5, 1]}, 'delete': true}]}           | key edits[0].select.intensity: has a wrong value
            {'edits': [], 'edits': []}                                               | is not valid JSON
            {'edits': []} x                                                          | is not valid JSON
            """)
    void aFaultNamesItsKey(String json, String message) {
        String list = json.replace("SPHERE", SPHERE);
        String said = assertThrows(InputException.class, () -> parse(list)).getMessage();
        assertTrue(said.startsWith("list.json") && said.contains(message), said);
    }

    @Test
    void aListWithoutEndIsRefusedAndNotFollowed() {
        String deep = "{'not': ".repeat(200) + "{'intensity': [0, 1]}" + "}".repeat(200);
        String said = assertThrows(InputException.class,
                () -> parse("{'edits': [{'select': " + deep + ", 'delete': true}]}")).getMessage();
        assertTrue(said.contains("nested too deeply"), said);
    }
}
