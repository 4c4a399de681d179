package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What no band can tell, so that nobody believes it does: a lesion that fits between two slices is in neither. */
class LesionTest {

    private static final int SIDE = 40;
    private static final double GAP = 5;

    /** Even tissue with a little noise, and a ball of 3 mm (radius 1.5) half way between the fifth slice and the next. */
    private static float intensity(double x, double y, double z, Random random) {
        double distance = Math.hypot(Math.hypot(x - 20, y - 20), z - 4.5 * GAP);
        return (float) ((distance < 1.5 ? 0.9 : 0.4) + 0.01 * random.nextGaussian());
    }

    @Test
    void aLesionSmallerThanTheGapIsNeitherDrawnNorCovered() {
        int count = 11;
        float[] values = new float[count * SIDE * SIDE];
        double[] positions = new double[count];
        Random random = new Random(3);
        for (int k = 0; k < count; k++) {
            positions[k] = k * GAP;
            for (int p = 0; p < SIDE * SIDE; p++) {
                values[k * SIDE * SIDE + p] = intensity(p % SIDE, p / SIDE, positions[k], random);
            }
        }
        KeptSlices slices = new KeptSlices(values, positions, SIDE, SIDE, 1, 1);
        MotionPredictor motion = MotionPredictor.of(slices, 1);
        SliceTrust trust = ErrorModel.trust(motion, null, 0, 0.9, 1);
        float[] drawn = new float[SIDE * SIDE];
        float[] expected = new float[SIDE * SIDE];
        float[] band = new float[SIDE * SIDE];
        motion.predict(4, 0.5, drawn);
        trust.of(4, 0.5, drawn, expected, band);
        int core = 20 * SIDE + 20;
        double error = Math.abs(drawn[core] - intensity(20, 20, 4.5 * GAP, random));
        assertTrue(error > 0.4, "it is drawn as tissue: " + drawn[core]);
        assertTrue(error > 5 * band[core], "the band is that of tissue");
    }
}
