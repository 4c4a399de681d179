package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSlicesTest {

    @TempDir
    Path folder;

    private static final int SIZE = 40;

    /** Boxes of 4 x 4 pixels with their corner at (x, y), on slices from first to last. */
    private static float[] boxes(int slices, int[]... boxes) {
        float[] voxels = new float[SIZE * SIZE * slices];
        for (int[] box : boxes) {
            for (int k = box[3]; k <= box[4]; k++) {
                for (int p = 0; p < 16; p++) {
                    voxels[box[1] + p % 4 + SIZE * (box[2] + p / 4 + SIZE * k)] = box[0];
                }
            }
        }
        return voxels;
    }

    private static LabelSlices slices(float[] voxels, LabelChoice choice) {
        Volume map = new Volume(SIZE, SIZE, voxels.length / SIZE / SIZE, voxels, new Matrix4d());
        return SliceStack.of(map, SliceAxis.K, new IntensityWindow(0, 1)).labelsOf(new Mask(map, "map", Set.of()), choice);
    }

    @Test
    void whatIsFarApartSharesAChannel() {
        LabelSlices labels = slices(boxes(4, new int[] {1, 2, 2, 0, 3}, new int[] {2, 6, 2, 0, 3}, new int[] {7, 30, 30, 0, 3}),
                LabelChoice.ALL);
        assertEquals(2, labels.channelCount());
        assertNotEquals(labels.channels()[0], labels.channels()[1]);
        assertEquals(List.of(1L, 2L, 7L), labels.labels().stream().map(Label::id).toList());
    }

    @Test
    void whatComesNearFromOneSliceToTheNextDoesNot() {
        assertEquals(2, slices(boxes(4, new int[] {1, 2, 2, 0, 1}, new int[] {2, 8, 2, 2, 3}), LabelChoice.ALL).channelCount());
        assertEquals(2, slices(boxes(4, new int[] {1, 2, 2, 0, 1}, new int[] {2, 2, 2, 2, 3}), LabelChoice.ALL).channelCount());
        // A slice between them that has neither.
        assertEquals(1, slices(boxes(4, new int[] {1, 2, 2, 0, 1}, new int[] {2, 2, 2, 3, 3}), LabelChoice.ALL).channelCount());
    }

    @Test
    void theStructureOfAChannelIsTheNearest() {
        LabelSlices labels = slices(boxes(2, new int[] {1, 2, 2, 0, 0}, new int[] {2, 20, 2, 1, 1}), LabelChoice.ALL);
        assertEquals(1, labels.channelCount());
        assertEquals(-2, labels.sole(0, 0, 1));
        assertEquals(0, labels.sole(0, 0, 0));
        for (int x = 0; x < SIZE; x++) {
            assertEquals(x - 5 <= 20 - x ? 0 : 1, labels.nearest(0, 0, 1, 3 * SIZE + x, 1), "x " + x);
        }
        assertEquals(-1, labels.nearest(1, 0, 1, 0, 1));
    }

    /** Of one 4 columns off and one 3 rows off the first is the nearer where rows are ten times as far apart, or columns less. */
    @Test
    void nearnessIsInMillimetres() {
        LabelSlices labels = slices(boxes(2, new int[] {1, 14, 10, 0, 0}, new int[] {2, 10, 13, 1, 1}), LabelChoice.ALL);
        LabelSlices sharing = new LabelSlices(labels.type(), labels.labels(), new int[2], labels.index(), SIZE, SIZE);
        int pixel = 10 * SIZE + 10;
        assertEquals(1, sharing.nearest(0, 0, 1, pixel, 1));
        assertEquals(0, sharing.nearest(0, 0, 1, pixel, 10));
        assertEquals(0, sharing.nearest(0, 0, 1, pixel, 1.4));
        assertEquals(1, sharing.nearest(0, 0, 1, pixel, 1.3));
        // What is nearer may lie on a ring farther out.
        LabelSlices rows = slices(boxes(2, new int[] {1, 11, 10, 0, 0}, new int[] {2, 10, 14, 1, 1}), LabelChoice.ALL);
        assertEquals(1, new LabelSlices(rows.type(), rows.labels(), new int[2], rows.index(), SIZE, SIZE)
                .nearest(0, 0, 1, pixel, 0.2));
        double[] affine = {0.5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 3, 0};
        assertEquals(10, new SliceGeometry(SliceAxis.K, SIZE, SIZE, affine, new double[] {0, 3}).aspect());
        affine[5] = 0.5000001;
        assertEquals(1, new SliceGeometry(SliceAxis.K, SIZE, SIZE, affine, new double[] {0, 3}).aspect());
    }

    @Test
    void labelsAreChosenJoinedAndNamed() {
        float[] voxels = boxes(1, new int[] {1, 2, 2, 0, 0}, new int[] {2, 6, 2, 0, 0}, new int[] {3, 30, 30, 0, 0});
        LabelChoice joined = new LabelChoice(Set.of(), List.of(LabelChoice.merge("2+1", Map.of(), _ -> false, "map")), false,
                Map.of(2L, new Label(2, "both", 0x010203)));
        LabelSlices labels = slices(voxels, joined);
        assertEquals(List.of(new Label(2, "both", 0x010203), Label.of(3)), labels.labels());
        assertEquals(1, slices(voxels, new LabelChoice(Set.of(), List.of(), true, Map.of())).labels().size());
        assertEquals(2, slices(voxels, LabelChoice.of(Set.of(1L, 3L))).labels().size());
        InputException absent = assertThrows(InputException.class, () -> slices(voxels, LabelChoice.of(Set.of(9L))));
        assertTrue(absent.getMessage().contains("choose among its labels: 1, 2, 3"), absent::getMessage);
        assertThrows(InputException.class, () -> LabelChoice.merge("1+x", Map.of(), _ -> false, "map"));
        assertThrows(InputException.class, () -> new LabelChoice(Set.of(), List.of(List.of(1L), List.of(1L, 2L)), false, Map.of()));
    }

    @Test
    void labelsAreMeantByNumberOrName() {
        Map<Long, Label> names = Map.of(1L, new Label(1, "liver", 0), 2L, new Label(2, "lung left", 0), 5L, new Label(5, "lung left", 0));
        assertEquals(1, LabelNames.number("liver", names, _ -> false, "map"));
        assertEquals(7, LabelNames.number(" 7 ", names, _ -> false, "map"));
        assertEquals(Long.MAX_VALUE, LabelNames.number("9223372036854775807", Map.of(), _ -> false, "map"));
        assertThrows(InputException.class, () -> LabelNames.number("9223372036854775808", Map.of(), _ -> false, "map"));
        assertEquals(List.of(1L, 2L), LabelChoice.merge("liver + 2", names, _ -> false, "map"));
        assertEquals("map: has no label called Liver; choose among liver, lung left, lung left",
                assertThrows(InputException.class, () -> LabelNames.number("Liver", names, _ -> false, "map")).getMessage());
        assertEquals("map: has 2 labels called lung left; give the number of one: 2 or 5",
                assertThrows(InputException.class, () -> LabelNames.number("lung left", names, _ -> false, "map")).getMessage());
        assertEquals("map: has no label called 1.5; its labels have no names: give numbers, or a file of names",
                assertThrows(InputException.class, () -> LabelNames.number("1.5", Map.of(), _ -> false, "map")).getMessage());
        assertThrows(InputException.class, () -> LabelChoice.merge("1+", names, _ -> false, "map"));
    }

    @Test
    void aNameOfDigitsIsANameWhereNoLabelHasTheNumber() {
        Map<Long, Label> names = Map.of(3L, new Label(3, "12", 0), 4L, new Label(4, "3", 0));
        assertEquals(3, LabelNames.number("12", names, number -> number == 3 || number == 4, "map"));
        assertEquals(12, LabelNames.number("12", names, number -> number == 12, "map"));
        assertEquals(3, LabelNames.number("3", names, number -> number == 3 || number == 4, "map"));
        assertEquals(7, LabelNames.number("7", names, _ -> false, "map"), "refused where it is looked for");
    }

    @Test
    void namesAreReadFromWhatProgramsWrite() throws Exception {
        Map<Long, Label> wanted = Map.of(1L, new Label(1, "left kidney", 0xFF0000), 2L, new Label(2, "tumour", 0x0000FF));
        for (String text : List.of(
                "################\n# ITK-SnAP Label Description File\n    0     0    0    0        0  0  0    \"Clear Label\"\n"
                        + "    1   255    0    0        1  1  1    \"left kidney\"\n    2     0    0  255      0.5  1  1    \"tumour\"\n",
                "# Color table file\n0 Background 0 0 0 0\n1 left kidney 255 0 0 255\n2 tumour 0 0 255 255\n",
                "{\"1\": {\"name\": \"left kidney\", \"color\": \"#ff0000\"}, \"2\": {\"name\": \"tumour\", \"color\": [0, 0, 255]}}")) {
            Path file = Files.writeString(folder.resolve("names"), text);
            assertEquals(wanted, LabelNames.read(file), text);
        }
        Path plain = Files.writeString(folder.resolve("names.json"), "{\"labels\": {\"background\": 0, \"liver\": 5}}");
        assertEquals(Map.of(5L, new Label(5, "liver", Label.colorOf(5))), LabelNames.read(plain));
        Files.writeString(plain, "{\"5\": \"liver\"}");
        assertEquals("liver", LabelNames.read(plain).get(5L).name());
        Files.writeString(plain, "1 liver 255 0 0\n2 \"rib 7\" 255 0 0\n");
        assertEquals("rib 7", LabelNames.read(plain).get(2L).name());
        for (String bad : List.of("", "{", "{\"a\": \"b\"}", "1 2 3", "1 name 1 2 999 1", "1 a 1 1 1 1\n1 b 1 1 1 1", "1 a 1 1 1\n5 rib 7 9 9 9")) {
            Files.writeString(plain, bad);
            assertThrows(InputException.class, () -> LabelNames.read(plain), bad);
        }
    }

    @Test
    void numbersBeyondFloatsComeBackExactly() {
        LabelField field = new LabelField(new Grid(2, 1, 1, new Matrix4d()), ScalarType.UINT32,
                List.of(Label.of(312_782_560), Label.of(312_782_574)), new short[] {1, 2}, new float[2]);
        StoredVoxels stored = field.volume().stored();
        assertEquals(312_782_560, stored.whole(0));
        assertEquals(312_782_574, stored.whole(1));
    }
}
