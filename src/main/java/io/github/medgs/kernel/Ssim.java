package io.github.medgs.kernel;

/**
 * Structural similarity of a rendered slice x with a target y, at one pixel, and its gradient.
 *
 * <p>With the windowed means mx, my, and vx = E[xx] - mx^2, vy = E[yy] - my^2, vxy = E[xy] - mx my:
 * SSIM = (2 mx my + C1)(2 vxy + C2) / ((mx^2 + my^2 + C1)(vx + vy + C2)). The window is the published one: 11 x 11,
 * Gaussian of 1.5 pixels, zero outside the slice, biased variances. Source: Wang et al. 2004.
 */
public final class Ssim {

    public static final int RADIUS = 5;
    public static final int TAPS = 2 * RADIUS + 1;
    public static final float C1 = 1e-4f;
    public static final float C2 = 9e-4f;

    private Ssim() {}

    /** exp(-d^2 / 2 1.5^2) over its sum, for d = -5 .. 5; one row of the separable window. */
    public static float[] window() {
        return new float[] {
            0.0010283801f, 0.0075987582f, 0.036000773f, 0.10936069f, 0.21300554f, 0.26601172f,
            0.21300554f, 0.10936069f, 0.036000773f, 0.0075987582f, 0.0010283801f
        };
    }

    /** SSIM from the five windowed moments. */
    public static float value(float meanX, float meanY, float squareX, float squareY, float product) {
        float numerator = luminance(meanX, meanY) * contrast(meanX, meanY, product);
        return numerator / denominator(meanX, meanY, squareX, squareY);
    }

    /** dSSIM / dE[xx]. */
    public static float squareSlope(float meanX, float meanY, float squareX, float squareY, float product) {
        return -value(meanX, meanY, squareX, squareY, product) / spread(meanX, meanY, squareX, squareY);
    }

    /** dSSIM / dE[xy]. */
    public static float productSlope(float meanX, float meanY, float squareX, float squareY) {
        return 2f * luminance(meanX, meanY) / denominator(meanX, meanY, squareX, squareY);
    }

    /** dSSIM / dmx, with mx also inside both variances. */
    public static float meanSlope(float meanX, float meanY, float squareX, float squareY, float product) {
        float value = value(meanX, meanY, squareX, squareY, product);
        float denominator = denominator(meanX, meanY, squareX, squareY);
        float luminanceSlope = 2f * meanY * contrast(meanX, meanY, product) / denominator;
        float energySlope = -2f * meanX * value / (meanX * meanX + meanY * meanY + C1);
        float varianceSlope = 2f * meanX * value / spread(meanX, meanY, squareX, squareY);
        float covarianceSlope = -2f * meanY * luminance(meanX, meanY) / denominator;
        return luminanceSlope + energySlope + varianceSlope + covarianceSlope;
    }

    private static float luminance(float meanX, float meanY) {
        return 2f * meanX * meanY + C1;
    }

    private static float contrast(float meanX, float meanY, float product) {
        return 2f * (product - meanX * meanY) + C2;
    }

    private static float spread(float meanX, float meanY, float squareX, float squareY) {
        return squareX - meanX * meanX + squareY - meanY * meanY + C2;
    }

    private static float denominator(float meanX, float meanY, float squareX, float squareY) {
        return (meanX * meanX + meanY * meanY + C1) * spread(meanX, meanY, squareX, squareY);
    }
}
