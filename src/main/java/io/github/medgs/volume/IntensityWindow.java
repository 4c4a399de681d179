package io.github.medgs.volume;

import io.github.medgs.InputException;

/**
 * The range of input intensities that becomes [0, 1]: below is 0, above is 1.
 *
 * @param low input value that becomes 0
 * @param high input value that becomes 1, above low
 */
public record IntensityWindow(float low, float high) {

    /**
     * Widths of the window. What lies farther outside is no intensity but a mark, of missing data as a rule: the lowest float,
     * 1e20, 9.97e36. Sums with it would lose all else.
     */
    private static final double FAR = 1e6;

    public IntensityWindow {
        if (!Float.isFinite(low) || !Float.isFinite(high) || !(low < high)) {
            throw new InputException("intensity window " + low + "," + high, "is not a range",
                    "give two finite numbers, the lower first");
        }
    }

    /**
     * From the 0.1 to the 99.9 percentile of the finite voxels (order statistics, linear between neighbours). Where
     * these coincide, as in a small mask, the whole range is taken; a constant volume gets a window of width one from
     * its value, so that it becomes 0.
     *
     * @throws InputException when no voxel is finite, or one is beyond what floats hold
     */
    public static IntensityWindow automatic(Volume image) {
        return automatic(image, "image");
    }

    /**
     * The same.
     *
     * @param name the image as the user wrote it, for messages
     */
    public static IntensityWindow automatic(Volume image, String name) {
        image.stored().requireFloats(name);
        FinitePercentiles percentiles = new FinitePercentiles(image.voxels());
        if (percentiles.count() == 0) {
            throw new InputException(name, "has no finite voxel", "give a volume that holds numbers");
        }
        return automatic(percentiles);
    }

    /** The same of voxels some of which are finite. */
    static IntensityWindow automatic(FinitePercentiles percentiles) {
        double low = percentiles.at(0.001);
        double high = percentiles.at(0.999);
        if (!((float) low < (float) high)) {
            low = percentiles.at(0);
            high = percentiles.at(1);
        }
        if (!((float) low < (float) high)) {
            return constant((float) low);
        }
        return new IntensityWindow((float) low, (float) high);
    }

    // A step of one is below the resolution of large floats, and the largest float has none above it.
    private static IntensityWindow constant(float value) {
        float above = Math.max(value + 1, Math.nextUp(value));
        return Float.isFinite(above) ? new IntensityWindow(value, above)
                : new IntensityWindow(Math.nextDown(value), value);
    }

    /** Input intensity to [0, 1]. NaN and infinities become 0, as {@link #low()} does. */
    public float toUnit(float input) {
        if (!Float.isFinite(input)) {
            return 0;
        }
        double unit = ((double) input - low) / ((double) high - low);
        return (float) Math.clamp(unit, 0, 1);
    }

    /** A difference of intensities in widths of the window. */
    public double widths(double difference) {
        return difference / ((double) high - low);
    }

    /** How far an intensity lies outside, in widths of the window: above 0 beyond the high end, below 0 beyond the low one. */
    public double outside(float input) {
        double unit = ((double) input - low) / ((double) high - low);
        return unit - Math.clamp(unit, 0, 1);
    }

    /** Whether a finite voxel lies more than a million widths of the window outside it: it counts as the nearer end alone. */
    public boolean isFarOutside(float input) {
        return Float.isFinite(input) && Math.abs(outside(input)) > FAR;
    }

    /** [0, 1] back to input intensity; values outside go on along the same line. */
    public float toInput(float unit) {
        return (float) (low + unit * ((double) high - low));
    }
}
