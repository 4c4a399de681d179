package io.github.medgs.kernel;

/**
 * Where things lie in the flat buffers that all engines share.
 *
 * <p><b>Parameters</b> (also optimiser moments and gradients) are one {@code float[]} of rows: parameter {@code row} of
 * Gaussian {@code g} is at {@code row * capacity + g}. One buffer, not one per parameter, because a device task takes at
 * most twenty arguments and because Adam, checkpoints and density control treat all rows alike.
 *
 * <p><b>Form</b> is an {@code int[]} with the choices that make a model: sizes, degrees, named options.
 *
 * <p><b>Splats</b> are folded Gaussians at one time: {@link #SPLAT_STRIDE} floats each, side by side, since whoever
 * draws one needs all of it. Gradients of splats likewise, {@link #GRADIENT_STRIDE} floats each.
 */
public final class Layout {

    // Rows of the parameters, all raw (before their activation).
    /** Position in the slice plane, world units: the plane is 0.72 wide, X to the right, Z up. */
    public static final int X = 0;
    public static final int Z = 1;
    /** Natural logarithms of the standard deviations along the Gaussian's own axes, world units. */
    public static final int LOG_SCALE_X = 2;
    public static final int LOG_SCALE_Z = 3;
    /** Angle r; theta = 2 pi sigmoid(r). */
    public static final int ANGLE = 4;
    /** Time: m = sigmoid(raw), or the raw value itself when the model is anchored. */
    public static final int TIME = 5;
    /** Logarithm of the temporal spread sigma. */
    public static final int SPREAD = 6;
    /** Opacity of each head: sigmoid(raw) for alpha compositing, exp(raw) for normalised weights. */
    public static final int IMAGE_OPACITY = 7;
    public static final int MASK_OPACITY = 8;
    /** First of the image head's intensity coefficients; the mask head's follow, then the motion. */
    public static final int IMAGE_INTENSITY = 9;

    // Entries of the form.
    /** Pixels of a slice along its rows and columns. */
    public static final int WIDTH = 0;
    public static final int HEIGHT = 1;
    /** Degree D of the motion polynomial. */
    public static final int MOTION_DEGREE = 2;
    /** Degree P of the intensity polynomial in u = m - t; 0 is the published constant. */
    public static final int INTENSITY_DEGREE = 3;
    public static final int COMPOSITING = 4;
    public static final int WINDOW = 5;
    public static final int HEAD_OPACITY = 6;
    /** 1 when the times are fixed and stored as they are, 0 when they are trained through a sigmoid. */
    public static final int ANCHORED = 7;
    public static final int FORM_SIZE = 8;

    public static final int COMPOSITING_ALPHA = 0;
    public static final int COMPOSITING_NORMALISED = 1;
    public static final int WINDOW_SCALES = 0;
    public static final int WINDOW_OPACITY = 1;
    public static final int WINDOW_HAT = 2;
    public static final int HEAD_OPACITY_SEPARATE = 0;
    public static final int HEAD_OPACITY_SHARED = 1;

    // Fields of a splat.
    /** Mean in pixels: column, row. */
    public static final int MEAN_U = 0;
    public static final int MEAN_V = 1;
    /** Inverse covariance [[A, B], [B, C]] in 1 / pixel squared. */
    public static final int CONIC_A = 2;
    public static final int CONIC_B = 3;
    public static final int CONIC_C = 4;
    /** Effective opacity (alpha compositing) or weight (normalised), and intensity, of each head at this time. */
    public static final int SPLAT_IMAGE_OPACITY = 5;
    public static final int SPLAT_IMAGE_INTENSITY = 6;
    public static final int SPLAT_MASK_OPACITY = 7;
    public static final int SPLAT_MASK_INTENSITY = 8;
    /** The splat is drawn where its exponent -q/2 is at least -CUT. */
    public static final int CUT = 9;
    /** Half sizes in pixels of the box round that ellipse. */
    public static final int EXTENT_U = 10;
    public static final int EXTENT_V = 11;
    public static final int SPLAT_STRIDE = 12;

    // Fields of a splat's gradient: the derivative of the loss by ...
    public static final int D_MEAN_U = 0;
    public static final int D_MEAN_V = 1;
    public static final int D_CONIC_A = 2;
    public static final int D_CONIC_B = 3;
    public static final int D_CONIC_C = 4;
    public static final int D_IMAGE_OPACITY = 5;
    public static final int D_IMAGE_INTENSITY = 6;
    public static final int D_MASK_OPACITY = 7;
    public static final int D_MASK_INTENSITY = 8;
    public static final int GRADIENT_STRIDE = 9;

    private Layout() {}

    /** First row of the mask head's intensity coefficients for an intensity polynomial of this degree. */
    public static int maskIntensity(int intensityDegree) {
        return IMAGE_INTENSITY + intensityDegree + 1;
    }

    /** First row of the motion weights: the pairs (X, Z) of order 1, of order 2, ... */
    public static int motion(int intensityDegree) {
        return IMAGE_INTENSITY + 2 * (intensityDegree + 1);
    }

    /** Number of parameter rows. */
    public static int rows(int motionDegree, int intensityDegree) {
        return motion(intensityDegree) + 2 * motionDegree;
    }
}
