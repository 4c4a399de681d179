package io.github.medgs.engine;

/**
 * What density control decides by, per Gaussian, summed over steps.
 *
 * @param meanGradient largest gradient norm by the splat's mean over the step's counted views, in half slice sizes
 *     (normalised device coordinates), summed
 * @param timeGradient absolute gradient by the raw time, summed
 * @param visible number of steps in which the Gaussian was drawn in a counted view
 */
public record DensityStatistics(float[] meanGradient, float[] timeGradient, int[] visible) {

    /** All zero, for {@code capacity} Gaussians. */
    public DensityStatistics(int capacity) {
        this(new float[capacity], new float[capacity], new int[capacity]);
    }

    /** Copies another's figures over these. */
    public void set(DensityStatistics other) {
        System.arraycopy(other.meanGradient, 0, meanGradient, 0, meanGradient.length);
        System.arraycopy(other.timeGradient, 0, timeGradient, 0, timeGradient.length);
        System.arraycopy(other.visible, 0, visible, 0, visible.length);
    }

    /** Sets all to zero. */
    public void clear() {
        java.util.Arrays.fill(meanGradient, 0f);
        java.util.Arrays.fill(timeGradient, 0f);
        java.util.Arrays.fill(visible, 0);
    }
}
