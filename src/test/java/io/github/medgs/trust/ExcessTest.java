package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.volume.IntensityWindow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExcessTest {

    private static final int SIDE = 32;
    private static final IntensityWindow WINDOW = new IntensityWindow(-160, 240);

    /** Bone of 1200 in tissue of 40 in air of -1000; everything moves by two pixels from slice to slice. */
    private static float intensity(double slice, int p) {
        double x = p % SIDE - 2 * slice;
        int y = p / SIDE;
        return y < 6 ? -1000 : Math.hypot(x - 9, y - 18) < 5 ? 1200 : 40;
    }

    private static float[] slices(int count) {
        float[] values = new float[count * SIDE * SIDE];
        for (int n = 0; n < values.length; n++) {
            values[n] = intensity(n / (SIDE * SIDE), n % (SIDE * SIDE));
        }
        return values;
    }

    private static MotionPredictor motion(float[] intensities, int count) {
        float[] units = new float[intensities.length];
        for (int n = 0; n < units.length; n++) {
            units[n] = WINDOW.toUnit(intensities[n]);
        }
        double[] positions = new double[count];
        for (int k = 0; k < count; k++) {
            positions[k] = k;
        }
        return MotionPredictor.of(new KeptSlices(units, positions, SIDE, SIDE, 1, 1), 1);
    }

    @Test
    void boneAndAirComeBackBetweenSlices() {
        float[] intensities = slices(5);
        MotionPredictor motion = motion(intensities, 5);
        Excess excess = Excess.of(intensities, WINDOW, motion);
        float[] picture = new float[SIDE * SIDE];
        motion.predict(2, 0.5, picture);
        excess.addTo(2, 0.5, picture);
        int core = 18 * SIDE + 14;
        assertEquals(1200, WINDOW.toInput(picture[core]), 60, "bone");
        assertEquals(-1000, WINDOW.toInput(picture[2 * SIDE + 20]), 60, "air");
        assertEquals(40, WINDOW.toInput(picture[28 * SIDE + 4]), 4, "tissue is left alone");
        double wrong = 0;
        double clipped = 0;
        for (int p = 0; p < picture.length; p++) {
            double truth = intensity(2.5, p);
            wrong += Math.abs(WINDOW.toInput(picture[p]) - truth);
            clipped += Math.abs(Math.clamp(WINDOW.toInput(picture[p]), -160, 240) - truth);
        }
        assertTrue(wrong < 0.3 * clipped, wrong + " against " + clipped);
    }

    @Test
    void aPictureInsideTheWindowIsNotTouched() {
        float[] intensities = slices(3);
        for (int n = 0; n < intensities.length; n++) {
            intensities[n] = Math.clamp(intensities[n], -160, 240);
        }
        assertNull(Excess.of(intensities, WINDOW, motion(intensities, 3)));
        intensities[0] = Float.NaN;
        intensities[1] = Float.POSITIVE_INFINITY;
        assertNull(Excess.of(intensities, WINDOW, motion(intensities, 3)), "what is not finite is no excess");
        intensities[0] = -Float.MAX_VALUE;
        intensities[1] = 9.97e36f;
        assertNull(Excess.of(intensities, WINDOW, motion(intensities, 3)), "marks for missing data are none either");
        intensities[1] = 240 + 400 * 999_999f;
        assertNotNull(Excess.of(intensities, WINDOW, motion(intensities, 3)));
    }

    @Test
    void aMiddlingVoxelKeepsThePicture() {
        float[] intensities = slices(5);
        Excess excess = Excess.of(intensities, WINDOW, motion(intensities, 5));
        float[] grey = new float[SIDE * SIDE];
        Arrays.fill(grey, 0.5f);
        float[] kept = grey.clone();
        excess.addTo(1, 0.3, grey);
        assertArrayEquals(kept, grey);
    }

    @Test
    void theErrorOfBoneIsExpectedInItsOwnSize() {
        float[] intensities = slices(9);
        MotionPredictor motion = motion(intensities, 9);
        Excess excess = Excess.of(intensities, WINDOW, motion);
        ErrorModel model = ErrorModel.trust(motion, excess, 0, 0.9, 1).model();
        float[] whole = new float[SIDE * SIDE];
        float[] inside = new float[SIDE * SIDE];
        float[] drawn = new float[SIDE * SIDE];
        float[] band = new float[SIDE * SIDE];
        motion.learned().predict(3, 0.5, drawn);
        model.on(motion, null, 0, 1).of(3, 0.5, drawn, inside, band);
        excess.addTo(3, 0.5, drawn);
        model.on(motion, excess, 0, 1).of(3, 0.5, drawn, whole, band);
        double expected = 0;
        double expectedInside = 0;
        double error = 0;
        for (int p = 0; p < drawn.length; p++) {
            double truth = (intensity(3.5, p) - WINDOW.low()) / (WINDOW.high() - WINDOW.low());
            error += Math.abs(drawn[p] - truth);
            expected += whole[p];
            expectedInside += inside[p];
        }
        assertTrue(expected > 0.4 * error && expected < 2.5 * error, expected + " for " + error);
        assertTrue(expectedInside < expected / 1.5, "inside the window alone " + expectedInside + " of " + expected);
        assertEquals(inside[28 * SIDE + 4], whole[28 * SIDE + 4], "far from bone");
    }
}
