package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * All methods on one volume at one stride.
 *
 * @param volume the volume's name
 * @param axis the slicing axis
 * @param windowLow intensity that became 0
 * @param windowHigh intensity that became 1
 * @param slices number of slices of the whole stack
 * @param kept number of those that were kept
 * @param emptySlices number of held-out slices that are one single value and so are not scored
 * @param nonFiniteVoxels number of voxels of the whole stack that are no number and count as the window's low end
 * @param trueRoughness through-plane roughness of the true slices, to hold the methods' against
 * @param methods the methods, in the order asked for
 * @param pictures slices to look at, by {@link #pictured}; in the HTML report only
 */
public record CaseResult(
        String volume,
        int stride,
        String axis,
        int height,
        int width,
        double windowLow,
        double windowHigh,
        int slices,
        int kept,
        int emptySlices,
        int nonFiniteVoxels,
        double trueRoughness,
        String pictured,
        List<MethodResult> methods,
        @JsonIgnore List<SlicePictures> pictures) {

    /**
     * One slice as it is and as each method predicts it.
     *
     * @param title best, median or worst
     * @param slice index in the whole stack
     * @param truth height x width
     * @param predictions in the order of the methods
     * @param expected expected absolute errors of those drawn by motion, or {@code null}
     */
    public record SlicePictures(String title, int slice, float[] truth, List<float[]> predictions, float[] expected) {}

    /** The same without pictures, which are large. */
    public CaseResult withoutPictures() {
        return new CaseResult(volume, stride, axis, height, width, windowLow, windowHigh, slices, kept, emptySlices,
                nonFiniteVoxels, trueRoughness, pictured, methods, List.of());
    }
}
