package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;

/** What a Gaussian's distance in time does to it. */
public enum TemporalWindow {
    /** exp(-u^2 / 2 sigma^2) multiplies the standard deviations, as published: it shrinks to a dot. */
    SCALES(Layout.WINDOW_SCALES),
    /** exp(-u^2 / 2 sigma^2) multiplies the opacity: it fades. */
    OPACITY(Layout.WINDOW_OPACITY),
    /** 1 - |u| multiplies the opacity: with times anchored on the slices, a partition of unity. */
    HAT(Layout.WINDOW_HAT);

    private final int code;

    TemporalWindow(int code) {
        this.code = code;
    }

    /** The value in the kernels' form. */
    public int code() {
        return code;
    }

    /**
     * How far in time from its own a Gaussian is not drawn any more.
     *
     * @param spread logarithm of its standard deviation in time, which the hat does not ask for
     */
    public double reach(double spread) {
        return switch (this) {
            case HAT -> 1;
            case SCALES, OPACITY -> Math.exp(spread) * Math.sqrt(-2 * Math.log(Folding.WINDOW_CUT));
        };
    }
}
