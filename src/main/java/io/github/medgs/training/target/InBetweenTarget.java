package io.github.medgs.training.target;

/**
 * What lies between kept slices, predicted from them alone. Built once from the slices, then asked as often as needed,
 * from any number of threads; the same slices give the same bits whatever the number of threads.
 */
public interface InBetweenTarget {

    /**
     * The slice {@code fraction} of the way from a kept slice to the next, clamped to [0, 1].
     *
     * @param slice index of the kept slice before, below count - 1
     * @param fraction from 0 to 1
     * @param out output, height x width
     */
    void at(int slice, double fraction, float[] out);

    /** The ways to predict. */
    enum Kind {
        /** Straight line from slice to slice. */
        LINEAR,
        /** Catmull-Rom's cubic across slices, exact for uneven spacing. */
        CUBIC,
        /** Natural cubic spline through all slices. */
        SPLINE,
        /** Optical flow of each pair of slices, both warped to the place between and blended. */
        FLOW,
        /** Motion that goes on evenly across slices, and what {@link Blend} finds to fit the stack. */
        MOTION
    }

    /**
     * Builds a predictor.
     *
     * @param threads how many threads building may use
     */
    static InBetweenTarget of(Kind kind, KeptSlices slices, int threads) {
        return switch (kind) {
            case LINEAR -> new BlendedTarget(slices, Blend.LINEAR, null, null);
            case CUBIC -> new BlendedTarget(slices, Blend.CUBIC, null, null);
            case SPLINE -> new BlendedTarget(slices, Blend.SPLINE, null, SplineBends.of(slices, threads));
            case FLOW -> new BlendedTarget(slices, Blend.FLOW, StackMotion.pairwise(slices, threads), null);
            case MOTION -> motion(slices, StackMotion.continuous(slices, threads), threads);
        };
    }

    /** The {@link Kind#MOTION} predictor for a motion that is already known. */
    static InBetweenTarget motion(KeptSlices slices, StackMotion motion, int threads) {
        Blend blend = Blend.fitting(slices, motion);
        return new BlendedTarget(slices, blend, motion, blend.spline() > 0 ? SplineBends.of(slices, threads) : null);
    }
}
