package io.github.medgs.engine.tornado.plan;

/** The three forms of the drawing kernel through which {@code kernels.md} walks. */
public enum DrawForm {
    /** Every pixel asks every Gaussian. */
    NAIVE("everySplat"),
    /** Every pixel asks the splats on its tile's list. */
    LISTS("listed"),
    /** A group reads its tile's splats into local memory together: the engine's own form. */
    TILE("draw");

    private final String kernel;

    DrawForm(String kernel) {
        this.kernel = kernel;
    }

    /** The kernel's method. */
    public String kernel() {
        return kernel;
    }
}
