package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/** The ways to predict a slice from its neighbours without training. */
public enum Interpolation {
    /** No prediction: training without a target between slices. */
    NONE,
    /** Straight line from slice to slice; of masks, their blend. */
    LINEAR,
    /** Catmull-Rom's cubic across slices, exact for uneven spacing. */
    CUBIC,
    /** Natural cubic spline through all slices. */
    SPLINE,
    /** Optical flow of each pair of slices, both warped to the place between and blended. */
    FLOW,
    /** Motion that goes on evenly across slices, and what {@link Blend} finds to fit the stack. */
    MOTION,
    /** Masks: signed distances in each slice, linear from slice to slice. */
    DISTANCE,
    /** Masks: held distances on a bent spline; see {@link ShapePredictor}. */
    SHAPE,
    /** Masks: smooth solids by torsion functions, the rest by shape, each where it proved better; see {@link MixedPredictor}. */
    MIXED,
    /**
     * Images: {@link #MOTION}, corrected by a small network; see {@link DetailNetwork}. Masks: {@link #MIXED}, its
     * outlines corrected by another; see {@link OutlineNetwork}.
     */
    LEARNED;

    /** Whether it predicts images. */
    public boolean ofImages() {
        return this == LEARNED || this != NONE && !ofShapes();
    }

    /** Whether it predicts masks by their outlines. */
    public boolean ofShapes() {
        return this == DISTANCE || this == SHAPE || mixes();
    }

    /** Whether it mixes two ways to see a mask, which takes memory. */
    public boolean mixes() {
        return this == MIXED || this == LEARNED;
    }

    /** Whether it predicts masks. */
    public boolean ofMasks() {
        return this == LINEAR || ofShapes();
    }

    /** Whether its images move from slice to slice. */
    public boolean moves() {
        return this == FLOW || byMotion();
    }

    /** Whether its images follow the motion of the whole stack. */
    public boolean byMotion() {
        return this == MOTION || this == LEARNED;
    }

    /**
     * Builds a predictor of the images between those given, which does not depend on the number of threads.
     *
     * @param threads how many threads building may use
     * @return {@code null} for {@link #NONE}
     * @throws IllegalArgumentException when it predicts masks alone
     */
    public SlicePredictor ofImage(KeptSlices slices, int threads) {
        return byMotion() ? along(StackMotion.following(slices, threads), slices, threads) : switch (this) {
            case NONE -> null;
            case LINEAR -> new BlendedSlices(slices, Blend.LINEAR, null, null);
            case CUBIC -> new BlendedSlices(slices, Blend.CUBIC, null, null);
            case SPLINE -> new BlendedSlices(slices, Blend.SPLINE, null, SplineBends.of(slices, threads));
            case FLOW -> new BlendedSlices(slices, Blend.FLOW, StackMotion.pairwise(slices, threads), null);
            default -> throw new IllegalArgumentException(this + " predicts no images");
        };
    }

    /** The same of what follows a motion that is known already. */
    public SlicePredictor along(StackMotion motion, KeptSlices slices, int threads) {
        MotionPredictor plain = MotionPredictor.of(slices, motion, threads);
        return this == LEARNED ? plain.learned() : plain;
    }

    /**
     * The same for masks.
     *
     * @throws IllegalArgumentException when it predicts images alone
     */
    public SlicePredictor ofMask(KeptSlices slices, int threads) {
        return switch (this) {
            case NONE -> null;
            case LINEAR -> new BlendedSlices(slices, Blend.LINEAR, null, null);
            case DISTANCE -> new SliceDistances(slices);
            case SHAPE -> new ShapePredictor(slices, new Workers(threads));
            case MIXED -> new MixedPredictor(slices, null, threads);
            case LEARNED -> new MixedPredictor(slices, OutlineNetwork.learnt(), threads);
            default -> throw new IllegalArgumentException(this + " predicts no masks");
        };
    }

    /** What a mask head learns to draw between the slices: {@link #ofMask} as an occupancy, in [0, 1]. */
    public SlicePredictor ofMaskHead(KeptSlices slices, int threads) {
        return this == DISTANCE ? new SliceDistances(slices).occupancy() : ofMask(slices, threads);
    }
}
