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
    void aPictureThatIsOffHasALargerErrorAndOneThatIsNotHasTheModels() {
        MotionPredictor motion = MotionPredictor.of(ramps(7), 1);
        ErrorModel model = ErrorModel.of(motion, null, 0.9, 1);
        SliceTrust trust = model.on(motion, null, 1);
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
        SliceTrust trust = new ErrorModel(1e4, 3e4, 0, 0.9, 3).on(motion, null, 1);
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
