package io.github.medgs.interslice;

import io.github.medgs.volume.SliceStack;
import java.util.stream.IntStream;

/**
 * The slices from which those between them are predicted.
 *
 * @param values slice by slice, height x width each, row by row: an image, or a mask that is inside at 0.5 or more
 * @param positions of the slices along the stack, in millimetres, strictly increasing
 * @param rowSpacing millimetres between rows; {@code columnSpacing} between neighbours in a row
 */
public record KeptSlices(float[] values, double[] positions, int height, int width, double rowSpacing,
        double columnSpacing) {

    public KeptSlices {
        if (positions.length < 1 || height < 1 || width < 1
                || (long) positions.length * height * width != values.length) {
            throw new IllegalArgumentException(positions.length + " slices of " + height + " x " + width
                    + " do not fit " + values.length + " values");
        }
        for (int k = 1; k < positions.length; k++) {
            if (!(positions[k] > positions[k - 1])) {
                throw new IllegalArgumentException("slice " + k + " is not after the one before");
            }
        }
    }

    /** The image of a stack. */
    public static KeptSlices of(SliceStack stack) {
        return of(stack, stack.values());
    }

    /** @param values in the stack's layout */
    public static KeptSlices of(SliceStack stack, float[] values) {
        return new KeptSlices(values, stack.positions(), stack.height(), stack.width(), stack.geometry().rowSpacing(),
                stack.geometry().columnSpacing());
    }

    public int count() {
        return positions.length;
    }

    /** The first of them, the third and so on. */
    KeptSlices everySecond() {
        return every(2, 0);
    }

    /** Every so many of them, from one of them on. */
    public KeptSlices every(int step, int first) {
        return only(IntStream.rangeClosed(0, (count() - 1 - first) / step).map(k -> first + k * step).toArray());
    }

    /**
     * Some of them, at their places.
     *
     * @param chosen numbers of slices, increasing, at least one
     */
    public KeptSlices only(int[] chosen) {
        float[] some = new float[chosen.length * pixels()];
        double[] places = new double[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            System.arraycopy(values, start(chosen[k]), some, k * pixels(), pixels());
            places[k] = positions[chosen[k]];
        }
        return new KeptSlices(some, places, height, width, rowSpacing, columnSpacing);
    }

    /** Pixels of a slice. */
    public int pixels() {
        return height * width;
    }

    /** What a predictor of these slices says at any positions, of two slices or more; those outside the stack are its first or last slice. */
    public float[] sample(SlicePredictor predictor, double[] wanted) {
        float[] samples = new float[wanted.length * pixels()];
        float[] slice = new float[pixels()];
        for (int s = 0; s < wanted.length; s++) {
            int k = 0;
            while (k + 2 < count() && positions[k + 1] <= wanted[s]) {
                k++;
            }
            double gap = positions[k + 1] - positions[k];
            predictor.predict(k, Math.clamp((wanted[s] - positions[k]) / gap, 0, 1), slice);
            System.arraycopy(slice, 0, samples, s * slice.length, slice.length);
        }
        return samples;
    }

    /** @throws IllegalArgumentException for a place that is not in the stack */
    void requireInside(int slice, double fraction) {
        if (slice < 0 || slice >= count() - 1 || !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(fraction + " after slice " + slice + " of " + count());
        }
    }

    /** Which pixels of one slice, of a mask, are inside. */
    public boolean[] inside(int slice) {
        boolean[] inside = new boolean[pixels()];
        for (int p = 0; p < inside.length; p++) {
            inside[p] = values[slice * inside.length + p] >= 0.5f;
        }
        return inside;
    }

    /**
     * First and last row, first and last column of what is inside on any slice of a mask, with a margin within the slices;
     * {@code null} where nothing is.
     */
    public int[] box(int margin) {
        int[] box = {height, -1, width, -1};
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0.5f) {
                int row = i / width % height;
                int column = i % width;
                box[0] = Math.min(box[0], row);
                box[1] = Math.max(box[1], row);
                box[2] = Math.min(box[2], column);
                box[3] = Math.max(box[3], column);
            }
        }
        return box[1] < 0 ? null : new int[] {Math.max(0, box[0] - margin), Math.min(height - 1, box[1] + margin),
            Math.max(0, box[2] - margin), Math.min(width - 1, box[3] + margin)};
    }

    /** Signed distances of one slice, of a mask, in millimetres, positive inside; see {@link DistanceTransform}. */
    float[] distances(int slice) {
        return DistanceTransform.signed(inside(slice), new int[] {width, height},
                new double[] {columnSpacing, rowSpacing});
    }

    /** Sum of squared differences of a slice from a picture. */
    double squaredError(int slice, float[] picture) {
        double sum = 0;
        for (int p = 0; p < picture.length; p++) {
            double difference = picture[p] - values[start(slice) + p];
            sum += difference * difference;
        }
        return sum;
    }

    /** Index of a slice's first pixel; a slice outside the stack counts as the nearest in it. */
    int start(int slice) {
        return Math.clamp(slice, 0, count() - 1) * pixels();
    }

    /** Distance from a slice to the next. */
    float gap(int slice) {
        return (float) (positions[slice + 1] - positions[slice]);
    }

    /** The cubic's weights of the slices k - 1 to k + 2; see {@link AcrossSlices#cubic}. */
    float[] cubicWeights(int k, double fraction) {
        float[] near = new float[4];
        for (int n = 0; n < 4; n++) {
            int slice = k - 1 + n;
            // Relative to slice k, so that single precision does not lose what is small against the whole stack.
            near[n] = slice < 0 || slice >= count() ? 0 : (float) (positions[slice] - positions[k]);
        }
        float[] weights = new float[4];
        AcrossSlices.cubic(near, (float) fraction * near[2], k > 0, k + 2 < count(), weights);
        return weights;
    }
}
