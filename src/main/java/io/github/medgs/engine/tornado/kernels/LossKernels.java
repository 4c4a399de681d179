package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.PixelLoss;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The loss of every pixel of both heads of every view and its gradient, and the sums that are reported.
 *
 * <p>Groups are cut head by head: group (2 view + head) x groups of a slice + i has pixels 256 i to 256 i + 255.
 */
public final class LossKernels {

    private LossKernels() {}

    /**
     * Thread l of a group takes one pixel; the group sums its pixels in local memory.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param pixels input, the drawn planes
     * @param images input, the training slices; {@code masks} likewise
     * @param pictures input, the pictures that came with the step
     * @param gradients output, a plane for each head of each view: dL / d pixel, 0 where it has no target
     * @param partials output, {@code SUMS} for each group; the similarity's is set to 0
     */
    public static void pixelLoss(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] pixels,
            float[] images, float[] masks, FloatArray pictures, float[] gradients, float[] partials) {
        int thread = context.localIdx;
        float[] absolute = context.allocateFloatLocalArray(GROUP);
        float[] squared = context.allocateFloatLocalArray(GROUP);
        int surface = context.groupIdx / ints[PIXEL_GROUPS];
        int view = surface / HEADS;
        int head = surface - HEADS * view;
        int plane = form[WIDTH] * form[HEIGHT];
        int p = (context.groupIdx - surface * ints[PIXEL_GROUPS]) * GROUP + thread;
        int cost = FIRST_VIEW_FLOAT + VIEW_FLOATS * view + FIRST_COST + COSTS * head;
        int target = Targets.of(floats, view, head);
        float difference = 0f;
        if (p < plane && view < views(floats)) {
            if (target != Targets.NONE) {
                int colour = (4 * view + 2 * head + 1) * plane;
                difference = pixels[colour + p] - Targets.pixel(target, head, images, masks, pictures, plane, p);
            }
            gradients[surface * plane + p] =
                    PixelLoss.gradient(difference, floats.get(cost + ABSOLUTE) / plane,
                            floats.get(cost + SQUARED) / plane);
        }
        absolute[thread] = PixelLoss.value(difference, 1f, 0f);
        squared[thread] = PixelLoss.value(difference, 0f, 1f);
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                absolute[thread] = absolute[thread] + absolute[thread + stride];
                squared[thread] = squared[thread] + squared[thread + stride];
            }
        }
        if (thread == 0) {
            int sums = SUMS * context.groupIdx;
            partials[sums + SUM_ABSOLUTE] = absolute[0];
            partials[sums + SUM_SQUARED] = squared[0];
            partials[sums + SUM_SIMILARITY] = 0f;
        }
    }

    /**
     * Group s sums the partial sums of surface s, head s % 2 of view s / 2: a thread every {@code GROUP}-th, then in
     * local memory.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param partials input, {@code SUMS} for each group of pixels
     * @param log output, in the step's row {@code SUMS} for each surface; 0 for views that the step does not have
     */
    public static void sumSurfaces(KernelContext context, int[] ints, FloatArray floats, float[] partials,
            float[] log) {
        int thread = context.localIdx;
        int surface = context.groupIdx;
        float[] local = context.allocateFloatLocalArray(GROUP);
        int groups = surface < HEADS * views(floats) ? ints[PIXEL_GROUPS] : 0;
        for (int kind = 0; kind < SUMS; kind++) {
            float sum = 0f;
            for (int group = thread; group < groups; group += GROUP) {
                sum = sum + partials[SUMS * (surface * ints[PIXEL_GROUPS] + group) + kind];
            }
            context.localBarrier();
            local[thread] = sum;
            for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
                context.localBarrier();
                if (thread < stride) {
                    local[thread] = local[thread] + local[thread + stride];
                }
            }
            if (thread == 0 && surface < HEADS * ints[VIEW_CAPACITY]) {
                log[(int) floats.get(LOG_ROW) * logRow(ints[VIEW_CAPACITY]) + SUMS * surface + kind] = local[0];
            }
        }
    }
}
