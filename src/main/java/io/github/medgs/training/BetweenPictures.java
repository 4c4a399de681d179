package io.github.medgs.training;

import io.github.medgs.surface.ShapeTarget;
import io.github.medgs.volume.SliceStack;
import java.util.Arrays;

/** What lies between the slices, as a run takes it to be: the target of in-between-frame regularisation. */
@FunctionalInterface
public interface BetweenPictures {

    /**
     * The picture {@code fraction} of the way from a slice to the next.
     *
     * @param out output, height x width
     */
    void at(int slice, double fraction, float[] out);

    /** The published target: (1 - a) I_k + a I_k+1. */
    static BetweenPictures linear(float[] stack, int pixels) {
        return (slice, fraction, out) -> {
            float a = (float) fraction;
            int base = slice * pixels;
            for (int p = 0; p < pixels; p++) {
                out[p] = (1f - a) * stack[base + p] + a * stack[base + pixels + p];
            }
        };
    }

    /** Masks whose boundary moves from slice to slice; see {@link ShapeTarget}. */
    static BetweenPictures shape(TrainingData data) {
        SliceStack stack = data.stack();
        double[] positions = stack.positions();
        float[][] slices = new float[stack.count()][];
        for (int f = 0; f < slices.length; f++) {
            slices[f] = Arrays.copyOfRange(data.mask(), f * data.pixels(), (f + 1) * data.pixels());
        }
        ShapeTarget target = new ShapeTarget(slices, positions, stack.width(), stack.height(),
                stack.geometry().columnSpacing(), stack.geometry().rowSpacing());
        return (slice, fraction, out) ->
                target.targetAt(positions[slice] + fraction * (positions[slice + 1] - positions[slice]), out);
    }
}
