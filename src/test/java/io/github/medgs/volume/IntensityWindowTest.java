package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class IntensityWindowTest {

    @Test
    void automaticCutsATenthOfAPercentAtEitherEnd() {
        float[] voxels = new float[10_001];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = 5_000 - n;
        }
        assertEquals(new IntensityWindow(-4_990, 4_990), IntensityWindow.automatic(volume(voxels)));
    }

    @Test
    void nonFiniteVoxelsDoNotCount() {
        IntensityWindow window = IntensityWindow.automatic(
                volume(new float[] {Float.NaN, 2, Float.NEGATIVE_INFINITY, 4, Float.POSITIVE_INFINITY}));
        assertEquals(2.002f, window.low(), 1e-6);
        assertEquals(3.998f, window.high(), 1e-6);
        assertThrows(InputException.class, () -> IntensityWindow.automatic(volume(new float[] {Float.NaN})));
    }

    @Test
    void aRareStructureAndAConstantVolumeStillGetARange() {
        float[] rare = new float[100_000];
        rare[17] = 3;
        assertEquals(new IntensityWindow(0, 3), IntensityWindow.automatic(volume(rare)));
        assertEquals(new IntensityWindow(7, 8), IntensityWindow.automatic(volume(Volumes.constant(10, 7))));
        for (float extreme : new float[] {1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE}) {
            IntensityWindow window = IntensityWindow.automatic(volume(Volumes.constant(10, extreme)));
            assertTrue(window.low() == extreme || window.high() == extreme);
        }
    }

    @Test
    void unitIsClampedAndGoesBack() {
        IntensityWindow window = new IntensityWindow(-160, 240);
        assertEquals(0, window.toUnit(-1000));
        assertEquals(1, window.toUnit(3000));
        assertEquals(0.5f, window.toUnit(40));
        assertEquals(40, window.toInput(0.5f));
        assertEquals(1, new IntensityWindow(-Float.MAX_VALUE, Float.MAX_VALUE).toUnit(Float.MAX_VALUE));
        assertThrows(InputException.class, () -> new IntensityWindow(1, 1));
        assertThrows(InputException.class, () -> new IntensityWindow(0, Float.NaN));
    }

    @Property(tries = 200)
    void percentilesAreThoseOfASortedCopy(@ForAll @Size(min = 1, max = 40) float[] values) {
        double[] sorted = new double[values.length];
        for (int n = 0; n < values.length; n++) {
            sorted[n] = values[n] == 0 ? 0 : values[n];
        }
        Arrays.sort(sorted);
        FinitePercentiles percentiles = new FinitePercentiles(values);
        assertEquals(values.length, percentiles.count());
        for (int n = 0; n < sorted.length; n++) {
            double fraction = sorted.length == 1 ? 0 : (double) n / (sorted.length - 1);
            assertEquals(sorted[n], percentiles.at(fraction), 1e-6 * (1 + Math.abs(sorted[n]) + spread(sorted)));
        }
    }

    private static double spread(double[] sorted) {
        return sorted[sorted.length - 1] - sorted[0];
    }

    private static Volume volume(float[] voxels) {
        return new Volume(voxels.length, 1, 1, voxels, new Matrix4d());
    }
}
