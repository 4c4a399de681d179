package io.github.medgs.training.target;

import io.github.medgs.kernel.AcrossSlices;

/**
 * The slices from which those between them are predicted.
 *
 * @param values slice by slice, height x width each, row by row
 * @param positions of the slices along the stack, in any unit, strictly increasing
 */
public record KeptSlices(float[] values, double[] positions, int height, int width) {

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

    public int count() {
        return positions.length;
    }

    /** Pixels of a slice. */
    public int pixels() {
        return height * width;
    }

    /** Index of a slice's first pixel; a slice outside the stack counts as the nearest in it. */
    int start(int slice) {
        return Math.clamp(slice, 0, count() - 1) * pixels();
    }

    /** Distance from a slice to the next. */
    float gap(int slice) {
        return (float) (positions[slice + 1] - positions[slice]);
    }

    /** The cubic's weights of the slices k - 1 to k + 2; see {@link io.github.medgs.kernel.AcrossSlices#cubic}. */
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
