package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class CopiedSlicesTest {

    private static final int SIDE = 12;

    /** Slices along k: of each number its own noise; 0 is padding. */
    private static Volume noise(int... kinds) {
        float[] voxels = new float[kinds.length * SIDE * SIDE];
        for (int k = 0; k < kinds.length; k++) {
            Random random = new Random(kinds[k]);
            for (int p = 0; p < SIDE * SIDE; p++) {
                voxels[k * SIDE * SIDE + p] = kinds[k] == 0 ? -1024 : random.nextInt(1000);
            }
        }
        return new Volume(SIDE, SIDE, kinds.length, voxels, new Matrix4d().scale(1, 1, 3));
    }

    private static String note(Volume image) {
        return CopiedSlices.note(image, SliceAxis.AUTO);
    }

    @Test
    void aCopiedSliceIsSaid() {
        assertEquals("slices 2 and 3 (counted from 0) are the same; was one copied?", note(noise(1, 2, 3, 3, 4, 5)));
        assertEquals("slices 0 and 1 (counted from 0) are the same; was one copied?", note(noise(1, 1, 2, 3)));
        assertEquals("slices 1 and 2, counted from 0, and 1 more pair of neighbours are the same; were they copied?",
                note(noise(1, 2, 2, 3, 4, 5, 5)));
        assertTrue(new LoadedVolume(noise(1, 2, 3, 3), "NIfTI-1", "floats", 1, 0, List.of()).describe()
                .contains("note       slices 2 and 3 (counted"));
    }

    @Test
    void whatWasMadeSoIsNotSaid() {
        for (int[] kinds : new int[][] {{1, 2, 3, 4}, {0, 0, 1, 2, 3, 0, 0}, {0, 0, 0}, {1, 2, 2, 2, 3}, {1, 1, 1, 1},
            {3, 2, 1, 1, 2, 3}, {1, 2, 1, 2}, {1, 1}, {1}}) {
            assertNull(note(noise(kinds)));
        }
        float[] labels = new float[SIDE * SIDE * 4];
        for (int n = SIDE * SIDE; n < 3 * SIDE * SIDE; n += 3) {
            labels[n] = 2;
        }
        assertNull(note(new Volume(SIDE, SIDE, 4, labels, new Matrix4d().scale(1, 1, 3))));
    }
}
