package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Ssim;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * SSIM of a drawn head with its target, and its gradient: the separable window along rows, then columns, of five
 * moments; the slopes; and the same window along rows, then columns, of the three slopes, since a symmetric window is
 * its own transpose.
 *
 * <p>A thread is a pixel of a surface, which is a head of a view; groups are cut as in {@link LossKernels}. Surfaces
 * whose cost has no structural part are left at once.
 */
public final class SimilarityKernels {

    private SimilarityKernels() {}

    /** 1 when this thread has a pixel of a surface with a structural cost. */
    private static int takesPart(FloatArray floats, int surface, int p, int plane) {
        int view = surface / HEADS;
        int head = surface - HEADS * view;
        int wanted = Targets.isWanted(floats, view, head);
        return p < plane && wanted != 0 && weight(floats, surface) > 0f ? 1 : 0;
    }

    private static float weight(FloatArray floats, int surface) {
        int view = surface / HEADS;
        int head = surface - HEADS * view;
        return floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * view + FIRST_COST + COSTS * head + STRUCTURAL);
    }

    /** Offset of a surface's finished colour among the drawn planes. */
    private static int colour(int surface, int plane) {
        return (2 * surface + 1) * plane;
    }

    /**
     * The window along a row of x, y, xx, yy and xy.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param window input, the eleven weights
     * @param pixels input, the drawn planes
     * @param images input, the training slices; {@code masks} likewise; {@code pictures} those that came with the step
     * @param moments output, five planes for each surface
     */
    public static void moments(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] window,
            float[] pixels, float[] images, float[] masks, FloatArray pictures, float[] moments) {
        int surface = context.groupIdx / ints[PIXEL_GROUPS];
        int p = (context.groupIdx - surface * ints[PIXEL_GROUPS]) * GROUP + context.localIdx;
        int width = form[WIDTH];
        int plane = width * form[HEIGHT];
        if (takesPart(floats, surface, p, plane) != 0) {
            int view = surface / HEADS;
            int head = surface - HEADS * view;
            int target = Targets.of(floats, view, head);
            int colour = colour(surface, plane);
            int column = p % width;
            int from = column < Ssim.RADIUS ? -column : -Ssim.RADIUS;
            int to = width - 1 - column < Ssim.RADIUS ? width - 1 - column : Ssim.RADIUS;
            float meanX = 0f;
            float meanY = 0f;
            float squareX = 0f;
            float squareY = 0f;
            float product = 0f;
            for (int tap = from; tap <= to; tap++) {
                float weight = window[tap + Ssim.RADIUS];
                float x = pixels[colour + p + tap];
                float y = Targets.pixel(target, head, images, masks, pictures, plane, p + tap);
                meanX += weight * x;
                meanY += weight * y;
                squareX += weight * (x * x);
                squareY += weight * (y * y);
                product += weight * (x * y);
            }
            int at = 5 * surface * plane + p;
            moments[at] = meanX;
            moments[at + plane] = meanY;
            moments[at + 2 * plane] = squareX;
            moments[at + 3 * plane] = squareY;
            moments[at + 4 * plane] = product;
        }
    }

    /**
     * The window along a column of the five moments, SSIM and its slopes; the group sums SSIM.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param window input, the eleven weights
     * @param moments input, five planes for each surface
     * @param slopes output, three planes for each surface: by the mean, the square and the product
     * @param partials output, the similarity's sum of each group that takes part
     */
    public static void slopes(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] window,
            float[] moments, float[] slopes, float[] partials) {
        int thread = context.localIdx;
        float[] similarity = context.allocateFloatLocalArray(GROUP);
        int surface = context.groupIdx / ints[PIXEL_GROUPS];
        int p = (context.groupIdx - surface * ints[PIXEL_GROUPS]) * GROUP + thread;
        int width = form[WIDTH];
        int height = form[HEIGHT];
        int plane = width * height;
        float value = 0f;
        if (takesPart(floats, surface, p, plane) != 0) {
            int row = p / width;
            int from = row < Ssim.RADIUS ? -row : -Ssim.RADIUS;
            int to = height - 1 - row < Ssim.RADIUS ? height - 1 - row : Ssim.RADIUS;
            int at = 5 * surface * plane + p;
            float meanX = 0f;
            float meanY = 0f;
            float squareX = 0f;
            float squareY = 0f;
            float product = 0f;
            for (int tap = from; tap <= to; tap++) {
                float weight = window[tap + Ssim.RADIUS];
                int q = at + tap * width;
                meanX += weight * moments[q];
                meanY += weight * moments[q + plane];
                squareX += weight * moments[q + 2 * plane];
                squareY += weight * moments[q + 3 * plane];
                product += weight * moments[q + 4 * plane];
            }
            value = Ssim.value(meanX, meanY, squareX, squareY, product);
            int out = 3 * surface * plane + p;
            slopes[out] = Ssim.meanSlope(meanX, meanY, squareX, squareY, product);
            slopes[out + plane] = Ssim.squareSlope(meanX, meanY, squareX, squareY, product);
            slopes[out + 2 * plane] = Ssim.productSlope(meanX, meanY, squareX, squareY);
        }
        similarity[thread] = value;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                similarity[thread] = similarity[thread] + similarity[thread + stride];
            }
        }
        if (thread == 0) {
            partials[SUMS * context.groupIdx + SUM_SIMILARITY] = similarity[0];
        }
    }

    /**
     * The window along a row of the three slopes.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param window input, the eleven weights
     * @param slopes input, three planes for each surface
     * @param rows output, likewise
     */
    public static void spreadRows(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] window,
            float[] slopes, float[] rows) {
        int surface = context.groupIdx / ints[PIXEL_GROUPS];
        int p = (context.groupIdx - surface * ints[PIXEL_GROUPS]) * GROUP + context.localIdx;
        int width = form[WIDTH];
        int plane = width * form[HEIGHT];
        if (takesPart(floats, surface, p, plane) != 0) {
            int column = p % width;
            int from = column < Ssim.RADIUS ? -column : -Ssim.RADIUS;
            int to = width - 1 - column < Ssim.RADIUS ? width - 1 - column : Ssim.RADIUS;
            int at = 3 * surface * plane + p;
            float byMean = 0f;
            float bySquare = 0f;
            float byProduct = 0f;
            for (int tap = from; tap <= to; tap++) {
                float weight = window[tap + Ssim.RADIUS];
                byMean += weight * slopes[at + tap];
                bySquare += weight * slopes[at + tap + plane];
                byProduct += weight * slopes[at + tap + 2 * plane];
            }
            rows[at] = byMean;
            rows[at + plane] = bySquare;
            rows[at + 2 * plane] = byProduct;
        }
    }

    /**
     * The window along a column of the three slopes, and through x, xx and xy to the pixel:
     * dL / dx -= weight / pixels (w * dmean + 2 x w * dsquare + y w * dproduct).
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param window input, the eleven weights
     * @param rows input, three planes for each surface
     * @param pixels input, the drawn planes
     * @param images input, the training slices; {@code masks} likewise; {@code pictures} those that came with the step
     * @param gradients input and output, dL / d pixel
     */
    public static void spreadColumns(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] window,
            float[] rows, float[] pixels, float[] images, float[] masks, FloatArray pictures, float[] gradients) {
        int surface = context.groupIdx / ints[PIXEL_GROUPS];
        int p = (context.groupIdx - surface * ints[PIXEL_GROUPS]) * GROUP + context.localIdx;
        int width = form[WIDTH];
        int height = form[HEIGHT];
        int plane = width * height;
        if (takesPart(floats, surface, p, plane) != 0) {
            int row = p / width;
            int from = row < Ssim.RADIUS ? -row : -Ssim.RADIUS;
            int to = height - 1 - row < Ssim.RADIUS ? height - 1 - row : Ssim.RADIUS;
            int at = 3 * surface * plane + p;
            float byMean = 0f;
            float bySquare = 0f;
            float byProduct = 0f;
            for (int tap = from; tap <= to; tap++) {
                float weight = window[tap + Ssim.RADIUS];
                int q = at + tap * width;
                byMean += weight * rows[q];
                bySquare += weight * rows[q + plane];
                byProduct += weight * rows[q + 2 * plane];
            }
            int view = surface / HEADS;
            int head = surface - HEADS * view;
            int target = Targets.of(floats, view, head);
            float x = pixels[colour(surface, plane) + p];
            float y = Targets.pixel(target, head, images, masks, pictures, plane, p);
            float slope = byMean + 2f * x * bySquare + y * byProduct;
            int own = surface * plane + p;
            gradients[own] = gradients[own] - weight(floats, surface) / plane * slope;
        }
    }
}
