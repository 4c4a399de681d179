package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTargetTest {

    private static final int N = 48;

    private static float[] disc(double cx, double cy, double radius) {
        float[] mask = new float[N * N];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = Math.hypot(i % N - cx, i / N - cy) <= radius ? 1 : 0;
        }
        return mask;
    }

    private static double area(float[] mask) {
        double sum = 0;
        for (float value : mask) {
            sum += value;
        }
        return sum;
    }

    @Test
    void knownSlicesComeBackAsTheyWere() {
        float[][] slices = {disc(20, 20, 8), disc(26, 22, 11), new float[N * N], disc(20, 30, 4)};
        ShapeTarget target = new ShapeTarget(slices, new double[] {0, 5, 9, 20}, N, N, 1, 1);
        float[] out = new float[N * N];
        double[] at = {0, 5, 9, 20};
        for (int s = 0; s < 4; s++) {
            target.targetAt(at[s], out);
            for (int i = 0; i < out.length; i++) {
                assertEquals(slices[s][i], out[i] >= 0.5 ? 1 : 0, 0);
                assertEquals(slices[s][i], out[i], 1e-6);
            }
        }
    }

    @Test
    void aSphereBulgesBetweenItsSlices() {
        // Radius 20, slices 8 apart: the equator at 0 is dropped. A straight line between +4 and -4 misses its bulge.
        double[] positions = {-20, -12, -4, 4, 12, 20};
        float[][] slices = new float[6][];
        for (int s = 0; s < 6; s++) {
            slices[s] = disc(24, 24, Math.sqrt(400 - positions[s] * positions[s]));
        }
        ShapeTarget target = new ShapeTarget(slices, positions, N, N, 1, 1);
        float[] out = new float[N * N];
        target.targetAt(0, out);
        double straight = area(slices[2]);
        double truth = area(disc(24, 24, 20));
        assertTrue(Math.abs(area(out) - truth) < 0.7 * Math.abs(straight - truth), area(out) + " of " + truth);
    }

    @Test
    void aThinPartWithoutPartnerStaysForAboutHalfTheGap() {
        float[] withProcess = disc(20, 20, 8);
        for (int x = 20; x < 44; x++) {
            withProcess[19 * N + x] = 1;
            withProcess[20 * N + x] = 1;
            withProcess[21 * N + x] = 1;
        }
        ShapeTarget target = new ShapeTarget(
                new float[][] {withProcess, disc(20, 20, 8)}, new double[] {0, 4}, N, N, 1, 1);
        float[] out = new float[N * N];
        target.targetAt(1.2, out);
        assertTrue(out[20 * N + 38] >= 0.5, "there at a third of the gap");
        target.targetAt(2.4, out);
        assertTrue(out[20 * N + 38] < 0.5, "gone past the middle");
    }
}
