package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import org.junit.jupiter.api.Test;

class MixedPredictorTest {

    private static final int N = 56;
    private static final double C = 27.3;

    /** Slices of an ellipsoid with half axes 18, 12 and 20, turned in plane, its centre at 0. */
    private static float[] ellipsoid(double z) {
        float[] mask = new float[N * N];
        for (int i = 0; i < mask.length; i++) {
            double x = i % N - C;
            double y = i / N - C - 0.4 * z;
            double u = 0.8 * x + 0.6 * y;
            double v = 0.8 * y - 0.6 * x;
            mask[i] = u * u / 324 + v * v / 144 + z * z / 400 <= 1 ? 1 : 0;
        }
        return mask;
    }

    private static KeptSlices kept(double[] positions) {
        float[] values = new float[positions.length * N * N];
        for (int s = 0; s < positions.length; s++) {
            System.arraycopy(ellipsoid(positions[s]), 0, values, s * N * N, N * N);
        }
        return new KeptSlices(values, positions, N, N, 1, 1);
    }

    private static int wrong(float[] field, float[] mask) {
        int wrong = 0;
        for (int i = 0; i < mask.length; i++) {
            wrong += field[i] >= 0.5f == mask[i] >= 0.5f ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void theTorsionFunctionOfAnEllipseIsAParabola() {
        boolean[] inside = new boolean[N * N];
        float[] distances = new float[N * N];
        double a = 20;
        double b = 12;
        for (int i = 0; i < inside.length; i++) {
            double x = i % N - C;
            double y = i / N - C;
            double f = 1 - x * x / (a * a) - y * y / (b * b);
            inside[i] = f > 0;
            // Near the outline: the level over the slope.
            distances[i] = (float) (f / (2 * Math.hypot(x / (a * a), y / (b * b)) + 1e-9));
        }
        float[] values = new TorsionFunction(inside, distances, N, N, 1).values();
        double height = a * a * b * b / (2 * (a * a + b * b));
        for (int i = 0; i < inside.length; i++) {
            double x = i % N - C;
            double y = i / N - C;
            double exact = height * (1 - x * x / (a * a) - y * y / (b * b));
            if (exact > 0) {
                assertEquals(exact, values[i], 0.02 * height, x + " " + y);
            } else if (distances[i] > -2) {
                assertEquals(exact, values[i], 0.15 * height, x + " " + y);
            }
        }
    }

    @Test
    void anEllipsoidIsFoundBetweenUnevenSlicesAndPastItsLastOne() {
        KeptSlices slices = kept(new double[] {-27, -20.5, -15, -9, -2, 4, 11, 17, 23.5});
        Workers workers = new Workers(2);
        SlicePredictor torsion = new TorsionPredictor(slices,
                new ShapePredictor(slices, workers).smoothedDistances(), workers);
        SlicePredictor shape = Interpolation.SHAPE.ofMask(slices, 1);
        SlicePredictor mixed = Interpolation.MIXED.ofMask(slices, 1);
        double[] wanted = {-18, -12, -5, 1, 7, 14, 19, 20.5};
        int[] sums = new int[3];
        for (double z : wanted) {
            float[] truth = ellipsoid(z);
            sums[0] += wrong(slices.sample(torsion, new double[] {z}), truth);
            sums[1] += wrong(slices.sample(shape, new double[] {z}), truth);
            sums[2] += wrong(slices.sample(mixed, new double[] {z}), truth);
        }
        assertTrue(sums[0] < 0.4 * sums[1], sums[0] + " of " + sums[1]);
        assertTrue(sums[2] < 0.6 * sums[1], sums[2] + " of " + sums[1]);
    }

    @Test
    void aPartWithoutPartnerIsHeldAsTheShapeHoldsIt() {
        // A body, and plates across it that are there on one slice only: by parabolas nothing good comes of them.
        double[] positions = {0, 6, 12, 18, 24, 30, 36, 42};
        float[] values = new float[positions.length * N * N];
        for (int s = 0; s < positions.length; s++) {
            for (int i = 0; i < N * N; i++) {
                boolean body = Math.abs(i % N - 28) < 3 && Math.abs(i / N - 28) < 3;
                boolean plate = i / N / 3 % 5 == s % 5 && Math.abs(i % N - 28) < 20;
                values[s * N * N + i] = body || plate ? 1 : 0;
            }
        }
        KeptSlices slices = new KeptSlices(values, positions, N, N, 1, 1);
        double[] wanted = {3, 9, 15, 21, 27, 33, 39};
        int unlike = wrong(slices.sample(Interpolation.MIXED.ofMask(slices, 1), wanted),
                slices.sample(Interpolation.SHAPE.ofMask(slices, 1), wanted));
        assertTrue(unlike < 0.02 * wanted.length * N * N, unlike + " pixels");
    }

    @Test
    void threadsDoNotMatterNorDoesWhatIsAround() {
        KeptSlices slices = kept(new double[] {-24, -16, -8, 0, 8, 16, 24});
        double[] wanted = {-19, -13.3, -4, 2, 9, 17, 20};
        float[] once = slices.sample(Interpolation.MIXED.ofMask(slices, 1), wanted);
        assertArrayEquals(once, slices.sample(Interpolation.MIXED.ofMask(slices, 3), wanted));
        int wide = N + 30;
        float[] values = new float[slices.count() * wide * wide];
        for (int i = 0; i < slices.values().length; i++) {
            values[(i / (N * N) * wide + i / N % N + 11) * wide + i % N + 17] = slices.values()[i];
        }
        KeptSlices padded = new KeptSlices(values, slices.positions(), wide, wide, 1, 1);
        float[] again = padded.sample(Interpolation.MIXED.ofMask(padded, 2), wanted);
        for (int i = 0; i < once.length; i++) {
            assertEquals(once[i], again[(i / (N * N) * wide + i / N % N + 11) * wide + i % N + 17], 1e-6f);
        }
    }

    @Test
    void stacksOfTwoSlicesAndEmptyOnesAreTaken() {
        for (double[] positions : new double[][] {{0, 5}, {-30, -25}, {30, 40, 50}}) {
            KeptSlices slices = kept(positions);
            float[] out = slices.sample(Interpolation.MIXED.ofMask(slices, 2), new double[] {positions[0] + 2});
            assertEquals(positions[0] == 0, wrong(out, new float[out.length]) > 0);
        }
    }

    @Test
    void theLearnedOneCorrectsItNearItsOutlineTheSameWithAnyThreads() {
        KeptSlices slices = kept(new double[] {-27, -20.5, -15, -9, -2, 4, 11, 17, 23.5});
        SlicePredictor mixed = Interpolation.MIXED.ofMask(slices, 1);
        float[] before = new float[N * N];
        float[][] learned = new float[2][N * N];
        int moved = 0;
        for (int k = 1; k < 6; k++) {
            mixed.predict(k, 0.5, before);
            for (int threads = 1; threads <= 2; threads++) {
                Interpolation.LEARNED.ofMask(slices, threads).predict(k, 0.5, learned[threads - 1]);
            }
            assertArrayEquals(learned[0], learned[1]);
            float[] truth = ellipsoid((slices.positions()[k] + slices.positions()[k + 1]) / 2);
            assertTrue(wrong(learned[0], truth) <= wrong(before, truth) + 12,
                    wrong(learned[0], truth) + " pixels wrong, mixed " + wrong(before, truth));
            moved += wrong(learned[0], before);
        }
        assertTrue(moved > 0);
    }

    @Test
    void whereNoSectionLiesBetweenTwoOthersNothingIsCorrected() {
        KeptSlices slices = kept(new double[] {-40, -30, 0, 30, 40});
        float[] mixed = new float[N * N];
        float[] learned = new float[N * N];
        for (int k = 0; k < 4; k++) {
            Interpolation.MIXED.ofMask(slices, 1).predict(k, 0.3, mixed);
            Interpolation.LEARNED.ofMask(slices, 1).predict(k, 0.3, learned);
            assertArrayEquals(mixed, learned);
        }
    }
}
