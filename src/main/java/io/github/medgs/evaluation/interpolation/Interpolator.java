package io.github.medgs.evaluation.interpolation;

/** Predicts slices between those it was given. */
@FunctionalInterface
public interface Interpolator {

    /**
     * The slice {@code fraction} of the way from a kept slice to the next.
     *
     * @param slice index of the kept slice before
     * @param fraction from 0 to 1
     * @param out output in [0, 1], height x width, row by row
     */
    void predict(int slice, double fraction, float[] out);
}
