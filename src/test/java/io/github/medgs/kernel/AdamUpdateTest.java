package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Adam's step against numbers worked out by hand, and a run of steps against the published formula in double precision. */
class AdamUpdateTest {

    @Test
    void aStepFromKnownMomentsComesOutAsByHand() {
        float[] parameters = {7, 2, 7};
        float[] first = {7, 0.5f, 7};
        float[] second = {7, 4, 7};
        // m = 0.75 0.5 + 0.25 3 = 1.125; v = 0.5 4 + 0.5 3^2 = 6.5.
        // sqrt(6.5) = 2.5495098; times 2, and 0.1 more: 5.1990195. 2 - 0.4 1.125 / 5.1990195 = 1.9134452.
        AdamUpdate.apply(parameters, first, second, 1, 3, 0.4f, 2, 0.75f, 0.5f, 0.1f);
        assertArrayEquals(new float[] {7, 1.9134452f, 7}, parameters, 1e-6f);
        assertArrayEquals(new float[] {7, 1.125f, 7}, first, 1e-6f);
        assertArrayEquals(new float[] {7, 6.5f, 7}, second, 1e-6f);
    }

    @Test
    void theFirstStepIsAsLongAsTheRateWhateverTheGradient() {
        // With both corrections m is g and v is g^2: the step is the rate, against the gradient.
        for (float gradient : new float[] {1e-6f, 0.3f, 500, -2e-4f}) {
            float[] parameter = {1};
            AdamUpdate.apply(parameter, new float[1], new float[1], 0, gradient, 0.01f / (1 - 0.9f),
                    (float) (1 / Math.sqrt(1 - 0.999)), 0.9f, 0.999f, 1e-15f);
            assertEquals(1 - 0.01 * Math.signum(gradient), parameter[0], 1e-6, "gradient " + gradient);
        }
    }

    @Test
    void aParameterWithoutAGradientStaysAndIsNoNaN() {
        float[] parameter = {0.25f};
        float[] first = new float[1];
        float[] second = new float[1];
        AdamUpdate.apply(parameter, first, second, 0, 0, 0.1f, 30, 0.9f, 0.999f, 1e-15f);
        assertEquals(0.25f, parameter[0]);
        assertEquals(0f, first[0]);
        assertEquals(0f, second[0]);
    }

    @Test
    void aHundredStepsFollowThePaper() {
        double beta1 = 0.9;
        double beta2 = 0.99;
        float[] parameter = {0.5f};
        float[] first = new float[1];
        float[] second = new float[1];
        double p = 0.5;
        double m = 0;
        double v = 0;
        for (int k = 1; k <= 100; k++) {
            // The slope of (x - 2)^2 (x + 1), each at its own place, so that errors would add up.
            double g = slope(p);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            p -= 0.02 * (m / (1 - Math.pow(beta1, k))) / (Math.sqrt(v / (1 - Math.pow(beta2, k))) + 1e-8);
            AdamUpdate.apply(parameter, first, second, 0, (float) slope(parameter[0]),
                    (float) (0.02 / (1 - Math.pow(beta1, k))), (float) (1 / Math.sqrt(1 - Math.pow(beta2, k))), 0.9f,
                    0.99f, 1e-8f);
            assertEquals(p, parameter[0], 2e-5, "step " + k);
        }
        assertEquals(2, p, 0.2, "it should have come near the minimum");
    }

    private static double slope(double x) {
        return 2 * (x - 2) * (x + 1) + (x - 2) * (x - 2);
    }
}
