package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.util.SortedSet;
import java.util.function.IntBinaryOperator;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

/** What is taken for labels, and what only looks like them. */
class LabelsTest {

    private static final int SIZE = 40;

    private static boolean looksGrey(int least, IntBinaryOperator value) {
        float[] voxels = new float[2 * SIZE * SIZE];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = value.applyAsInt(n % SIZE, n / SIZE % SIZE);
        }
        Volume mask = new Volume(SIZE, SIZE, 2, voxels, new Matrix4d());
        SortedSet<Long> labels = Labels.present(mask, "mask");
        assertTrue(labels.size() >= least, labels.size() + " values");
        return Labels.looksGrey(mask, labels);
    }

    @Test
    void probabilitiesInBytesAreToldFromAtlases() {
        assertTrue(looksGrey(51, (i, j) -> (int) Math.round(255 / (1 + Math.exp(Math.hypot(i - 19.7, 0.9 * (j - 20.2)) - 12)))));
        assertFalse(looksGrey(190, (i, j) -> i < 2 ? 0 : 1 + i / 2 + 20 * (j / 4)), "an atlas of small parcels");
        assertFalse(looksGrey(5, (i, j) -> (i + 3 * j) % 6), "few labels, however they lie");
        assertTrue(looksGrey(51, (i, j) -> i / 2 + 20 * (j / 4) - 100), "so many and some below 0");
        assertTrue(looksGrey(501, (i, j) -> 1 + i + SIZE * (j / 2)), "more than atlases have");
    }

    @Test
    void whatNoLabelCanBeIsRefused() {
        Volume huge = new Volume(2, 1, 1, new float[] {1e20f, 1e30f}, new Matrix4d());
        assertTrue(assertThrows(InputException.class, () -> Labels.present(huge, "mask")).getMessage()
                .contains("holds the value 1.0E20, and a mask holds whole numbers of 64 bits at most"));
        float[] voxels = new float[1 << 16];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n;
        }
        Volume most = new Volume(1 << 16, 1, 1, voxels, new Matrix4d());
        LabelField field = LabelField.of(most, LabelChoice.ALL, "map");
        assertArrayEquals(voxels, field.volume().voxels());
        voxels[0] = voxels.length;
        assertTrue(assertThrows(InputException.class, () -> Labels.present(most, "map")).getMessage().contains("more than 65535"));
    }

    @Test
    void labelsBelowZeroStayLabels() {
        Volume mask = new Volume(2, 2, 1, new float[] {-1, 0, 2, 2}, new Matrix4d());
        assertEquals("[-1, 2]", Labels.present(mask, "mask").toString());
        assertFalse(Labels.looksGrey(mask, Labels.present(mask, "mask")));
    }
}
