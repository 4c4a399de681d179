package io.github.medgs.evaluation.surface;

import io.github.medgs.volume.SliceStack;
import java.util.Arrays;

/**
 * What a method of the sparse protocol is given: the slices that were kept, nothing of those that were dropped.
 *
 * @param stack the kept slices of the image, at their positions
 * @param mask the kept slices of the mask in the stack's layout, 0 or 1
 */
public record KeptSlices(SliceStack stack, float[] mask) {

    public KeptSlices {
        if (mask.length != stack.values().length) {
            throw new IllegalArgumentException("mask of " + mask.length + " for slices of " + stack.values().length);
        }
    }

    public int count() {
        return stack.count();
    }

    /** Pixels of a slice. */
    public int pixels() {
        return stack.width() * stack.height();
    }

    /** The mask of one kept slice, a copy. */
    public float[] maskSlice(int slice) {
        return Arrays.copyOfRange(mask, slice * pixels(), (slice + 1) * pixels());
    }

    /** Whether a kept slice has no pixel of the structure. */
    public boolean empty(int slice) {
        for (int p = slice * pixels(); p < (slice + 1) * pixels(); p++) {
            if (mask[p] >= 0.5f) {
                return false;
            }
        }
        return true;
    }

    /** Where a position lies among the kept slices. */
    Between locate(double position) {
        double[] positions = stack.positions();
        int a = 0;
        while (a + 2 < positions.length && positions[a + 1] <= position) {
            a++;
        }
        int b = Math.min(a + 1, positions.length - 1);
        double gap = positions[b] - positions[a];
        return new Between(a, b, gap > 0 ? Math.clamp((position - positions[a]) / gap, 0, 1) : 0);
    }

    /** A share of the way from kept slice {@code before} to kept slice {@code after}. */
    record Between(int before, int after, double share) {}
}
