package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnedPredictorTest {

    private static final int PIXELS = MovingStacks.HEIGHT * MovingStacks.WIDTH;

    /** A texture that moves, with noise in it so that no spline says it all. */
    private static KeptSlices noisy(int count, int rows, int columns) {
        KeptSlices moving = MovingStacks.texture(MovingStacks.evenPositions(count), z -> new double[] {1.4 * z, -z});
        Random random = new Random(3);
        float[] values = new float[count * rows * columns];
        for (int n = 0; n < values.length; n++) {
            int row = n / columns % rows % MovingStacks.HEIGHT;
            int column = n % columns % MovingStacks.WIDTH;
            float value = moving.values()[n / (rows * columns) * PIXELS + row * MovingStacks.WIDTH + column];
            values[n] = Math.clamp(value + 0.08f * (float) random.nextGaussian(), 0f, 1f);
        }
        return new KeptSlices(values, moving.positions(), rows, columns, 1, 1);
    }

    /** Weights of no meaning: only the way through them is in question. */
    private static DetailNetwork random() {
        Random random = new Random(11);
        int[] sizes = {DetailInputs.SIZE, 3, 3, 3, 3, 1};
        float[][] weights = new float[5][];
        float[][] biases = new float[5][];
        for (int l = 0; l < 5; l++) {
            weights[l] = new float[9 * sizes[l] * sizes[l + 1]];
            biases[l] = new float[sizes[l + 1]];
            for (int n = 0; n < weights[l].length; n++) {
                weights[l][n] = 0.3f * (float) random.nextGaussian();
            }
            Arrays.fill(biases[l], 0.1f);
        }
        return new DetailNetwork(new NetworkWeights(sizes, weights, biases));
    }

    private static float[] corrections(KeptSlices slices, int threads) {
        return random().corrections(slices, MotionPredictor.of(slices, 1).blended(), 0, threads);
    }

    @Test
    void neitherThreadsNorTheStacksDirectionMatter() {
        KeptSlices slices = noisy(6, MovingStacks.HEIGHT, MovingStacks.WIDTH);
        float[] one = corrections(slices, 1);
        assertArrayEquals(one, corrections(slices, 3));
        float[] turned = new float[slices.values().length];
        for (int k = 0; k < 6; k++) {
            System.arraycopy(slices.values(), k * PIXELS, turned, (5 - k) * PIXELS, PIXELS);
        }
        float[] other = corrections(new KeptSlices(turned, slices.positions(), slices.height(), slices.width(), 1, 1), 2);
        float largest = 0;
        for (int k = 0; k < 5; k++) {
            float[] there = Arrays.copyOfRange(one, k * PIXELS, (k + 1) * PIXELS);
            assertArrayEquals(there, Arrays.copyOfRange(other, (4 - k) * PIXELS, (5 - k) * PIXELS), 2e-3f, "gap " + k);
            largest = Math.max(largest, largest(there));
        }
        assertTrue(largest > 0.02, "largest correction " + largest);
    }

    /** Neither the spline, which rings beyond the first slice that shows something, nor the network stirs what is empty. */
    @Test
    void emptySlicesStayEmpty() {
        KeptSlices full = noisy(12, MovingStacks.HEIGHT, MovingStacks.WIDTH);
        float[] values = full.values().clone();
        Arrays.fill(values, 0, 5 * PIXELS, 0f);
        KeptSlices slices = new KeptSlices(values, full.positions(), full.height(), full.width(), 1, 1);
        MotionPredictor motion = MotionPredictor.of(slices, 1);
        assertTrue(motion.blended().blend().spline() > 0);
        float[] corrections = random().corrections(slices, motion.blended(), 0, 1);
        float[] drawn = new float[PIXELS];
        for (int gap = 0; gap < 3; gap++) {
            assertEquals(0, largest(Arrays.copyOfRange(corrections, gap * PIXELS, (gap + 1) * PIXELS)), "gap " + gap);
            motion.predict(gap, 0.4, drawn);
            assertEquals(0, largest(drawn), "gap " + gap);
        }
        // The baseline is the natural spline as it is.
        Interpolation.SPLINE.ofImage(slices, 1).predict(1, 0.4, drawn);
        assertTrue(largest(drawn) > 1e-4, "rung " + largest(drawn));
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** A slice of several tiles, beside one that is cut so that the tiles end elsewhere. */
    @Test
    void tilesDoNotShow() {
        KeptSlices wide = noisy(5, 20, 260);
        DetailInputs inputs = new DetailInputs(wide, MotionPredictor.of(wide, 1).blended(), 0, new Workers(1));
        float[][] planes = inputs.planes(2);
        float[] whole = random().correct(planes, 20, 260);
        int left = 37;
        int width = 260 - left;
        float[][] cut = new float[planes.length][20 * width];
        for (int i = 0; i < planes.length; i++) {
            for (int row = 0; row < 20; row++) {
                System.arraycopy(planes[i], row * 260 + left, cut[i], row * width, width);
            }
        }
        float[] part = random().correct(cut, 20, width);
        for (int row = 0; row < 20; row++) {
            for (int column = 10; column < width; column++) {
                assertEquals(whole[row * 260 + left + column], part[row * width + column], row + ", " + column);
            }
        }
    }

    @Test
    void slicesComeBackAndWhatLiesBetweenIsCorrected() {
        KeptSlices slices = noisy(7, MovingStacks.HEIGHT, MovingStacks.WIDTH);
        MotionPredictor motion = MotionPredictor.of(slices, 1);
        assertTrue(motion.smoothness() < 0.5, "smoothness " + motion.smoothness());
        SlicePredictor learned = Interpolation.LEARNED.ofImage(slices, 2);
        float[] out = new float[PIXELS];
        learned.predict(2, 0, out);
        assertArrayEquals(Arrays.copyOfRange(slices.values(), 2 * PIXELS, 3 * PIXELS), out, 1e-4f);
        learned.predict(2, 1, out);
        assertArrayEquals(Arrays.copyOfRange(slices.values(), 3 * PIXELS, 4 * PIXELS), out, 1e-4f);
    }

    @Test
    void whatItHasNoSayInStaysAsItWas() {
        // Smooth: the spline has it all. Two slices that do not move, and one: nothing lies between.
        KeptSlices smooth = MovingStacks.texture(MovingStacks.evenPositions(6), z -> new double[] {0.2 * z, 0});
        KeptSlices one = new KeptSlices(new float[25], new double[] {0}, 5, 5, 1, 1);
        for (KeptSlices slices : new KeptSlices[] {smooth, one}) {
            MotionPredictor motion = MotionPredictor.of(slices, 1);
            LearnedPredictor learned = motion.learned();
            assertEquals(motion, learned.motion());
            if (slices.count() > 1) {
                float[] expected = new float[slices.pixels()];
                float[] found = new float[slices.pixels()];
                motion.predict(0, 0.5, expected);
                learned.predict(0, 0.5, found);
                assertArrayEquals(expected, found);
            }
        }
    }

    /** On slices of noise alone, corrections of no meaning must be found to do harm. */
    @Test
    void aNetworkThatDoesNotHelpAtTwiceTheGapIsNotHeard() {
        KeptSlices slices = noisy(9, MovingStacks.HEIGHT, MovingStacks.WIDTH);
        assertTrue(LearnedPredictor.gain(MotionPredictor.of(slices, 1), random(), 1) < 0);
        MotionPredictor motion = MotionPredictor.of(slices, 1);
        LearnedPredictor learned = LearnedPredictor.of(motion, random(), 1);
        float[] expected = new float[PIXELS];
        float[] found = new float[PIXELS];
        motion.predict(3, 0.5, expected);
        learned.predict(3, 0.5, found);
        assertArrayEquals(expected, found);
        // Of too few slices none can be left out: there it speaks.
        KeptSlices few = noisy(4, MovingStacks.HEIGHT, MovingStacks.WIDTH);
        MotionPredictor ofFew = MotionPredictor.of(few, 1);
        ofFew.predict(1, 0.5, expected);
        LearnedPredictor.of(ofFew, random(), 1).predict(1, 0.5, found);
        assertNotEquals(Arrays.hashCode(expected), Arrays.hashCode(found));
    }
}
