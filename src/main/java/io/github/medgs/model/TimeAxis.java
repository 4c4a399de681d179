package io.github.medgs.model;

/** What the model's time counts. */
public enum TimeAxis {
    /**
     * Millimetres, scaled so that the first slice is at 0 and the last at 1; times are trained through a sigmoid. The
     * published time i / F leaves the last slice at 1 - 1/F and takes every spacing for equal; this one is exact.
     */
    PHYSICAL,
    /** Slices: slice k is at time k, piecewise linear between; Gaussians are anchored on their slice. */
    SLICES
}
