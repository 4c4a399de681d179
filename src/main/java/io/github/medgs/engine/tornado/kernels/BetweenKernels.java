package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.BlendedPicture;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

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
    public static void between(KernelContext context, FloatArray floats, int[] form, float[] images, float[] u,
            float[] v, float[] bends, float[] corrections, FloatArray pictures) {
        int p = context.globalIdx;
        int view = context.globalIdy;
        float[] half = new float[2];
        float[] blend = new float[BlendedPicture.FLOATS];
        int pixels = form[WIDTH] * form[HEIGHT];
        if (p < pixels && view < views(floats)) {
            int f = FIRST_VIEW_FLOAT + VIEW_FLOATS * view;
            int picture = (int) floats.get(f + BLENDED);
            if (picture >= 0) {
                for (int i = 0; i < BlendedPicture.FLOATS; i++) {
                    blend[i] = floats.get(f + FIRST_BLEND + i);
                }
                int row = p / form[WIDTH];
                float value = BlendedPicture.pixel(images, u, v, bends, corrections, blend, 0, form[HEIGHT],
                        form[WIDTH], row, p - row * form[WIDTH], half);
                // Read too: of an array that its first kernel only writes, TornadoVM leaves out what the host sends.
                float sent = pictures.get(picture * pixels + p);
                pictures.set(picture * pixels + p, sent == value ? sent : value);
            }
        }
    }
}
