package io.github.medgs.model;

import io.github.medgs.kernel.Layout;

/** Whether the image head and the mask head have opacities of their own. */
public enum HeadOpacity {
    /** One each, as the published code has it. */
    SEPARATE(Layout.HEAD_OPACITY_SEPARATE),
    /** One for both, as the paper writes it. */
    SHARED(Layout.HEAD_OPACITY_SHARED);

    private final int code;

    HeadOpacity(int code) {
        this.code = code;
    }

    /** The value in the kernels' form. */
    public int code() {
        return code;
    }
}
