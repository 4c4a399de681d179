package io.github.medgs.training;

import io.github.medgs.volume.SliceStack;

/**
 * What a run learns from.
 *
 * @param stack the image's slices
 * @param mask the mask in the stack's layout, 0 to 1, or {@code null}
 */
public record TrainingData(SliceStack stack, float[] mask) {

    public TrainingData {
        if (mask != null && mask.length != stack.values().length) {
            throw new IllegalArgumentException("mask of " + mask.length + " for slices of " + stack.values().length);
        }
    }

    /** Pixels of a slice. */
    public int pixels() {
        return stack.width() * stack.height();
    }
}
