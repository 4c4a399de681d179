package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;

/**
 * Folding: a Gaussian of the model, at time t, becomes a splat of a slice.
 *
 * <p>With u = m - t: mean = (X, Z) + sum over i of w_i u^i; window d(u); the covariance has the axes of the angle theta
 * and the standard deviations s (times d for {@link Layout#WINDOW_SCALES}); opacity and intensity per head. Source: the
 * folded Gaussian of MedGS (arXiv 2509.16806, equation 1) in the closed form of its two-dimensional pipeline: pixels per
 * world unit f = W / 0.72, column = f X + (W - 1) / 2, row = -f Z + (H - 1) / 2.
 *
 * <p>Departures: culling by the exact ellipse in place of a square of three standard deviations, so nothing above
 * 1/255 is cut; the named options of {@link Layout}'s form.
 */
public final class Folding {

    /** Width of the visible plane in world units: 2 tan(FoV / 2) at distance one. */
    public static final float PLANE_WIDTH = 0.72f;

    /** Added to both variances in pixels squared: no splat is narrower than a pixel can show. */
    public static final float LOW_PASS = 0.3f;

    /** A Gaussian is drawn where its temporal window is above this. */
    public static final float WINDOW_CUT = 0.1f;

    /** The hat is zero outside; this leaves out only what single precision cannot tell from zero. */
    public static final float HAT_CUT = 1e-5f;

    /** Contributions below this are not drawn. */
    public static final float ALPHA_CUT = 1f / 255f;

    /** -ln(1/255): normalised weights are cut at this exponent, whatever their size. */
    public static final float NORMALISED_CUT = 5.5412635f;

    /** First spherical-harmonics basis function: intensity c = max(0, 0.5 + C0 k). */
    public static final float C0 = 0.28209479f;

    /** The mask head is not drawn where a standard deviation, world units, has shrunk below this. */
    public static final float MASK_SCALE_CUT = 1e-6f;

    private Folding() {}

    /**
     * The temporal window d(u): exp(-u^2 / 2 sigma^2), or the hat 1 - |u|; 0 where the Gaussian is not drawn.
     *
     * @param u m - t
     * @param spread sigma; not used by the hat
     */
    public static float window(int kind, float u, float spread) {
        float ratio = u / spread;
        float gaussian = Transcendental.exp(-0.5f * ratio * ratio);
        gaussian = gaussian > WINDOW_CUT ? gaussian : 0f;
        float hat = 1f - (u < 0f ? -u : u);
        hat = hat > HAT_CUT ? hat : 0f;
        return kind == WINDOW_HAT ? hat : gaussian;
    }

    /** The time m of a Gaussian from its raw parameter. */
    public static float time(int anchored, float raw) {
        return anchored != 0 ? raw : Transcendental.sigmoid(raw);
    }

    /** sum over i = 1..D of w_i u^i for one axis (0 X, 1 Z); the weights' rows begin at {@code firstRow}. */
    public static float displacement(float[] parameters, int capacity, int g, int firstRow, int axis, int degree,
            float u) {
        float sum = 0f;
        for (int i = degree; i >= 1; i--) {
            sum = (sum + parameters[(firstRow + 2 * (i - 1) + axis) * capacity + g]) * u;
        }
        return sum;
    }

    /** sum over p = 0..P of k_p u^p; the coefficients' rows begin at {@code firstRow}. */
    public static float intensityCoefficient(float[] parameters, int capacity, int g, int firstRow, int degree,
            float u) {
        float sum = 0f;
        for (int p = degree; p >= 0; p--) {
            sum = sum * u + parameters[(firstRow + p) * capacity + g];
        }
        return sum;
    }

    /** max(0, c) when composited, as published; a normalised sum needs no clamp, and its edges are sharper without. */
    public static float intensity(int compositing, float value) {
        return compositing == COMPOSITING_ALPHA && value < 0f ? 0f : value;
    }

    /** Opacity from its raw parameter: a sigmoid when composited, an exponential weight when normalised. */
    public static float opacity(int compositing, float raw) {
        return compositing == COMPOSITING_ALPHA ? Transcendental.sigmoid(raw) : Transcendental.exp(raw);
    }

    /**
     * Folds Gaussian {@code g} at time {@code t}. One thread does one Gaussian.
     *
     * @param parameters input, rows of {@code capacity} floats ({@link Layout})
     * @param form input, the model's form
     * @param splats output, one splat from index {@code s}; written whole, also when not drawn
     * @return 1 when the splat is to be drawn, 0 when it is culled in time, has no head above the cut, or misses the
     *     slice
     */
    public static int fold(float[] parameters, int capacity, int[] form, int g, float t, float[] splats, int s) {
        int windowKind = form[WINDOW];
        int compositing = form[COMPOSITING];
        int degree = form[MOTION_DEGREE];
        int intensityDegree = form[INTENSITY_DEGREE];
        float pixels = form[WIDTH] / PLANE_WIDTH;

        float u = time(form[ANCHORED], parameters[TIME * capacity + g]) - t;
        float window = window(windowKind, u, Transcendental.exp(parameters[SPREAD * capacity + g]));
        float scaleWindow = windowKind == WINDOW_SCALES ? window : 1f;
        float opacityWindow = windowKind == WINDOW_SCALES ? 1f : window;

        int motion = Layout.motion(intensityDegree);
        float x = parameters[X * capacity + g] + displacement(parameters, capacity, g, motion, 0, degree, u);
        float z = parameters[Z * capacity + g] + displacement(parameters, capacity, g, motion, 1, degree, u);
        float meanU = pixels * x + 0.5f * (form[WIDTH] - 1);
        float meanV = -pixels * z + 0.5f * (form[HEIGHT] - 1);

        float scaleX = scaleWindow * Transcendental.exp(parameters[LOG_SCALE_X * capacity + g]);
        float scaleZ = scaleWindow * Transcendental.exp(parameters[LOG_SCALE_Z * capacity + g]);
        float turns = Transcendental.sigmoid(parameters[ANGLE * capacity + g]);
        float cosine = Transcendental.cosineOfTurns(turns);
        float sine = Transcendental.sineOfTurns(turns);
        float lambdaX = pixels * scaleX * pixels * scaleX;
        float lambdaZ = pixels * scaleZ * pixels * scaleZ;
        float varianceU = lambdaX * cosine * cosine + lambdaZ * sine * sine + LOW_PASS;
        float covariance = (lambdaX - lambdaZ) * cosine * sine;
        float varianceV = lambdaX * sine * sine + lambdaZ * cosine * cosine + LOW_PASS;
        // (lx c2 + lz s2)(lx s2 + lz c2) - (lx - lz)2 c2 s2 = lx lz: this form cannot cancel to zero.
        float determinant = lambdaX * lambdaZ + LOW_PASS * (lambdaX + lambdaZ) + LOW_PASS * LOW_PASS;
        float inverse = 1f / determinant;

        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        float imageOpacity = opacityWindow * opacity(compositing, parameters[IMAGE_OPACITY * capacity + g]);
        float maskOpacity = opacityWindow * opacity(compositing, parameters[maskRow * capacity + g]);
        maskOpacity = scaleX > MASK_SCALE_CUT && scaleZ > MASK_SCALE_CUT ? maskOpacity : 0f;
        float imageIntensity = 0.5f
                + C0 * intensityCoefficient(parameters, capacity, g, IMAGE_INTENSITY, intensityDegree, u);
        float maskIntensity = 0.5f + C0 * intensityCoefficient(
                parameters, capacity, g, Layout.maskIntensity(intensityDegree), intensityDegree, u);

        float cut = cut(compositing, imageOpacity > maskOpacity ? imageOpacity : maskOpacity);
        float extentU = squareRoot(2f * cut * varianceU);
        float extentV = squareRoot(2f * cut * varianceV);

        splats[s + MEAN_U] = meanU;
        splats[s + MEAN_V] = meanV;
        splats[s + CONIC_A] = varianceV * inverse;
        splats[s + CONIC_B] = -covariance * inverse;
        splats[s + CONIC_C] = varianceU * inverse;
        splats[s + SPLAT_IMAGE_OPACITY] = imageOpacity;
        splats[s + SPLAT_IMAGE_INTENSITY] = intensity(compositing, imageIntensity);
        splats[s + SPLAT_MASK_OPACITY] = maskOpacity;
        splats[s + SPLAT_MASK_INTENSITY] = intensity(compositing, maskIntensity);
        splats[s + CUT] = cut;
        splats[s + EXTENT_U] = extentU;
        splats[s + EXTENT_V] = extentV;

        // Written so that a NaN in any of these culls the splat, and a covariance beyond single precision too.
        return isMore(window, 0f) * isMore(cut, 0f) * isMore(inverse, 0f)
                * isMore(meanU + extentU, 0f) * isMore(form[WIDTH] - 1, meanU - extentU)
                * isMore(meanV + extentV, 0f) * isMore(form[HEIGHT] - 1, meanV - extentV);
    }

    /**
     * 1 where a > b, else 0, also for NaN. Conditions joined by "and" will not do: TornadoVM turns "all are more" into
     * "none is at most", which a NaN passes.
     */
    static int isMore(float a, float b) {
        return a > b ? 1 : 0;
    }

    /** The exponent below which neither head reaches {@link #ALPHA_CUT}: ln(255 o), 0 when nothing is drawn. */
    public static float cut(int compositing, float largestOpacity) {
        float visible = Transcendental.logarithm(largestOpacity / ALPHA_CUT);
        float weighted = largestOpacity > 0f ? NORMALISED_CUT : 0f;
        return compositing == COMPOSITING_ALPHA ? visible : weighted;
    }

    /** Square root; see {@link SquareRoot} for why it is our own. */
    public static float squareRoot(float x) {
        return SquareRoot.of(x);
    }
}
