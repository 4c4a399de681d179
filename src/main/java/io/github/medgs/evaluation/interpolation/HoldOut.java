package io.github.medgs.evaluation.interpolation;

import io.github.medgs.volume.SliceStack;
import java.util.ArrayList;
import java.util.List;

/**
 * Which slices are kept and which are predicted: slices 0, N, 2N ... are kept, those between two kept ones are scored.
 * Slices after the last kept one lie outside and are neither.
 *
 * @param stride N, 2 or more
 * @param kept indices of the kept slices
 * @param scored the slices to predict, in order
 */
public record HoldOut(int stride, int[] kept, List<Scored> scored) {

    /**
     * A slice to predict.
     *
     * @param source its index in the whole stack
     * @param before index, among the kept slices, of the one before
     * @param fraction how far it is from that one to the next, by position
     */
    public record Scored(int source, int before, double fraction) {}

    /** Fewest slices that leave something to score. */
    public static long fewestSlices(int stride) {
        return stride + 1L;
    }

    /** @param stack all slices, at least {@link #fewestSlices} */
    public static HoldOut every(int stride, SliceStack stack) {
        if (stride < 2 || stack.count() < fewestSlices(stride)) {
            throw new IllegalArgumentException("stride " + stride + " of " + stack.count() + " slices");
        }
        double[] positions = stack.positions();
        int[] kept = new int[(stack.count() - 1) / stride + 1];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = k * stride;
        }
        List<Scored> scored = new ArrayList<>();
        for (int k = 0; k + 1 < kept.length; k++) {
            for (int slice = kept[k] + 1; slice < kept[k + 1]; slice++) {
                double gap = positions[kept[k + 1]] - positions[kept[k]];
                double fraction = (positions[slice] - positions[kept[k]]) / gap;
                scored.add(new Scored(slice, k, fraction));
            }
        }
        return new HoldOut(stride, kept, scored);
    }
}
