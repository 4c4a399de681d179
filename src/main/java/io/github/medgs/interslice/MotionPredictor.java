package io.github.medgs.interslice;

import io.github.medgs.kernel.BlendedPicture;
import io.github.medgs.kernel.ImageSampling;
import io.github.medgs.kernel.Trajectory;
import java.lang.ref.SoftReference;

/**
 * The predictor of {@link Interpolation#MOTION} with what it rests on, for those who carry something else along the same
 * motion or ask how well the slices agree on it.
 */
public final class MotionPredictor implements SlicePredictor {

    private final KeptSlices slices;
    private final StackMotion motion;
    private final BlendedSlices blended;
    private final int threads;
    private final Smoothness smoothness;
    private final float doubt;
    private LearnedPredictor learned;
    private SoftReference<MotionPredictor> everySecond = new SoftReference<>(null);

    private MotionPredictor(KeptSlices slices, StackMotion motion, int threads) {
        this.slices = slices;
        this.motion = motion;
        this.threads = threads;
        this.smoothness = Smoothness.of(slices, threads);
        double mismatch = motion.mismatch(threads);
        this.doubt = Blend.doubt(mismatch);
        Blend blend = Blend.fitting(slices, smoothness, mismatch, threads);
        this.blended = damped(new BlendedSlices(slices, blend, motion, bends(slices, blend)));
    }

    // Where slices overlap, detail that only one shows is rather the other's aliasing than noise: it stays.
    private BlendedSlices damped(BlendedSlices blended) {
        boolean moves = blended.blend().motionLinear() + blended.blend().motionCubic() > 0;
        float rough = 1 - smoothness.share();
        if (slices.count() < 2 || !moves || !(rough > 0)) {
            return blended;
        }
        return blended.corrected(DetailShrinkage.corrections(slices, blended,
                (gap, before, after) -> warped(gap, 0.5, before, after), threads), rough);
    }

    /** @param threads how many threads building may use; nothing depends on it */
    public static MotionPredictor of(KeptSlices slices, int threads) {
        return of(slices, StackMotion.following(slices, threads), threads);
    }

    /**
     * Of slices that others were left out of, to see how far those are missed: along motion that goes on evenly alone, as
     * bands and the network's trial were measured.
     */
    public static MotionPredictor ofLeft(KeptSlices slices, int threads) {
        return of(slices, StackMotion.continuous(slices, threads), threads);
    }

    /** For a motion that is already known. */
    public static MotionPredictor of(KeptSlices slices, StackMotion motion, int threads) {
        return new MotionPredictor(slices, motion, threads);
    }

    /** See {@link Blend#doubt}. */
    float doubt() {
        return doubt;
    }

    BlendedSlices blended() {
        return blended;
    }

    public KeptSlices slices() {
        return slices;
    }

    /** This, corrected by a small network. Worked out when it is first asked for. */
    public synchronized LearnedPredictor learned() {
        if (learned == null) {
            learned = LearnedPredictor.of(this, DetailNetwork.learnt(), threads);
        }
        return learned;
    }

    /**
     * The same of every second slice, from the first on: it predicts the others, which were left out. Who asks how sure a slice
     * is asks for what the network was tried by, so it stays while there is memory for it.
     */
    public synchronized MotionPredictor everySecond() {
        MotionPredictor half = everySecond.get();
        if (half == null) {
            half = ofLeft(slices.everySecond(), threads);
            everySecond = new SoftReference<>(half);
        }
        return half;
    }

    /** {@link Smoothness#share}: 1 for a stack that its spline says nearly all of, 0 for one that it does not serve. */
    public double smoothness() {
        return smoothness.share();
    }

    @Override
    public void predict(int slice, double fraction, float[] out) {
        blended.predict(slice, fraction, out);
    }

    @Override
    public BlendedPicture.Stack stack() {
        return blended.stack();
    }

    @Override
    public float[] describe(int slice, double fraction) {
        return blended.describe(slice, fraction);
    }

    /**
     * Predicts other values of the same slices by the same shares along the same motion. Its predictions are not held
     * to [0, 1].
     *
     * @param values in the layout of the slices' own
     */
    public SlicePredictor carrying(float[] values) {
        KeptSlices others = new KeptSlices(values, slices.positions(), slices.height(), slices.width(),
                slices.rowSpacing(), slices.columnSpacing());
        return new BlendedSlices(others, blended.blend(), motion, bends(others, blended.blend()))::unclamped;
    }

    /**
     * The two slices about a place, each moved there along the motion (linear sampling). Where motion explains all that
     * changes they are equal.
     *
     * @param before output, height x width; {@code after} likewise
     */
    public void warped(int slice, double fraction, float[] before, float[] after) {
        warped(slices.values(), slice, fraction, before, after);
    }

    /**
     * The same of other values of the same slices.
     *
     * @param values in the layout of the slices' own
     */
    public void warped(float[] values, int slice, double fraction, float[] before, float[] after) {
        slices.requireInside(slice, fraction);
        int height = slices.height();
        int width = slices.width();
        float[] half = new float[2];
        float share = (float) fraction;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                Trajectory.through(motion.columns(slice), motion.rows(slice), 0, height, width, row, column,
                        2 * share - 1, half);
                float firstRow = row - 2 * share * half[1];
                float firstColumn = column - 2 * share * half[0];
                before[row * width + column] = ImageSampling.linear(values, slices.start(slice), height, width, firstRow,
                        firstColumn);
                after[row * width + column] = ImageSampling.linear(values, slices.start(slice + 1), height, width,
                        firstRow + 2 * half[1], firstColumn + 2 * half[0]);
            }
        }
    }

    private float[] bends(KeptSlices of, Blend blend) {
        return blend.spline() > 0 ? SplineBends.limited(of, threads) : null;
    }
}
