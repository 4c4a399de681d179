package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;

/**
 * Alpha compositing of one splat at one pixel, front to back, and its gradient.
 *
 * <p>A pixel holds its transmittance T (1 at first) and its colour C (0). A splat with opacity o and intensity c at
 * offset d = mean - pixel has G = exp(-(A du^2 + C dv^2) / 2 - B du dv) and alpha = min(0.99, o G); it adds c alpha T and
 * leaves T (1 - alpha). It is passed over when {@code alpha < 1/255}; once T (1 - alpha) would fall below 1e-4 the pixel
 * is finished before this splat, which is marked by T = 0. The background is black. Source: 3D Gaussian splatting's
 * rasteriser; all depths being equal, the order is that of the array.
 *
 * <p>The gradient runs front to back as well: what lies behind splat i is C_final - C_through_i, so no second order of
 * traversal and nothing per pixel and splat is stored. Departure: the published gradient treats the clamp at 0.99 as the
 * identity; here it is the true derivative, zero.
 */
public final class AlphaCompositing {

    public static final float ALPHA_HIGHEST = 0.99f;
    public static final float TRANSMITTANCE_LOWEST = 1e-4f;

    private AlphaCompositing() {}

    /** -q/2 at offset (du, dv) = mean - pixel. */
    public static float exponent(float conicA, float conicB, float conicC, float du, float dv) {
        return -0.5f * (conicA * du * du + conicC * dv * dv) - conicB * du * dv;
    }

    /** alpha = min(0.99, o G), or 0 where it is passed over. */
    public static float alpha(float opacity, float gaussian) {
        float product = opacity * gaussian;
        float clamped = product > ALPHA_HIGHEST ? ALPHA_HIGHEST : product;
        return clamped < Folding.ALPHA_CUT ? 0f : clamped;
    }

    /** The transmittance behind a splat; 0 when the pixel is finished (before this splat, or already). */
    public static float transmittanceBehind(float transmittance, float alpha) {
        float behind = transmittance * (1f - alpha);
        return behind < TRANSMITTANCE_LOWEST ? 0f : behind;
    }

    /** The weight alpha T with which the splat's intensity enters the pixel; 0 when the pixel is finished. */
    public static float weight(float transmittance, float behind, float alpha) {
        return behind > 0f ? alpha * transmittance : 0f;
    }

    /**
     * dL / d alpha of a drawn splat = g (c T - (colour behind) / (1 - alpha)).
     *
     * @param g dL / d pixel
     * @param colourBehind C_final - C_through_this_splat
     */
    public static float alphaGradient(float g, float intensity, float transmittance, float colourBehind,
            float alpha) {
        return g * (intensity * transmittance - colourBehind / (1f - alpha));
    }

    /** Whether dL / d alpha passes on to o and G: not through the clamp. */
    public static boolean isClamped(float opacity, float gaussian) {
        return opacity * gaussian > ALPHA_HIGHEST;
    }

    /**
     * Draws one head of splat {@code s} at one pixel.
     *
     * @param gaussian G at the pixel
     * @param opacityField field of the head's opacity in the splat; its intensity is the next field
     * @param pixels input and output: transmittance at {@code p}, colour at {@code p + plane}
     */
    public static void draw(float[] splats, int s, int opacityField, float gaussian, float[] pixels, int p,
            int plane) {
        float alpha = alpha(splats[s + opacityField], gaussian);
        float transmittance = pixels[p];
        float behind = alpha > 0f ? transmittanceBehind(transmittance, alpha) : transmittance;
        float weight = weight(transmittance, behind, alpha);
        pixels[p] = behind;
        pixels[p + plane] += weight * splats[s + opacityField + 1];
    }

    /**
     * The gradient of {@link #draw} for one head: draws again, and adds what the pixel says of the splat.
     *
     * @param pixels input and output as in {@link #draw}, started anew
     * @param finalColour the finished colour of this pixel
     * @param g dL / d pixel
     * @param gradients input and output: the head's opacity and intensity fields of the splat's gradient at {@code d}
     * @return dL / dG, to be passed on to mean and conic
     */
    public static float drawGradient(float[] splats, int s, int opacityField, float gaussian, float[] pixels, int p,
            int plane, float finalColour, float g, float[] gradients, int d) {
        float opacity = splats[s + opacityField];
        float intensity = splats[s + opacityField + 1];
        float alpha = alpha(opacity, gaussian);
        float transmittance = pixels[p];
        float behind = alpha > 0f ? transmittanceBehind(transmittance, alpha) : transmittance;
        float weight = weight(transmittance, behind, alpha);
        float through = pixels[p + plane] + weight * intensity;
        pixels[p] = behind;
        pixels[p + plane] = through;
        boolean counts = weight > 0f && !isClamped(opacity, gaussian);
        float dAlpha = counts ? alphaGradient(g, intensity, transmittance, finalColour - through, alpha) : 0f;
        int field = opacityField - SPLAT_IMAGE_OPACITY + D_IMAGE_OPACITY;
        gradients[d + field] += dAlpha * gaussian;
        gradients[d + field + 1] += g * weight;
        return dAlpha * opacity;
    }

    /**
     * Passes dL / dG on to mean and conic: with e = dL/dG G, d mean = -e (A du + B dv, B du + C dv), dA = -e du^2 / 2,
     * dB = -e du dv, dC = -e dv^2 / 2. Shared by both compositings.
     */
    public static void shapeGradient(float[] splats, int s, float du, float dv, float gaussian, float dGaussian,
            float[] gradients, int d) {
        float e = dGaussian * gaussian;
        gradients[d + D_MEAN_U] -= e * (splats[s + CONIC_A] * du + splats[s + CONIC_B] * dv);
        gradients[d + D_MEAN_V] -= e * (splats[s + CONIC_B] * du + splats[s + CONIC_C] * dv);
        gradients[d + D_CONIC_A] -= 0.5f * e * du * du;
        gradients[d + D_CONIC_B] -= e * du * dv;
        gradients[d + D_CONIC_C] -= 0.5f * e * dv * dv;
    }
}
