package io.github.medgs.model;

import io.github.medgs.kernel.Layout;

/**
 * The choices that give a model its form: what its parameters mean and how many there are.
 *
 * @param width pixels of a slice along a row; a slice has at most 2^31 - 9 in all
 * @param height pixels of a slice along a column
 * @param motionDegree degree D of the polynomial that moves the mean, 0 to 15
 * @param intensityDegree degree of the polynomial that changes the intensity, 0 (constant, as published) to 3
 */
public record ModelForm(
        int width,
        int height,
        int motionDegree,
        int intensityDegree,
        Compositing compositing,
        TemporalWindow window,
        HeadOpacity headOpacity,
        TimeAxis timeAxis) {

    public static final int HIGHEST_MOTION_DEGREE = 15;
    public static final int HIGHEST_INTENSITY_DEGREE = 3;

    /** As many as an array holds. */
    private static final int MOST_PIXELS = Integer.MAX_VALUE - 8;

    public ModelForm {
        require(width >= 1 && height >= 1 && (long) width * height <= MOST_PIXELS, "slices of " + width + " x " + height);
        require(motionDegree >= 0 && motionDegree <= HIGHEST_MOTION_DEGREE, "motion degree " + motionDegree);
        require(intensityDegree >= 0 && intensityDegree <= HIGHEST_INTENSITY_DEGREE,
                "intensity degree " + intensityDegree);
    }

    /** How much steeper {@link #occupancy} is than the drawn mask head, normalised form only. */
    private static final float OCCUPANCY_CONTRAST = 4f;

    /**
     * How far a voxel belongs to the structure, 0 to 1, from what the mask head draws there.
     *
     * <p>In the published form that is the drawn value itself. In the normalised form the boundary is where it should
     * be, at 1/2, but values climb past it over several pixels, since a polynomial in time cannot step as a mask does
     * where the boundary sweeps over a Gaussian. A surface between voxels goes by those values; with their contrast
     * raised it goes as that of a mask does. No voxel changes side.
     */
    public float occupancy(float drawn) {
        float steeper = compositing == Compositing.NORMALISED ? 0.5f + OCCUPANCY_CONTRAST * (drawn - 0.5f) : drawn;
        return Math.clamp(steeper, 0f, 1f);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what + " is out of range");
        }
    }

    /** The form as the kernels read it; see {@link Layout}. */
    public int[] toKernel() {
        int[] form = new int[Layout.FORM_SIZE];
        form[Layout.WIDTH] = width;
        form[Layout.HEIGHT] = height;
        form[Layout.MOTION_DEGREE] = motionDegree;
        form[Layout.INTENSITY_DEGREE] = intensityDegree;
        form[Layout.COMPOSITING] = compositing.code();
        form[Layout.WINDOW] = window.code();
        form[Layout.HEAD_OPACITY] = headOpacity.code();
        form[Layout.ANCHORED] = timeAxis == TimeAxis.SLICES ? 1 : 0;
        return form;
    }

    /** Number of parameters of a Gaussian. */
    public int rows() {
        return Layout.rows(motionDegree, intensityDegree);
    }

    /** First row of the image head's intensity. */
    public int imageIntensityRow() {
        return Layout.IMAGE_INTENSITY;
    }

    /** First row of the mask head's intensity. */
    public int maskIntensityRow() {
        return Layout.maskIntensity(intensityDegree);
    }

    /** First row of the motion weights. */
    public int motionRow() {
        return Layout.motion(intensityDegree);
    }

    /** Pixels per world unit. */
    public float pixelsPerUnit() {
        return width / io.github.medgs.kernel.Folding.PLANE_WIDTH;
    }

    /** World X of a pixel column. */
    public float worldX(double column) {
        return (float) ((column - 0.5 * (width - 1)) / pixelsPerUnit());
    }

    /** World Z of a pixel row. */
    public float worldZ(double row) {
        return (float) ((0.5 * (height - 1) - row) / pixelsPerUnit());
    }
}
