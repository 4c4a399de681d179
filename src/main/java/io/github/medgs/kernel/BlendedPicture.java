package io.github.medgs.kernel;

/**
 * A picture between two slices, as a blend of what lies straight across the slices with what lies along their motion.
 *
 * <p>What is blended is said by a few floats, so that whoever holds the slices and their motion can make any pixel of it.
 */
public final class BlendedPicture {

    /** The slices before, first, second and after, small whole numbers; the second field of motion is the first's. */
    public static final int SLICES = 0;
    /** Of the way from the first slice to the second. */
    public static final int FRACTION = 4;
    /** Weights of the four slices straight across, and along the motion. */
    public static final int ACROSS = 5;
    public static final int ALONG = 9;
    /** Weight of the cubic spline across, and the distance of the first slice and the second. */
    public static final int SPLINE = 13;
    public static final int GAP = 14;
    /** Weight of the corrections; 0 where there are none. */
    public static final int CORRECTION = 15;
    public static final int FLOATS = 16;

    /**
     * What pictures are blended from.
     *
     * @param values slice by slice, height x width
     * @param u half the motion from each slice to the next in columns, field by field; {@code v} in rows; one value
     *     where nothing is blended along the motion
     * @param bends second derivatives across the slices, as the values; one value where no spline is blended
     * @param corrections what is added in the middle between each slice and the next, as the values; one value where
     *     nothing is
     */
    public record Stack(float[] values, float[] u, float[] v, float[] bends, float[] corrections) {}

    private BlendedPicture() {}

    /** One pixel, from 0 to 1; see {@link #value}. */
    public static float pixel(float[] values, float[] u, float[] v, float[] bends, float[] corrections, float[] blend,
            int b, int height, int width, int row, int column, float[] half) {
        float value = value(values, u, v, bends, corrections, blend, b, height, width, row, column, half);
        float raised = value > 0f ? value : 0f;
        return raised < 1f ? raised : 1f;
    }

    /**
     * One pixel as it is blended: cubics may go beyond what they run through.
     *
     * @param values input, as {@link Stack}; {@code u}, {@code v}, {@code bends}, {@code corrections} likewise
     * @param blend input, {@link #FLOATS} from {@code b} on
     * @param half room for two values
     */
    public static float value(float[] values, float[] u, float[] v, float[] bends, float[] corrections, float[] blend,
            int b, int height, int width, int row, int column, float[] half) {
        int pixels = height * width;
        int p = row * width + column;
        int first = (int) blend[b + SLICES + 1] * pixels;
        int second = (int) blend[b + SLICES + 2] * pixels;
        float value = blend[b + ACROSS] * values[(int) blend[b + SLICES] * pixels + p]
                + blend[b + ACROSS + 1] * values[first + p] + blend[b + ACROSS + 2] * values[second + p]
                + blend[b + ACROSS + 3] * values[(int) blend[b + SLICES + 3] * pixels + p];
        if (blend[b + SPLINE] > 0f) {
            value += blend[b + SPLINE] * spline(values[first + p], values[second + p], bends[first + p],
                    bends[second + p], blend[b + FRACTION], blend[b + GAP]);
        }
        if (blend[b + ALONG + 1] + blend[b + ALONG + 2] > 0f) {
            value += along(values, u, v, corrections, blend, b, height, width, row, column, half);
        }
        return value;
    }

    private static float along(float[] values, float[] u, float[] v, float[] corrections, float[] blend, int b,
            int height, int width, int row, int column, float[] half) {
        int pixels = height * width;
        int first = (int) blend[b + SLICES + 1];
        float fraction = blend[b + FRACTION];
        Trajectory.through(u, v, first * pixels, height, width, row, column, 2f * fraction - 1f, half);
        float firstRow = row - 2f * fraction * half[1];
        float firstColumn = column - 2f * fraction * half[0];
        float secondRow = firstRow + 2f * half[1];
        float secondColumn = firstColumn + 2f * half[0];
        float value = blend[b + ALONG + 1]
                        * ImageSampling.cubic(values, first * pixels, height, width, firstRow, firstColumn)
                + blend[b + ALONG + 2]
                        * ImageSampling.cubic(values, (first + 1) * pixels, height, width, secondRow, secondColumn);
        if (blend[b + CORRECTION] != 0f) {
            value += blend[b + CORRECTION] * ImageSampling.cubic(corrections, first * pixels, height, width,
                    firstRow + half[1], firstColumn + half[0]);
        }
        if (blend[b + ALONG] != 0f) {
            Trajectory.through(u, v, (first - 1) * pixels, height, width, firstRow, firstColumn, 1f, half);
            value += blend[b + ALONG] * ImageSampling.cubic(values, (first - 1) * pixels, height, width,
                    firstRow - 2f * half[1], firstColumn - 2f * half[0]);
        }
        if (blend[b + ALONG + 3] != 0f) {
            Trajectory.through(u, v, (first + 1) * pixels, height, width, secondRow, secondColumn, -1f, half);
            value += blend[b + ALONG + 3] * ImageSampling.cubic(values, (first + 2) * pixels, height, width,
                    secondRow + 2f * half[1], secondColumn + 2f * half[0]);
        }
        return value;
    }

    /**
     * The cubic spline between two knots (Press et al., Numerical Recipes, section 3.3): the straight line and a
     * correction by the second derivatives at the knots.
     *
     * @param fraction of the way from the first knot to the second
     * @param gap distance of the knots
     * @param bend0 second derivative at the first knot
     * @param bend1 second derivative at the second
     */
    public static float spline(float value0, float value1, float bend0, float bend1, float fraction, float gap) {
        float a = 1f - fraction;
        return a * value0 + fraction * value1
                + ((a * a * a - a) * bend0 + (fraction * fraction * fraction - fraction) * bend1) * gap * gap / 6f;
    }
}
