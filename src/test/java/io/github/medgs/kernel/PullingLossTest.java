package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The derivatives by f and by grad f against central differences of the formula in double precision. */
class PullingLossTest {

    private static final float CONSISTENCY = 0.3f;

    @Test
    void derivativesAreCentralDifferences() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            // f, grad f, q, p
            double[] x = new double[10];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (random.nextGaussian() * (i == 0 ? 0.2 : 0.7));
            }
            float[] terms = new float[4];
            float[] byValue = new float[2];
            float[] byGradient = new float[6];
            // In row 1, so that rows are told apart.
            PullingLoss.gradient(1, new float[] {9, (float) x[0]}, rows(x, 1), rows(x, 4), rows(x, 7), CONSISTENCY, terms,
                    byValue, byGradient);
            assertEquals(loss(x), terms[2] + CONSISTENCY * terms[3], 1e-5);
            for (int i = 0; i < 4; i++) {
                double h = 1e-6;
                double before = x[i];
                x[i] = before + h;
                double above = loss(x);
                x[i] = before - h;
                double below = loss(x);
                x[i] = before;
                double expected = (above - below) / (2 * h);
                assertEquals(expected, i == 0 ? byValue[1] : byGradient[2 + i], 2e-4 * Math.max(1, Math.abs(expected)));
            }
        }
    }

    @Test
    void aPlaceThatArrivesAndAGradientThatVanishesGiveNumbers() {
        float[] terms = new float[2];
        float[] byValue = new float[1];
        float[] byGradient = new float[3];
        PullingLoss.gradient(0, new float[] {1}, new float[] {0, 0, 2}, new float[] {0, 0, 1}, new float[3], 0.005f, terms,
                byValue, byGradient);
        assertEquals(0, terms[0]);
        assertFinite(byValue, byGradient);
        PullingLoss.gradient(0, new float[] {1}, new float[3], new float[] {0, 0, 1}, new float[3], 0.005f, terms, byValue,
                byGradient);
        assertFinite(byValue, byGradient);
    }

    private static void assertFinite(float[] byValue, float[] byGradient) {
        for (float value : new float[] {byValue[0], byGradient[0], byGradient[1], byGradient[2]}) {
            assertTrue(Float.isFinite(value), "got " + value);
        }
    }

    private static float[] rows(double[] x, int from) {
        return new float[] {8, 8, 8, (float) x[from], (float) x[from + 1], (float) x[from + 2]};
    }

    private static double loss(double[] x) {
        double slope = Math.sqrt(x[1] * x[1] + x[2] * x[2] + x[3] * x[3]);
        double squares = 0;
        double along = 0;
        for (int i = 0; i < 3; i++) {
            double n = x[1 + i] / slope;
            double d = x[4 + i] - x[0] * n - x[7 + i];
            squares += d * d;
            along += n * d;
        }
        return Math.sqrt(squares) + CONSISTENCY * (1 - along / Math.sqrt(squares));
    }
}
