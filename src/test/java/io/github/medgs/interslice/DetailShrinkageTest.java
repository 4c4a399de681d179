package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.kernel.BlendedPicture;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Detail that both slices bear out stays, what only one shows is damped, and only between the slices. */
class DetailShrinkageTest {

    private static final int COUNT = 6;

    private static final MovingStacks.Path DRIFT = at -> new double[] {1.3 * at, -0.4 * at};

    /** A texture that moves, with noise of its own in every slice. */
    private static KeptSlices noisy(double noise) {
        KeptSlices clean = MovingStacks.texture(MovingStacks.evenPositions(COUNT), DRIFT);
        float[] values = clean.values().clone();
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < values.length; n++) {
            values[n] = Math.clamp((float) (values[n] + noise * random.nextGaussian()), 0f, 1f);
        }
        return new KeptSlices(values, clean.positions(), clean.height(), clean.width(), 1, 1);
    }

    private static double squaredError(float[] picture, float[] truth) {
        double sum = 0;
        for (int p = 0; p < truth.length; p++) {
            sum += (picture[p] - truth[p]) * (picture[p] - truth[p]);
        }
        return sum / truth.length;
    }

    @Test
    void noiseOfSingleSlicesIsDampedAndWhatBothShowStays() {
        KeptSlices slices = noisy(0.08);
        StackMotion motion = StackMotion.continuous(slices, 1);
        BlendedSlices plain = new BlendedSlices(slices, Blend.FLOW, motion, null);
        MotionPredictor predictor = MotionPredictor.of(slices, motion, 1);
        float[] corrections = DetailShrinkage.corrections(slices, plain,
                (gap, before, after) -> predictor.warped(gap, 0.5, before, after), 1);
        BlendedSlices corrected = plain.corrected(corrections, 1);
        float[] truth = MovingStacks.textureSlice(DRIFT.at(2.5));
        float[] picture = new float[truth.length];
        plain.predict(2, 0.5, picture);
        double before = squaredError(picture, truth);
        corrected.predict(2, 0.5, picture);
        double after = squaredError(picture, truth);
        assertTrue(after < 0.75 * before, before + " before, " + after + " after");
    }

    @Test
    void slicesThatAgreeGiveThemselves() {
        float[] slice = MovingStacks.textureSlice(new double[] {0, 0});
        float[] values = new float[COUNT * slice.length];
        for (int k = 0; k < COUNT; k++) {
            System.arraycopy(slice, 0, values, k * slice.length, slice.length);
        }
        KeptSlices slices = new KeptSlices(values, MovingStacks.evenPositions(COUNT), MovingStacks.HEIGHT,
                MovingStacks.WIDTH, 1, 1);
        float[] corrections = DetailShrinkage.corrections(slices, Interpolation.LINEAR.ofImage(slices, 1),
                (gap, before, after) -> {
                    System.arraycopy(slice, 0, before, 0, slice.length);
                    System.arraycopy(slice, 0, after, 0, slice.length);
                }, 1);
        for (float correction : corrections) {
            assertEquals(0, correction, 1e-5);
        }
    }

    @Test
    void slicesThemselvesAreMetAndThreadsChangeNothing() {
        KeptSlices slices = noisy(0.15);
        MotionPredictor one = MotionPredictor.of(slices, 1);
        MotionPredictor two = MotionPredictor.of(slices, 2);
        float[] first = new float[slices.pixels()];
        float[] second = new float[slices.pixels()];
        one.predict(1, 0, first);
        for (int p = 0; p < first.length; p++) {
            assertEquals(slices.values()[slices.start(1) + p], first[p], 1e-5);
        }
        one.predict(1, 0.4, first);
        two.predict(1, 0.4, second);
        assertArrayEquals(first, second);
    }

    @Test
    void whoeverHoldsTheStackMakesTheSamePicture() {
        KeptSlices slices = noisy(0.15);
        MotionPredictor predictor = MotionPredictor.of(slices, 1);
        BlendedPicture.Stack stack = predictor.stack();
        assertEquals(slices.values().length, stack.corrections().length);
        for (double fraction : new double[] {0.25, 0.5, 0.7}) {
            float[] expected = new float[slices.pixels()];
            predictor.predict(2, fraction, expected);
            float[] blend = predictor.describe(2, fraction);
            float[] half = new float[2];
            for (int p = 0; p < expected.length; p++) {
                float pixel = BlendedPicture.pixel(stack.values(), stack.u(), stack.v(), stack.bends(), stack.corrections(),
                        blend, 0, slices.height(), slices.width(), p / slices.width(), p % slices.width(), half);
                assertEquals(expected[p], pixel, 2e-6, "pixel " + p + " at " + fraction);
            }
        }
    }
}
