package io.github.medgs.engine;

/**
 * What a view should look like: height x width values in [0, 1] from an offset in an array.
 *
 * @param slice index of the training slice this is, so that a device can use the copy it holds; -1 for any other picture
 */
public record Target(float[] values, int offset, int slice) {

    /** A picture that is no training slice. */
    public static Target of(float[] values) {
        return new Target(values, 0, -1);
    }

    /** Slice {@code slice} of a stack of slices of {@code pixels} pixels. */
    public static Target slice(float[] stack, int slice, int pixels) {
        return new Target(stack, slice * pixels, slice);
    }
}
