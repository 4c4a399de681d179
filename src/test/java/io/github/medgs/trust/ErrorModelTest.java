package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorModelTest {

    private static final int SIDE = 48;

    /** Blurred discs that move and swell, and noise: slices {@code first}, {@code first + step}, ... of one world. */
    private static KeptSlices world(int count, int step, float noise) {
        return world(0, count, step, noise);
    }

    private static KeptSlices world(int first, int count, int step, float noise) {
        float[] values = new float[count * SIDE * SIDE];
        double[] positions = new double[count];
        for (int k = 0; k < count; k++) {
            int z = first + k * step;
            positions[k] = z;
            Random random = new Random(1000 + z);
            for (int p = 0; p < SIDE * SIDE; p++) {
                double value = 0.1;
                for (int disc = 0; disc < 4; disc++) {
                    double x = 12 + 8 * disc % 24 + 4 * Math.sin(0.13 * z + disc);
                    double y = 10 + 9 * disc % 28 + 3 * Math.cos(0.17 * z + 2 * disc);
                    double radius = 6 + 2 * Math.sin(0.11 * z + disc);
                    value += 0.5 / (1 + Math.exp(2 * (Math.hypot(p % SIDE - x, p / SIDE - y) - radius)));
                }
                values[k * SIDE * SIDE + p] = (float) Math.clamp(value + noise * random.nextGaussian(), 0, 1);
            }
        }
        return new KeptSlices(values, positions, SIDE, SIDE, 1, 1);
    }

    @Test
    void theBandHoldsAboutWhatItSays() {
        for (float noise : new float[] {0.01f, 0.04f}) {
            KeptSlices all = world(41, 1, noise);
            KeptSlices kept = world(21, 2, noise);
            MotionPredictor motion = MotionPredictor.of(kept, 2);
            ErrorModel model = ErrorModel.trust(motion, null, 0, 0.9, 2).model();
            SliceTrust trust = model.on(motion, null, 0, 2);
            float[] drawn = new float[SIDE * SIDE];
            float[] expected = new float[SIDE * SIDE];
            float[] band = new float[SIDE * SIDE];
            long inside = 0;
            double said = 0;
            double truth = 0;
            for (int k = 0; k < 20; k++) {
                motion.predict(k, 0.5, drawn);
                trust.of(k, 0.5, drawn, expected, band);
                for (int p = 0; p < drawn.length; p++) {
                    double error = Math.abs(drawn[p] - all.values()[(2 * k + 1) * drawn.length + p]);
                    inside += error <= band[p] ? 1 : 0;
                    said += expected[p];
                    truth += error;
                }
            }
            double coverage = inside / (20.0 * SIDE * SIDE);
            // Discs that only move: motion explains them across slices, and the plane looks harder than that.
            assertTrue(coverage > 0.8 && coverage < 0.97, "noise " + noise + ": " + coverage);
            assertEquals(1, said / truth, 0.3, "noise " + noise);
            assertEquals(19, model.leftOut());
            assertFalse(model.priorAlone());
        }
    }

    /** Noise far below a step: over the interior of a disc, which is one number, clues are next to nothing. */
    @Test
    void theBandHoldsWhatWholeNumbersAreRoundedTo() {
        float step = 0.02f;
        KeptSlices all = rounded(world(41, 1, 0.004f), step);
        KeptSlices kept = rounded(world(21, 2, 0.004f), step);
        MotionPredictor motion = MotionPredictor.of(kept, 2);
        SliceTrust trust = ErrorModel.trust(motion, null, step, 0.9, 2);
        float[] drawn = new float[SIDE * SIDE];
        float[] expected = new float[SIDE * SIDE];
        float[] band = new float[SIDE * SIDE];
        long inside = 0;
        for (int k = 0; k < 20; k++) {
            motion.predict(k, 0.5, drawn);
            trust.of(k, 0.5, drawn, expected, band);
            for (int p = 0; p < drawn.length; p++) {
                inside += Math.abs(drawn[p] - all.values()[(2 * k + 1) * drawn.length + p]) <= band[p] ? 1 : 0;
            }
        }
        double coverage = inside / (20.0 * SIDE * SIDE);
        assertTrue(coverage > 0.85 && coverage < 0.95, () -> "without the step 0.76: " + coverage);
    }

    private static KeptSlices rounded(KeptSlices slices, float step) {
        float[] values = slices.values();
        for (int n = 0; n < values.length; n++) {
            values[n] = Math.round(values[n] / step) * step;
        }
        return slices;
    }

    /** Linear, cubic and spline are one between the two slices that are left: that they disagree at the gap says nothing. */
    @Test
    void ofFourSlicesErrorsAreExpectedToBeAboutWhatTheyAre() {
        double logarithms = 0;
        for (int first = 0; first < 40; first += 4) {
            KeptSlices all = world(first, 7, 1, 0);
            MotionPredictor motion = MotionPredictor.of(world(first, 4, 2, 0), 1);
            SliceTrust trust = ErrorModel.trust(motion, null, 0, 0.9, 1);
            float[] drawn = new float[SIDE * SIDE];
            float[] expected = new float[SIDE * SIDE];
            double said = 0;
            double truth = 0;
            for (int k = 0; k < 3; k++) {
                motion.predict(k, 0.5, drawn);
                trust.of(k, 0.5, drawn, expected, new float[SIDE * SIDE]);
                for (int p = 0; p < drawn.length; p++) {
                    said += expected[p];
                    truth += Math.abs(drawn[p] - all.values()[(2 * k + 1) * drawn.length + p]);
                }
            }
            logarithms += Math.log(said / truth);
        }
        assertEquals(0, logarithms / 10, 0.2);
    }

    private static ErrorModel model(KeptSlices slices, double level, int threads) {
        return ErrorModel.trust(MotionPredictor.of(slices, threads), null, 0, level, threads).model();
    }

    @Test
    void threadsChangeNoBit() {
        KeptSlices kept = world(9, 2, 0.02f);
        assertEquals(model(kept, 0.9, 1), model(kept, 0.9, 3));
    }

    @Test
    void aWiderBandHoldsMoreAndAShortStackFallsBackOnThePrior() {
        KeptSlices kept = world(9, 2, 0.02f);
        assertTrue(model(kept, 0.95, 1).band() > model(kept, 0.8, 1).band());
        ErrorModel prior = model(world(2, 2, 0.02f), 0.9, 1);
        assertTrue(prior.priorAlone());
        assertTrue(prior.band() > prior.expected());
        assertTrue(model(world(2, 2, 0.02f), 0.95, 1).band() > prior.band());
    }

    @Test
    void stacksOfWhichLittleIsLearntHaveFiniteErrors() {
        float[] even = new float[5 * SIDE * SIDE];
        Arrays.fill(even, 0.5f);
        float[] oneSlice = new float[5 * SIDE * SIDE];
        Arrays.fill(oneSlice, 2 * SIDE * SIDE, 3 * SIDE * SIDE, 0.5f);
        double[] uneven = {0, 1, 2.5, 3, 7};
        for (float[] values : List.of(even, oneSlice, new float[5 * SIDE * SIDE], world(5, 2, 0.02f).values())) {
            ErrorModel model = model(new KeptSlices(values, uneven, SIDE, SIDE, 0.5, 2), 0.9, 1);
            assertTrue(model.expected() > 0 && model.band() > 0 && Double.isFinite(model.expected() + model.band()), model::toString);
        }
    }
}
