package io.github.medgs.interslice;

import io.github.medgs.kernel.BlendedPicture;

/**
 * The pictures of {@link MotionPredictor}, corrected by {@link DetailNetwork}: what it says of the middle of each gap is
 * added along the motion, less towards the slices, as damping is. The smoother a stack is, the less: there the spline has
 * it all. Slices left out at twice the gap are predicted with it and without; where it does not help there, it has no say.
 */
public final class LearnedPredictor implements SlicePredictor {

    /** Decibels that it must gain at twice the gap to be believed in full. */
    private static final double CONVINCING = 0.2;

    /** What is taken off where motion explains so little that it is not to be trusted. */
    private static final float DOUBT = 0.4f;

    /** Of a gain in mean squares: what the errors' mean and quantiles have of it. Less, since the largest errors gain most. */
    private static final double OF_ERRORS = 0.7;

    private final MotionPredictor motion;
    private final BlendedSlices corrected;
    private final double errorShare;

    private LearnedPredictor(MotionPredictor motion, BlendedSlices corrected, double errorShare) {
        this.motion = motion;
        this.corrected = corrected;
        this.errorShare = errorShare;
    }

    /** Bytes of scratch memory that threads take together while pictures between so many slices are corrected. */
    public static long scratch(int slices, int height, int width, int threads) {
        return DetailNetwork.learnt().scratch(height, width) * Math.min(threads, slices - 1);
    }

    /** @param threads how many threads building may use; nothing depends on it */
    static LearnedPredictor of(MotionPredictor motion, DetailNetwork network, int threads) {
        float weight = roughness(motion) * (1 - DOUBT * motion.doubt());
        double gain = 0;
        // Where none can be left out, what was learnt elsewhere is believed.
        if (weight > 0 && motion.slices().count() >= LeftOutTrial.FEWEST) {
            // The fewer slices could be left out, the less they prove.
            int leftOut = (motion.slices().count() - 1) / 2;
            gain = gain(motion, network, threads) * (leftOut - 1) / leftOut;
            weight *= (float) Math.clamp(gain / CONVINCING, 0, 1);
        }
        if (!(weight > 0)) {
            return new LearnedPredictor(motion, motion.blended(), 1);
        }
        // A part of a correction that is right in the mean brings 2 w - w w of what all of it does.
        double brought = weight * (2 - weight) * gain;
        return new LearnedPredictor(motion, corrected(motion, network, weight, threads), Math.pow(10, -OF_ERRORS * brought / 20));
    }

    private static float roughness(MotionPredictor motion) {
        Blend blend = motion.blended().blend();
        boolean moves = blend.motionLinear() + blend.motionCubic() > 0;
        return motion.slices().count() < 2 || !moves ? 0 : (float) (1 - motion.smoothness());
    }

    private static BlendedSlices corrected(MotionPredictor motion, DetailNetwork network, float weight, int threads) {
        BlendedSlices damped = motion.blended();
        float[] corrections = network.corrections(motion.slices(), damped, (float) motion.smoothness(), threads);
        float[] damping = damped.corrections();
        for (int p = 0; p < corrections.length; p++) {
            corrections[p] = weight * corrections[p] + (damping == null ? 0 : damped.correctedShare() * damping[p]);
        }
        return damped.corrected(corrections, 1);
    }

    /** By how many decibels every second slice, left out, is predicted better with a network than without. */
    static double gain(MotionPredictor motion, DetailNetwork network, int threads) {
        MotionPredictor without = motion.everySecond();
        BlendedSlices with = corrected(without, network, 1, threads);
        double gain = LeftOutTrial.gain(motion.slices(), without.slices(), without, with, threads);
        return Double.isNaN(gain) ? 0 : gain;
    }

    /** What it corrects. */
    public MotionPredictor motion() {
        return motion;
    }

    /** Its errors over those of {@link #motion}, as slices left out at twice the gap tell; 1 where none could be. */
    public double errorShare() {
        return errorShare;
    }

    @Override
    public void predict(int slice, double fraction, float[] out) {
        corrected.predict(slice, fraction, out);
    }

    @Override
    public BlendedPicture.Stack stack() {
        return corrected.stack();
    }

    @Override
    public float[] describe(int slice, double fraction) {
        return corrected.describe(slice, fraction);
    }
}
