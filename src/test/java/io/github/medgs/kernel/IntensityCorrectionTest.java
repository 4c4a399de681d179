package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slice of 4 x 3 pixels, 4 to a unit: column 1.5 + 4 X, row 1 - 4 Z. */
class IntensityCorrectionTest {

    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;
    private static final int[] FORM = form();
    private static final int CAPACITY = 5;
    private static final int G = 2;
    private static final int ROW = 9;

    private static int[] form() {
        int[] form = new int[Layout.FORM_SIZE];
        form[Layout.WIDTH] = WIDTH;
        form[Layout.HEIGHT] = HEIGHT;
        return form;
    }

    /** What a Gaussian at a place, in pixels, whose intensity was 1, has after a correction by what pixels miss. */
    private static float corrected(float column, float row, float[] missing) {
        float[] parameters = new float[CAPACITY * (ROW + 2)];
        parameters[Layout.X * CAPACITY + G] = (column - 1.5f) / 4;
        parameters[Layout.Z * CAPACITY + G] = (1 - row) / 4;
        parameters[ROW * CAPACITY + G] = 1;
        float[] expected = parameters.clone();
        // The slices are not the first in their arrays, and what is drawn is not black.
        float[] drawn = new float[missing.length + 2];
        float[] wanted = new float[missing.length + 3];
        for (int p = 0; p < missing.length; p++) {
            drawn[2 + p] = 0.5f;
            wanted[3 + p] = 0.5f + missing[p];
        }
        IntensityCorrection.correct(parameters, CAPACITY, FORM, 4, G, ROW, wanted, 3, drawn, 2);
        float intensity = parameters[ROW * CAPACITY + G];
        expected[ROW * CAPACITY + G] = intensity;
        assertArrayEquals(expected, parameters, "nothing else changes");
        return intensity;
    }

    @Test
    void eachGaussianGetsWhatItsOwnPixelMisses() {
        float[] missing = new float[WIDTH * HEIGHT];
        for (int p = 0; p < missing.length; p++) {
            missing[p] = 0.02f * p - 0.1f;
        }
        for (int p = 0; p < missing.length; p++) {
            // An intensity c is drawn as 0.5 + C0 k: to add to c, k has to change by as much over C0 = sqrt(1 / 4 pi).
            double expected = 1 + missing[p] * Math.sqrt(4 * Math.PI);
            assertEquals(expected, corrected(p % WIDTH, p / WIDTH, missing), 1e-5, "pixel " + p);
            assertEquals(expected, corrected(p % WIDTH + 0.4f, p / WIDTH - 0.4f, missing), 1e-5, "pixel " + p);
            assertEquals(expected, corrected(p % WIDTH - 0.4f, p / WIDTH + 0.4f, missing), 1e-5, "pixel " + p);
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.6, 1", "-1.2, 1", "3.6, 1", "4.2, 1", "1, -0.6", "1, -1.4", "1, 2.6", "1, 3.3", "-9, -9", "1e20, 1",
        "1, -1e20", "NaN, 1", "1, NaN"})
    void oneThatStandsOnNoPixelStays(float column, float row) {
        float[] missing = new float[WIDTH * HEIGHT];
        Arrays.fill(missing, 0.25f);
        assertEquals(1f, corrected(column, row, missing));
    }
}
