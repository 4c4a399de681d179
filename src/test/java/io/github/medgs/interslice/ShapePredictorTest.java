package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import org.junit.jupiter.api.Test;

class ShapePredictorTest {

    private static final int N = 48;

    private static float[] disc(double cx, double cy, double radius) {
        float[] mask = new float[N * N];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = Math.hypot(i % N - cx, i / N - cy) <= radius ? 1 : 0;
        }
        return mask;
    }

    private static KeptSlices kept(double[] positions, float[]... slices) {
        float[] values = new float[slices.length * N * N];
        for (int s = 0; s < slices.length; s++) {
            System.arraycopy(slices[s], 0, values, s * N * N, N * N);
        }
        return new KeptSlices(values, positions, N, N, 1, 1);
    }

    private static double area(float[] mask) {
        double sum = 0;
        for (float value : mask) {
            sum += value;
        }
        return sum;
    }

    /** A disc that is deeper than the gap is wide does not come through to slices that are known to be empty. */
    @Test
    void emptySlicesStayEmptyInShapeBasedInterpolation() {
        float[] nothing = new float[N * N];
        SliceDistances distances = new SliceDistances(
                kept(new double[] {0, 3, 6, 9}, nothing, disc(24, 24, 12), disc(24, 24, 12), nothing));
        float[] drawn = new float[N * N];
        for (double[] place : new double[][] {{0, 0}, {2, 1}}) {
            distances.predict((int) place[0], place[1], drawn);
            for (float value : drawn) {
                assertTrue(value < 0.5f, "inside where the slice is empty: " + value);
            }
        }
        distances.predict(2, 0.25, drawn);
        assertTrue(drawn[24 * N + 24] > 0.5, "beside the disc it goes on");
    }

    @Test
    void knownSlicesComeBackAsTheyWere() {
        double[] positions = {0, 5, 9, 20};
        KeptSlices slices = kept(positions, disc(20, 20, 8), disc(26, 22, 11), new float[N * N], disc(20, 30, 4));
        for (Interpolation kind : Interpolation.values()) {
            if (!kind.ofMasks()) {
                continue;
            }
            float[] out = slices.sample(kind.ofMask(slices, 1), positions);
            for (int i = 0; i < out.length; i++) {
                if (kind != Interpolation.DISTANCE) {
                    assertEquals(slices.values()[i], out[i], 1e-6, kind + " at " + i);
                } else {
                    assertEquals(slices.values()[i], out[i] >= 0.5f ? 1 : 0, 0, kind + " at " + i);
                }
            }
        }
    }

    @Test
    void whatAMaskHeadLearnsIsAnOccupancyWithTheSameBoundary() {
        double[] positions = {0, 5, 9, 20};
        KeptSlices slices = kept(positions, disc(20, 20, 8), disc(26, 22, 11), new float[N * N], disc(20, 30, 4));
        double[] wanted = {1, 3, 6.5, 8, 13, 18};
        for (Interpolation kind : Interpolation.values()) {
            if (kind.ofMasks()) {
                float[] field = slices.sample(kind.ofMask(slices, 1), wanted);
                float[] learnt = slices.sample(kind.ofMaskHead(slices, 1), wanted);
                for (int i = 0; i < field.length; i++) {
                    assertTrue(learnt[i] >= 0 && learnt[i] <= 1, kind + " asks for " + learnt[i]);
                    // What hardly anything decides may count as inside.
                    assertTrue(field[i] >= 0.5f == learnt[i] >= 0.5f || Math.abs(field[i] - 0.5f) < 0.02f, kind + " at " + i);
                }
            }
        }
    }

    @Test
    void nothingIsLearntBetweenEmptySlices() {
        float[] nothing = new float[N * N];
        KeptSlices slices = kept(new double[] {0, 3, 6, 9}, disc(24, 24, 12), nothing, nothing, disc(24, 24, 12));
        for (Interpolation kind : new Interpolation[] {Interpolation.DISTANCE, Interpolation.SHAPE}) {
            assertEquals(0, area(slices.sample(kind.ofMaskHead(slices, 1), new double[] {4, 4.5, 5})), 1e-3, kind + "");
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
        ShapePredictor target = new ShapePredictor(kept(positions, slices), new Workers(2));
        float[] out = new float[N * N];
        target.predict(2, 0.5, out);
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
        ShapePredictor target = new ShapePredictor(kept(new double[] {0, 4}, withProcess, disc(20, 20, 8)), new Workers(2));
        float[] out = new float[N * N];
        target.predict(0, 0.3, out);
        assertTrue(out[20 * N + 38] >= 0.5, "there at a third of the gap");
        target.predict(0, 0.6, out);
        assertTrue(out[20 * N + 38] < 0.5, "gone past the middle");
    }
}
