package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlendTest {

    private static final int COUNT = 30;
    private static final int PIXELS = 400;

    private final float[] ramp = new float[COUNT * PIXELS];
    private final float[] walk = new float[COUNT * PIXELS];
    private final float[] noise = new float[COUNT * PIXELS];
    /** Noise of every slice shared with the three about it: slices that overlap. */
    private final float[] overlap = new float[COUNT * PIXELS];

    BlendTest() {
        Random random = new Random(5);
        for (int k = 0; k < COUNT; k++) {
            for (int p = 0; p < PIXELS; p++) {
                int i = k * PIXELS + p;
                ramp[i] = 0.01f * k * (p % 7);
                noise[i] = (float) random.nextGaussian();
                walk[i] = (k > 0 ? walk[i - PIXELS] : 0) + (float) random.nextGaussian();
            }
        }
        for (int i = 3 * PIXELS; i < noise.length; i++) {
            overlap[i] = noise[i] + 3 * noise[i - PIXELS] + 3 * noise[i - 2 * PIXELS] + noise[i - 3 * PIXELS];
        }
    }

    @Test
    void smoothStacksAreToldFromRoughOnes() {
        assertEquals(0, smoothness(ramp).bend(), 1e-6);
        assertEquals(2, smoothness(walk).bend(), 0.1);
        assertEquals(3, smoothness(noise).bend(), 0.1);
        assertEquals(3, smoothness(walk).kink(), 0.1);
        assertEquals(10.0 / 3, smoothness(noise).kink(), 0.1);
        assertEquals(1, smoothness(ramp).share());
        assertEquals(1, smoothness(overlap).share());
        assertTrue(smoothness(walk).share() < 0.5);
        assertEquals(0, smoothness(noise).share());
    }

    /** A cubic has second divided differences on a straight line, and third ones that are all alike. */
    @Test
    void unevenSpacingMakesNoKink() {
        double[] positions = {0, 1, 1.4, 3, 3.7, 5, 5.2, 7};
        float[] parabola = new float[positions.length];
        float[] cubic = new float[positions.length];
        for (int k = 0; k < positions.length; k++) {
            parabola[k] = (float) (1 + positions[k] * positions[k] / 8);
            cubic[k] = (float) Math.pow(positions[k], 3);
        }
        assertEquals(0, Smoothness.of(new KeptSlices(parabola, positions, 1, 1, 1, 1), 2).kink(), 1e-8);
        assertTrue(Smoothness.of(new KeptSlices(cubic, positions, 1, 1, 1, 1), 2).kink() < 0.2);
    }

    /** Six close slices and then wide gaps, as in a scan that was fine where one looked and coarse elsewhere. */
    @Test
    void closeSlicesBesideWideGapsDoNotMakeAStackSmooth() {
        int[] kept = {0, 1, 2, 3, 4, 5, 10, 15, 20, 25};
        double[] places = Arrays.stream(kept).asDoubleStream().toArray();
        float[] smooth = new float[kept.length * PIXELS];
        float[] wide = new float[6 * PIXELS];
        for (int k = 0; k < kept.length; k++) {
            System.arraycopy(overlap, (3 + kept[k]) * PIXELS, smooth, k * PIXELS, PIXELS);
        }
        for (int k = 0; k < 6; k++) {
            System.arraycopy(overlap, (3 + 5 * k) * PIXELS, wide, k * PIXELS, PIXELS);
        }
        double[] wideGaps = {0, 5, 10, 15, 20, 25};
        assertEquals(Smoothness.of(new KeptSlices(wide, wideGaps, 20, 20, 1, 1), 1),
                Smoothness.of(new KeptSlices(smooth, places, 20, 20, 1, 1), 2));
        // One slice that is missing among close ones changes nothing.
        KeptSlices gap = new KeptSlices(overlap, MovingStacks.evenPositions(COUNT), 20, 20, 1, 1)
                .only(IntStream.range(3, COUNT).filter(k -> k != 12).toArray());
        assertEquals(1, Smoothness.of(gap, 2).share());
    }

    @Test
    void stacksTooShortToTellCountAsRough() {
        for (int count = 1; count < 4; count++) {
            KeptSlices slices = new KeptSlices(new float[4 * count], MovingStacks.evenPositions(count), 2, 2, 1, 1);
            assertEquals(0, Smoothness.of(slices, 2).share());
            assertEquals(0, Smoothness.of(slices, 2).sharpness());
        }
    }

    /** Two slices have no neighbours to agree with: they are drawn between optical flow and a plain blend. */
    @Test
    void ofTwoSlicesMotionAndStraightLineAreShared() {
        KeptSlices pair = MovingStacks.texture(MovingStacks.evenPositions(2), z -> new double[] {z, 0.5 * z});
        StackMotion alone = StackMotion.continuous(pair, 2);
        assertArrayEquals(StackMotion.pairwise(pair, 2).columns(0), alone.columns(0));
        Blend blend = Blend.fitting(pair, Smoothness.of(pair, 2), alone.mismatch(2), 2);
        assertEquals(1, blend.motionLinear() + blend.linear(), 1e-6);
        assertTrue(blend.motionLinear() > 0.5 && blend.linear() > 0.3);
        KeptSlices three = MovingStacks.texture(MovingStacks.evenPositions(3), z -> new double[] {z, 0.5 * z});
        assertTrue(Arrays.compare(StackMotion.pairwise(three, 2).columns(0), StackMotion.continuous(three, 2).columns(0)) != 0);
    }

    @Test
    void sharesAddUpToOneAndTheSplineIsNeverNegative() {
        for (double bend = 0.1; bend < 3.2; bend += 0.1) {
            for (double kink = 0.3; kink < 3.6; kink += 0.1) {
                for (double mismatch = 0; mismatch <= 1; mismatch += 0.1) {
                    Blend blend = Blend.fitting(smoothness(bend, kink, bend / 5), mismatch, Double.NaN);
                    assertEquals(1, blend.motionLinear() + blend.motionCubic() + blend.linear() + blend.cubic()
                            + blend.spline(), 1e-5);
                    assertTrue(blend.spline() >= 0 && blend.motionLinear() >= 0 && blend.motionCubic() >= 0);
                }
            }
        }
    }

    /** Of many slices, as rough as their plane. */
    private static Smoothness smoothness(double bend, double kink, double growth) {
        return new Smoothness(bend, kink, growth, 0, 20);
    }

    @Test
    void smoothStacksGoPastTheSplineUnlessMotionExplainsTooLittle() {
        Smoothness resampled = smoothness(1.8, 2.5, 0.5);
        assertTrue(Blend.fitting(resampled, 0.28, Double.NaN).spline() > 1.5);
        assertTrue(Blend.fitting(resampled, 0.28, Double.NaN).cubic() < -0.8);
        assertEquals(0, smoothness(1.8, 2.5, 0).share());
        // An angiography: its vessels are hardly seen any more at twice the gap, and its spline has them at the gap.
        assertTrue(smoothness(2.11, 2.72, 1.12).share() > 0.8);
        assertEquals(0, smoothness(2.11, 2.72, 0.6).share());
        // Blurred across its slices, and anatomy that is as rough in the plane; a few slices prove less.
        assertEquals(1, new Smoothness(1.78, 2.66, 0.5, 0.3, 10).share());
        assertTrue(new Smoothness(1.78, 2.66, 0.5, 0.1, 10).share() < 0.25);
        assertEquals(0, new Smoothness(1.66, 2.25, 0.7, 0, 5).share());
        assertEquals(1, new Smoothness(0.4, 0.8, 0.7, 0, 5).share());
        // Pictures of an echo-planar head along its rows: little bend, and third differences as noise has them.
        assertTrue(smoothness(1.6, 2.87, 0.4).share() < 0.2);
        assertTrue(Blend.fitting(resampled, 0.6, Double.NaN).spline() < 1);
        assertEquals(Blend.SPLINE, Blend.fitting(smoothness(0.4, 0.8, 0.8), 0.1, Double.NaN));
        assertEquals(0, Blend.fitting(smoothness(2.7, 3.3, 0.1), 0.6, Double.NaN).spline());
    }

    @Test
    void theBendOfThePlaneIsThatOfItsSmootherDirectionAtTheSlicesDistance() {
        // Along columns a wave of period 12 pixels, along rows noise; slices 1.5 mm apart, columns 0.75: 2 pixels.
        int side = 60;
        float[] values = new float[3 * side * side];
        Random random = new Random(4);
        float[] noise = new float[3 * side];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = random.nextFloat();
        }
        for (int p = 0; p < values.length; p++) {
            values[p] = (float) (noise[p / side] + Math.sin(2 * Math.PI * (p % side) / 12));
        }
        double[] positions = {0, 1.5, 3};
        Workers workers = new Workers(2);
        // Of a wave of period P, differences at distance d: 4 sin(pi d / P) squared, for each order once more.
        double expected = Math.pow(2 * Math.sin(Math.PI * 2 / 12), 2);
        assertEquals(expected, PlaneBend.of(new KeptSlices(values, positions, side, side, 0.75, 0.75), workers), 0.08);
        double third = Math.pow(2 * Math.sin(Math.PI * 3 / 12), 2);
        assertEquals((expected + third) / 2, PlaneBend.of(new KeptSlices(values, positions, side, side, 0.6, 0.6), workers), 0.08);
        assertEquals(Double.MAX_VALUE, PlaneBend.of(new KeptSlices(new float[6], positions, 1, 2, 1, 1), workers));
    }

    @Test
    void motionThatFailsItsTrialIsDoubtedMore() {
        Smoothness speckle = smoothness(2.1, 3.1, 0.2);
        assertTrue(Blend.fitting(speckle, 0.47, -0.1).linear() > Blend.fitting(speckle, 0.47, 1).linear() + 0.1);
        assertEquals(Blend.fitting(speckle, 0.2, -0.1), Blend.fitting(speckle, 0.2, 1));
        double[] positions = MovingStacks.evenPositions(COUNT);
        assertTrue(LeftOutTrial.gainOfMotion(new KeptSlices(noise, positions, 20, 20, 1, 1), 1) < 1);
        assertTrue(LeftOutTrial.gainOfMotion(MovingStacks.texture(MovingStacks.evenPositions(7),
                z -> new double[] {z, 0.5 * z}), 1) > 3);
        assertTrue(Double.isNaN(LeftOutTrial.gainOfMotion(new KeptSlices(new float[8], new double[] {0, 1}, 2, 2, 1, 1), 1)));
    }

    private static Smoothness smoothness(float[] values) {
        return Smoothness.of(new KeptSlices(values, MovingStacks.evenPositions(COUNT), 20, 20, 1, 1), 2);
    }
}
