package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The grid finds what comparing all with all finds. */
class NearestNeighboursTest {

    @Test
    void ofFourCornersEachSeesTheOtherThree() {
        float[] squares = NearestNeighbours.meanSquaredDistances(new float[] {0, 2, 0, 2}, new float[] {0, 0, 1, 1});
        assertArrayEquals(new float[] {10f / 3, 10f / 3, 10f / 3, 10f / 3}, squares, 1e-6f);
    }

    @Test
    void scatteredPointsAndACrowd() {
        StepRandom random = new StepRandom(5, StepRandom.Use.START, 0);
        float[] x = new float[500];
        float[] z = new float[500];
        for (int n = 0; n < x.length; n++) {
            // The first hundred crowd in a corner, the rest lie wide apart.
            x[n] = (float) random.uniform(0, n < 100 ? 0.01 : 3);
            z[n] = (float) random.uniform(0, n < 100 ? 0.01 : 1);
        }
        float[] found = NearestNeighbours.meanSquaredDistances(x, z);
        for (int n = 0; n < x.length; n++) {
            double[] all = new double[x.length];
            for (int m = 0; m < x.length; m++) {
                double dx = x[m] - x[n];
                double dz = z[m] - z[n];
                all[m] = m == n ? Double.POSITIVE_INFINITY : dx * dx + dz * dz;
            }
            Arrays.sort(all);
            assertEquals((all[0] + all[1] + all[2]) / 3, found[n], 1e-5 * (all[0] + all[1] + all[2]) / 3 + 1e-12);
        }
    }
}
