package io.github.medgs.engine;

import io.github.medgs.kernel.BlendedPicture;

/**
 * What a view should look like: height x width values in [0, 1] from an offset in an array; or how to blend them, for an
 * engine that {@linkplain Engine#blendsPictures makes such pictures itself}.
 *
 * @param values {@code null} for a blend
 * @param slice index of the training slice this is, so that a device can use the copy it holds; -1 for any other picture
 * @param stack what is blended, the same object for all pictures of a training; {@code null} for values
 * @param blend {@link BlendedPicture#FLOATS}, or {@code null}
 */
public record Target(float[] values, int offset, int slice, BlendedPicture.Stack stack, float[] blend) {

    /** Values. */
    public Target(float[] values, int offset, int slice) {
        this(values, offset, slice, null, null);
    }

    /** A picture that is no training slice. */
    public static Target of(float[] values) {
        return new Target(values, 0, -1);
    }

    /** Slice {@code slice} of a stack of slices of {@code pixels} pixels. */
    public static Target slice(float[] stack, int slice, int pixels) {
        return new Target(stack, slice * pixels, slice);
    }

    /** A picture that the engine makes. */
    public static Target blend(BlendedPicture.Stack stack, float[] blend) {
        return new Target(null, 0, -1, stack, blend);
    }
}
