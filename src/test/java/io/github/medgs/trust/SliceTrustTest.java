package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A picture that is off what the motion predicts is off the truth too. */
class SliceTrustTest {

    private static final int SIDE = 24;

    private static KeptSlices ramps(int count) {
        float[] values = new float[count * SIDE * SIDE];
        double[] positions = new double[count];
        Random random = new Random(2);
        for (int k = 0; k < count; k++) {
            positions[k] = 2 * k;
            for (int p = 0; p < SIDE * SIDE; p++) {
                values[k * SIDE * SIDE + p] = (float) (0.2 + 0.4 * (p % SIDE) / SIDE + 0.02 * k + 0.01 * random.nextGaussian());
            }
        }
        return new KeptSlices(values, positions, SIDE, SIDE, 1, 1);
    }

    @Test
    void anErrorOfLaplaceThatIsOffIsAsLargeAsItSays() {
        Random random = new Random(7);
        for (double off : new double[] {0, 0.3, 1, 4}) {
            for (double level : new double[] {0.5, 0.9, 0.99}) {
                double mean = 0.7;
                double half = SliceTrust.band(mean * -Math.log(1 - level), off, level);
                double sum = 0;
                int inside = 0;
                int draws = 200_000;
                for (int n = 0; n < draws; n++) {
                    double error = -mean * Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
                    sum += Math.abs(error + off);
                    inside += Math.abs(error + off) <= half ? 1 : 0;
                }
                assertEquals(SliceTrust.expected(mean, off), sum / draws, 0.01, "off by " + off);
                assertEquals(level, (double) inside / draws, 0.005, "off by " + off);
            }
        }
        assertEquals(3, SliceTrust.expected(0, 3), 0);
        assertEquals(3, SliceTrust.band(0, 3, 0.9), 0);
        assertEquals(1e6 + 1, SliceTrust.band(1, 1e6, 0.9), 1, "far off");
    }

    @Test
    void aTruthThatIsRoundedIsHeldByAsWideABandAsItSays() {
        Random random = new Random(8);
        for (double mean : new double[] {1e-9, 0.02, 0.08, 0.3, 1, 4}) {
            for (double level : new double[] {0.5, 0.9, 0.99}) {
                double half = SliceTrust.rounded(mean * -Math.log(1 - level), 2, level);
                int inside = 0;
                int draws = 200_000;
                for (int n = 0; n < draws; n++) {
                    double error = -mean * Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
                    inside += Math.abs(error + 2 * random.nextDouble() - 1) <= half ? 1 : 0;
                }
                // Where less than half a step is enough it is a bound.
                double held = (double) inside / draws;
                double most = half >= 1 ? level + 0.005 : Math.min(1, level + 0.2 * (1 - level)) + 0.005;
                assertTrue(held > level - 0.005 && held < most, mean + ", " + level + ": " + held);
            }
        }
        assertEquals(0.9, SliceTrust.rounded(0, 2, 0.9), 1e-12);
        assertEquals(3, SliceTrust.rounded(3, 0, 0.9), 0, "floats keep every bit");
        assertEquals(1e6, SliceTrust.rounded(1e6, 2, 0.9), 1e-3, "far wider than a step");
    }

    @Test
    void theBandOfWholeNumbersIsNearlyHalfAStepAtLeastAndTheExpectedErrorStays() {
        MotionPredictor motion = MotionPredictor.of(ramps(7), 1);
        ErrorModel model = ErrorModel.trust(motion, null, 0, 0.9, 1).model();
        float[] drawn = new float[SIDE * SIDE];
        motion.learned().predict(3, 0.5, drawn);
        float[][] floats = new float[2][drawn.length];
        float[][] whole = new float[2][drawn.length];
        model.on(motion, null, 0, 1).of(3, 0.5, drawn, floats[0], floats[1]);
        model.on(motion, null, 0.2, 1).of(3, 0.5, drawn, whole[0], whole[1]);
        assertArrayEquals(floats[0], whole[0], 0);
        for (int p = 0; p < drawn.length; p++) {
            assertTrue(floats[1][p] < 0.09f && whole[1][p] >= 0.09f - 1e-6f && whole[1][p] < 0.15f, floats[1][p] + " to " + whole[1][p]);
        }
    }

    @Test
    void aPictureThatIsOffHasALargerErrorAndOneThatIsNotHasTheModels() {
        MotionPredictor motion = MotionPredictor.of(ramps(7), 1);
        ErrorModel model = ErrorModel.trust(motion, null, 0, 0.9, 1).model();
        SliceTrust trust = model.on(motion, null, 0, 1);
        float[] drawn = new float[SIDE * SIDE];
        motion.learned().predict(3, 0.5, drawn);
        float[] expected = new float[drawn.length];
        float[] band = new float[drawn.length];
        trust.of(3, 0.5, drawn, expected, band);
        float[] clues = new float[drawn.length];
        new ErrorClues(motion, 1).at(3, 0.5, new float[drawn.length], clues);
        float[] wanted = new float[drawn.length];
        float[] wantedBand = new float[drawn.length];
        for (int p = 0; p < drawn.length; p++) {
            wanted[p] = (float) model.expected() * clues[p];
            wantedBand[p] = (float) model.band() * clues[p];
        }
        assertArrayEquals(wanted, expected, 1e-6f);
        assertArrayEquals(wantedBand, band, 1e-6f);
        drawn[100] += 0.2f;
        trust.of(3, 0.5, drawn, expected, band);
        assertTrue(expected[100] >= 0.2f && band[100] > 0.2f, expected[100] + ", " + band[100]);
        assertEquals(wanted[101], expected[101], 1e-6f);
    }

    @Test
    void withinTheWindowNoErrorIsLargerThanItIsWide() {
        KeptSlices slices = ramps(7);
        slices.values()[3 * SIDE * SIDE + 300] = 1;
        MotionPredictor motion = MotionPredictor.of(slices, 1);
        SliceTrust trust = new ErrorModel(1e4, 3e4, 0, 0.9, 3).on(motion, null, 0, 1);
        float[] drawn = new float[SIDE * SIDE];
        motion.learned().predict(3, 0.5, drawn);
        float[] expected = new float[drawn.length];
        float[] band = new float[drawn.length];
        trust.of(3, 0.5, drawn, expected, band);
        for (int p = 0; p < drawn.length; p++) {
            assertTrue(expected[p] <= 1 && band[p] <= 1, () -> "no more than the window");
        }
        drawn[100] = 1 - Math.round(drawn[100]);
        trust.of(3, 0.5, drawn, expected, band);
        assertEquals(1, expected[100], 0, "nor where the picture is off besides");
        assertEquals(1, band[100], 0);
    }
}
