package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;

/**
 * From the gradient of a splat to the gradient of the folded Gaussian's raw parameters.
 *
 * <p>With K the conic, dL/dSigma = -K (dL/dK) K =: S (symmetric), the axes e1 = (cos, sin), e2 = (sin, -cos) and their
 * variances l1, l2 in pixels squared: d log s_x = 2 l1 e1'S e1, d log s_z = 2 l2 e2'S e2,
 * d theta = 2 (l1 - l2) e1'S n with n = (-sin, cos). The axes are K's eigenvectors, so e1'S e1 =
 * -e1'(dL/dK) e1 / (l1 + 0.3)^2 and so on: products with K itself would cancel where a Gaussian is long and thin. Means: d X = f d mean_u, d Z = -f d mean_v, d w_i = u^i d mean.
 * Time: d m gathers the motion's, the window's and the intensity's slope in u. Every line stands against central
 * differences in the tests.
 */
public final class FoldingGradient {

    private FoldingGradient() {}

    /**
     * Adds the gradient that one view gives Gaussian {@code g}. One thread does one Gaussian.
     *
     * @param parameters input, rows of {@code capacity}
     * @param form input
     * @param t the view's time
     * @param splats input, the folded Gaussian at {@code s}
     * @param splatGradients input, its gradient at {@code d}
     * @param gradients input and output, rows of {@code gradientCapacity}; this Gaussian's column is {@code column}
     */
    public static void add(float[] parameters, int capacity, int[] form, int g, float t, float[] splats, int s,
            float[] splatGradients, int d, float[] gradients, int gradientCapacity, int column) {
        int degree = form[MOTION_DEGREE];
        int intensityDegree = form[INTENSITY_DEGREE];
        int motion = Layout.motion(intensityDegree);
        int windowKind = form[WINDOW];
        float pixels = form[WIDTH] / Folding.PLANE_WIDTH;
        float m = Folding.time(form[ANCHORED], parameters[TIME * capacity + g]);
        float u = m - t;
        float spread = Transcendental.exp(parameters[SPREAD * capacity + g]);

        // Mean and motion.
        float dX = pixels * splatGradients[d + D_MEAN_U];
        float dZ = -pixels * splatGradients[d + D_MEAN_V];
        gradients[X * gradientCapacity + column] += dX;
        gradients[Z * gradientCapacity + column] += dZ;
        float power = 1f;
        float dTime = 0f;
        for (int i = 1; i <= degree; i++) {
            int row = motion + 2 * (i - 1);
            float slope = i * power;
            dTime += slope * (parameters[row * capacity + g] * dX + parameters[(row + 1) * capacity + g] * dZ);
            power = power * u;
            gradients[row * gradientCapacity + column] += power * dX;
            gradients[(row + 1) * gradientCapacity + column] += power * dZ;
        }

        // Covariance.
        float window = Folding.window(windowKind, u, spread);
        float scaleWindow = windowKind == WINDOW_SCALES ? window : 1f;
        float scaleX = pixels * scaleWindow * Transcendental.exp(parameters[LOG_SCALE_X * capacity + g]);
        float scaleZ = pixels * scaleWindow * Transcendental.exp(parameters[LOG_SCALE_Z * capacity + g]);
        float lambdaX = scaleX * scaleX;
        float lambdaZ = scaleZ * scaleZ;
        float turns = Transcendental.sigmoid(parameters[ANGLE * capacity + g]);
        float cosine = Transcendental.cosineOfTurns(turns);
        float sine = Transcendental.sineOfTurns(turns);
        float dA = splatGradients[d + D_CONIC_A];
        float dB = 0.5f * splatGradients[d + D_CONIC_B];
        float dC = splatGradients[d + D_CONIC_C];
        float byX = cosine * cosine * dA + 2f * cosine * sine * dB + sine * sine * dC;
        float byZ = sine * sine * dA - 2f * cosine * sine * dB + cosine * cosine * dC;
        float byBoth = cosine * sine * (dC - dA) + (cosine * cosine - sine * sine) * dB;
        float perX = 1f / (lambdaX + Folding.LOW_PASS);
        float perZ = 1f / (lambdaZ + Folding.LOW_PASS);
        float dLogScaleX = -2f * lambdaX * perX * perX * byX;
        float dLogScaleZ = -2f * lambdaZ * perZ * perZ * byZ;
        float across = -perX * perZ * byBoth;
        gradients[LOG_SCALE_X * gradientCapacity + column] += dLogScaleX;
        gradients[LOG_SCALE_Z * gradientCapacity + column] += dLogScaleZ;
        gradients[ANGLE * gradientCapacity + column] +=
                2f * (lambdaX - lambdaZ) * across * Transcendental.TWO_PI * turns * (1f - turns);

        // Opacity: its raw parameter, and the window where that acts on it.
        float imageOpacity = splats[s + SPLAT_IMAGE_OPACITY];
        float maskOpacity = splats[s + SPLAT_MASK_OPACITY];
        float dImageOpacity = splatGradients[d + D_IMAGE_OPACITY];
        float dMaskOpacity = maskOpacity > 0f ? splatGradients[d + D_MASK_OPACITY] : 0f;
        float opacityWindow = windowKind == WINDOW_SCALES ? 1f : window;
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        gradients[IMAGE_OPACITY * gradientCapacity + column] +=
                dImageOpacity * opacitySlope(form[COMPOSITING], imageOpacity, opacityWindow);
        gradients[maskRow * gradientCapacity + column] +=
                dMaskOpacity * opacitySlope(form[COMPOSITING], maskOpacity, opacityWindow);

        // Intensities, zero behind the clamp at black.
        boolean clamped = form[COMPOSITING] == COMPOSITING_ALPHA;
        float dImageIntensity = clamped && splats[s + SPLAT_IMAGE_INTENSITY] <= 0f
                ? 0f : Folding.C0 * splatGradients[d + D_IMAGE_INTENSITY];
        float dMaskIntensity = clamped && splats[s + SPLAT_MASK_INTENSITY] <= 0f
                ? 0f : Folding.C0 * splatGradients[d + D_MASK_INTENSITY];
        int maskIntensity = Layout.maskIntensity(intensityDegree);
        gradients[IMAGE_INTENSITY * gradientCapacity + column] += dImageIntensity;
        gradients[maskIntensity * gradientCapacity + column] += dMaskIntensity;
        // One running power, used before and after it grows: a second variable that trails it is one that TornadoVM
        // assigns too late.
        float order = 1f;
        for (int p = 1; p <= intensityDegree; p++) {
            dTime += p * order * (parameters[(IMAGE_INTENSITY + p) * capacity + g] * dImageIntensity
                    + parameters[(maskIntensity + p) * capacity + g] * dMaskIntensity);
            order = order * u;
            gradients[(IMAGE_INTENSITY + p) * gradientCapacity + column] += order * dImageIntensity;
            gradients[(maskIntensity + p) * gradientCapacity + column] += order * dMaskIntensity;
        }

        // The window, in u and in sigma. Both slopes are written per log window, since d itself is a factor everywhere.
        float dLogWindow = windowKind == WINDOW_SCALES
                ? dLogScaleX + dLogScaleZ
                : dImageOpacity * imageOpacity + dMaskOpacity * maskOpacity;
        float ratio = u / spread;
        float gaussianSlope = -ratio / spread;
        float hatSlope = (u < 0f ? 1f : -1f) / (window > Folding.HAT_CUT ? window : 1f);
        dTime += dLogWindow * (windowKind == WINDOW_HAT ? hatSlope : gaussianSlope);
        float dSpread = windowKind == WINDOW_HAT ? 0f : dLogWindow * ratio * ratio;
        gradients[SPREAD * gradientCapacity + column] += dSpread;
        gradients[TIME * gradientCapacity + column] += form[ANCHORED] != 0 ? 0f : dTime * m * (1f - m);
    }

    /** d opacity / d raw, given the windowed opacity: o (1 - o) d for the sigmoid, the value itself for the exponential. */
    public static float opacitySlope(int compositing, float windowed, float window) {
        float plain = windowed / (window > 0f ? window : 1f);
        return compositing == COMPOSITING_ALPHA ? windowed * (1f - plain) : windowed;
    }

    /**
     * Gradient of the sigma regulariser by the raw spread: the mean over the violating Gaussians of lo - sigma below,
     * and of sigma - hi above.
     *
     * @param perBelow weight / number of Gaussians with sigma below {@code lowest}; 0 when there are none
     * @param perAbove likewise above {@code highest}
     */
    public static float spreadPenaltyGradient(float rawSpread, float lowest, float highest, float perBelow,
            float perAbove) {
        float spread = Transcendental.exp(rawSpread);
        float below = spread < lowest ? -perBelow : 0f;
        float above = spread > highest ? perAbove : 0f;
        return (below + above) * spread;
    }
}
