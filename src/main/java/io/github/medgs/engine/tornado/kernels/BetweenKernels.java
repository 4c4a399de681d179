package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.BlendedPicture;
import uk.ac.manchester.tornado.api.KernelContext;

/** The pictures between slices, made where the slices and their motion lie. */
public final class BetweenKernels {

    private BetweenKernels() {}

    /**
     * Thread (p, view) makes pixel p of the picture of a view, where the view's target is a blend.
     *
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param images input, the training slices
     * @param u input, half the motion in columns, field by field; {@code v} in rows
     * @param bends input, second derivatives across the slices
     * @param corrections input, what is added in the middle of each gap
     * @param pictures input and output, the blended ones; the others stay
     */
    public static void between(KernelContext context, float[] floats, int[] form, float[] images, float[] u, float[] v,
            float[] bends, float[] corrections, float[] pictures) {
        int p = context.globalIdx;
        int view = context.globalIdy;
        float[] half = new float[2];
        int pixels = form[WIDTH] * form[HEIGHT];
        if (p < pixels && view < views(floats)) {
            int f = FIRST_VIEW_FLOAT + VIEW_FLOATS * view;
            int picture = (int) floats[f + BLENDED];
            if (picture >= 0) {
                int row = p / form[WIDTH];
                float value = BlendedPicture.pixel(images, u, v, bends, corrections, floats, f + FIRST_BLEND,
                        form[HEIGHT], form[WIDTH], row, p - row * form[WIDTH], half);
                // Read too: of an array that its first kernel only writes, TornadoVM leaves out what the host sends.
                float sent = pictures[picture * pixels + p];
                pictures[picture * pixels + p] = sent == value ? sent : value;
            }
        }
    }
}
