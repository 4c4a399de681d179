package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;

/**
 * The order-free alternative to alpha compositing: C = sum w c / (sum w + 1e-4) with w = o G.
 *
 * <p>With the hat window the weights of the Gaussians of two neighbouring slices cross-fade; the low sum of weights
 * where no Gaussian reaches leaves black. Gradients: dL/dw = g (c - C) / N and dL/dc = g w / N with N the denominator.
 */
public final class NormalisedSum {

    /** Keeps the quotient finite where nothing is drawn, and lets it go to black there. */
    public static final float EPSILON = 1e-4f;

    private NormalisedSum() {}

    /**
     * Adds one head of splat {@code s} to one pixel.
     *
     * @param pixels input and output: sum of weights at {@code p}, weighted sum of intensities at {@code p + plane}
     */
    public static void draw(float[] splats, int s, int opacityField, float gaussian, float[] pixels, int p,
            int plane) {
        float weight = splats[s + opacityField] * gaussian;
        pixels[p] += weight;
        pixels[p + plane] += weight * splats[s + opacityField + 1];
    }

    /** The finished pixel from its two sums. */
    public static float finish(float sumOfWeights, float weightedSum) {
        return weightedSum / (sumOfWeights + EPSILON);
    }

    /**
     * The gradient of {@link #draw} and {@link #finish} for one head.
     *
     * @param sumOfWeights the finished sum of weights of this pixel
     * @param colour the finished pixel
     * @param g dL / d pixel
     * @param gradients input and output: the head's opacity and intensity fields of the splat's gradient at {@code d}
     * @return dL / dG
     */
    public static float drawGradient(float[] splats, int s, int opacityField, float gaussian, float sumOfWeights,
            float colour, float g, float[] gradients, int d) {
        float opacity = splats[s + opacityField];
        float perWeight = g / (sumOfWeights + EPSILON);
        float dWeight = perWeight * (splats[s + opacityField + 1] - colour);
        int field = opacityField - SPLAT_IMAGE_OPACITY + D_IMAGE_OPACITY;
        gradients[d + field] += dWeight * gaussian;
        gradients[d + field + 1] += perWeight * opacity * gaussian;
        return dWeight * opacity;
    }
}
