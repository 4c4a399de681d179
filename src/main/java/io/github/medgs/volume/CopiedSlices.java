package io.github.medgs.volume;

import java.util.Arrays;

/**
 * Slices of an image that are the same to the bit as the one before. No two acquired slices are, but one that was copied
 * over a damaged or missing one is; and between the two nobody sees that something is missing.
 */
public final class CopiedSlices {

    private final Volume image;
    private final SliceAxis axis;
    private final int count;

    private CopiedSlices(Volume image, SliceAxis axis) {
        this.image = image;
        this.axis = axis;
        this.count = image.size(axis.index());
    }

    /**
     * What a careful reader would want to know of them, a sentence without its full stop; {@code null} for nothing. Nothing is
     * said of label maps, of slices of one single value, such as padding, of volumes that have three slices alike, which were
     * made so, and of the middle of one whose halves mirror each other.
     */
    public static String note(Volume image, SliceAxis axis) {
        return VolumeDescription.isLabelMap(image) ? null : new CopiedSlices(image, axis.resolve(image.grid())).note();
    }

    private String note() {
        int pairs = 0;
        int first = 0;
        boolean sameBefore = false;
        float[] before = count < 3 ? null : slice(0);
        for (int n = 1; before != null && n < count; n++) {
            float[] slice = slice(n);
            boolean same = Arrays.equals(before, slice) && !isConstant(slice);
            if (same && sameBefore) {
                return null;
            }
            if (same && !isMirror(n)) {
                first = pairs == 0 ? n : first;
                pairs++;
            }
            sameBefore = same;
            before = slice;
        }
        return pairs == 0 ? null : "slices " + (first - 1) + " and " + first + (pairs == 1 ? " (counted from 0) are the same; was"
                + " one copied?" : ", counted from 0, and " + Words.count(pairs - 1, "more pair", "more pairs")
                + " of neighbours are the same; were they copied?");
    }

    private float[] slice(int n) {
        return Slicing.toSlices(image.voxels(), image.grid(), axis, new int[] {n});
    }

    private static boolean isConstant(float[] slice) {
        int value = Float.floatToIntBits(slice[0]);
        for (float other : slice) {
            if (Float.floatToIntBits(other) != value) {
                return false;
            }
        }
        return true;
    }

    // Whether what lies about a slice and the one before is the same too.
    private boolean isMirror(int n) {
        return n > 1 && n + 1 < count && Arrays.equals(slice(n - 2), slice(n + 1));
    }
}
