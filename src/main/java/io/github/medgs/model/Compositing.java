package io.github.medgs.model;

import io.github.medgs.kernel.Layout;

/** How the splats of a slice make a pixel. */
public enum Compositing {
    /** Front to back in array order, as published. */
    ALPHA(Layout.COMPOSITING_ALPHA),
    /** The weighted mean, free of order: sum w c / sum w. */
    NORMALISED(Layout.COMPOSITING_NORMALISED);

    private final int code;

    Compositing(int code) {
        this.code = code;
    }

    /** The value in the kernels' form. */
    public int code() {
        return code;
    }
}
