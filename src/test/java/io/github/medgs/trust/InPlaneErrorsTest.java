package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InPlaneErrorsTest {

    private static final int SIDE = 64;
    private static final double PERIOD = 400;

    /** Slices a gap apart, of a long wave along rows and columns and noise. */
    private static InPlaneErrors errors(double wave, double noise, double gap, double pixel) {
        float[] values = new float[3 * SIDE * SIDE];
        Random random = new Random(5);
        for (int n = 0; n < values.length; n++) {
            double row = n / SIDE % SIDE;
            double column = n % SIDE;
            values[n] = (float) (0.5 + wave * Math.sin(2 * Math.PI * row / PERIOD) * Math.sin(2 * Math.PI * column / PERIOD)
                    + noise * random.nextGaussian());
        }
        return new InPlaneErrors(new KeptSlices(values, new double[] {0, gap, 2 * gap}, SIDE, SIDE, pixel, pixel), 3);
    }

    @Test
    void theErrorOfNoiseDoesNotFallWithDistance() {
        assertEquals(0, errors(0, 0.05, 4, 1).halvingTheGap(), 0.02);
        assertEquals(0.05, errors(0, 0.05, 4, 1).noise(), 0.002);
    }

    @Test
    void theErrorOfASmoothPictureFallsWithTheSquareOfDistance() {
        double quarter = Math.log(0.25);
        assertEquals(quarter, errors(0.4, 0, 4, 1).halvingTheGap(), 0.02);
        assertEquals(quarter, errors(0.4, 0, 6, 0.5).halvingTheGap(), 0.02);
        assertEquals(quarter, errors(0.4, 0, 1, 1).halvingTheGap(), 0.02, "below a pixel the curve goes on");
        assertEquals(0, errors(0.4, 0, 4, 1).noise(), 1e-3);
    }

    @Test
    void distancesAreThoseOfTheSlicesInPixels() {
        // Smooth below the noise's reach, noise above: the farther, the more the wave counts.
        double near = errors(0.4, 0.005, 2, 1).halvingTheGap();
        double far = errors(0.4, 0.005, 16, 1).halvingTheGap();
        assertEquals(near, errors(0.4, 0.005, 1, 0.5).halvingTheGap(), 1e-9);
        assertTrue(far < near - 0.1, near + " " + far);
    }

    @Test
    void ofRowsAndColumnsTheOneInWhichErrorsFallLessCounts() {
        float[] values = new float[3 * SIDE * SIDE];
        Random random = new Random(5);
        for (int row = 0; row < 3 * SIDE; row++) {
            float ofRow = (float) random.nextGaussian();
            for (int column = 0; column < SIDE; column++) {
                values[row * SIDE + column] = (float) (0.5 + 0.1 * Math.sin(2 * Math.PI * column / PERIOD) + 0.02 * ofRow);
            }
        }
        KeptSlices slices = new KeptSlices(values, new double[] {0, 4, 8}, SIDE, SIDE, 1, 1);
        assertEquals(0, new InPlaneErrors(slices, 3).halvingTheGap(), 0.1, "smooth along rows, noise along columns");
    }

    @Test
    void slicesTooSmallToTellSayNothing() {
        KeptSlices small = new KeptSlices(new float[2 * 9], new double[] {0, 1}, 3, 3, 1, 1);
        assertEquals(0, new InPlaneErrors(small, 3).halvingTheGap());
        assertEquals(0, new InPlaneErrors(small, 3).noise());
    }
}
