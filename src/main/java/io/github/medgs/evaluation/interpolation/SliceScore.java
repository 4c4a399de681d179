package io.github.medgs.evaluation.interpolation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * How well one slice was predicted.
 *
 * @param slice its index in the whole stack
 * @param position millimetres from the first slice
 * @param psnr decibels, at most {@link #HIGHEST_PSNR}
 * @param ssim structural similarity
 * @param error mean absolute error of intensities in [0, 1]
 * @param empty whether the true slice is one single value: nothing to predict, left out of all means
 */
public record SliceScore(
        int slice,
        double position,
        double psnr,
        double ssim,
        @JsonProperty("meanAbsoluteError") double error,
        boolean empty) {

    /** What an exact prediction counts as: the true value, infinity, would drown every mean. */
    public static final double HIGHEST_PSNR = 100;

    static SliceScore of(int slice, double position, float[] predicted, float[] truth, int height, int width) {
        return new SliceScore(slice, position, Math.min(HIGHEST_PSNR, ImageMetrics.psnr(predicted, truth)),
                ImageMetrics.ssim(predicted, truth, height, width), ImageMetrics.meanAbsoluteError(predicted, truth),
                isConstant(truth));
    }

    private static boolean isConstant(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Which slices count in means: those that are not one single value, which any method has, such as air; all where no
     * others are.
     *
     * @param slice a slice by its index
     */
    public static boolean[] counted(int slices, IntFunction<float[]> slice) {
        boolean[] counted = new boolean[slices];
        boolean any = false;
        for (int n = 0; n < slices; n++) {
            counted[n] = !isConstant(slice.apply(n));
            any |= counted[n];
        }
        if (!any) {
            Arrays.fill(counted, true);
        }
        return counted;
    }
}
