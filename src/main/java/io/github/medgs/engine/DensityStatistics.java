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
}
