package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * From the gradient of every pixel to the gradient of every tile entry.
 *
 * <p>A splat's gradient is a sum over pixels. Adding it up with atomics would make the result depend on the order in
 * which threads happen to run, and OpenCL has none for floats. So each entry of a tile's list gets a record of its own,
 * summed over the tile's pixels in a fixed order; {@link UpdateKernels} then adds a Gaussian's records in a fixed order.
 */
public final class BackwardKernels {

    /** What a pixel says of a splat: dL/dG G, and the derivatives by opacity and intensity of each head. */
    private static final int SHAPE = 0;
    private static final int SAYS = 5;

    /** What all pixels say of an entry; four floats more, so that the threads of a warp find each its own memory bank. */
    private static final int ALL_SAY = SAYS * TILE_PIXELS + 4;

    private BackwardKernels() {}

    /**
     * Group k has tile k, and takes {@code BATCH} entries of its list at a time, in three phases with a barrier between:
     * thread l is pixel l and draws the entries again, front to back, leaving in local memory what it says of each;
     * thread l becomes lane l % LANES of entry l / LANES and sums a share of the pixels, where du and dv come in again;
     * threads become fields of records and sum the lanes.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param slots input, the place of each entry's record
     * @param pixels input, the drawn planes
     * @param gradients input, dL / d pixel, a plane for each head of each view
     * @param records output, {@code GRADIENT_STRIDE} for each entry, side by side for each Gaussian
     */
    public static void records(KernelContext context, int[] ints, float[] floats, int[] form, float[] splats,
            int[] counters, int[] entries, int[] slots, float[] pixels, float[] gradients, float[] records) {
        int thread = context.localIdx;
        int tile = context.groupIdx;
        float[] batch = context.allocateFloatLocalArray(BATCH * SPLAT_STRIDE);
        float[] says = context.allocateFloatLocalArray(BATCH * ALL_SAY);
        float[] lanes = context.allocateFloatLocalArray(GRADIENT_STRIDE * BATCH * LANES);
        float[] splat = new float[SPLAT_STRIDE];
        float[] pixel = new float[4];
        float[] own = new float[GRADIENT_STRIDE];

        int tilesX = ints[TILES_X];
        int view = tile / (tilesX * ints[TILES_Y]);
        int within = tile - view * tilesX * ints[TILES_Y];
        int top = within / tilesX * TILE;
        int left = within % tilesX * TILE;
        int row = top + thread / TILE;
        int column = left + thread % TILE;
        int plane = form[WIDTH] * form[HEIGHT];
        int isInside = row < form[HEIGHT] && column < form[WIDTH] && view < views(floats) ? 1 : 0;
        int p = isInside != 0 ? row * form[WIDTH] + column : 0;
        int drawn = isInside != 0 ? 4 * view * plane + p : 0;
        int slope = isInside != 0 ? 2 * view * plane + p : 0;
        int compositing = form[COMPOSITING];
        float start = compositing == COMPOSITING_ALPHA ? 1f : 0f;
        pixel[0] = compositing == COMPOSITING_ALPHA ? start : pixels[drawn];
        pixel[1] = 0f;
        pixel[2] = compositing == COMPOSITING_ALPHA ? start : pixels[drawn + 2 * plane];
        pixel[3] = 0f;
        float imageColour = pixels[drawn + plane];
        float maskColour = pixels[drawn + 3 * plane];
        float imageSlope = isInside != 0 ? gradients[slope] : 0f;
        float maskSlope = isInside != 0 ? gradients[slope + plane] : 0f;
        int image = Targets.isWanted(floats, view, IMAGE_TARGET);
        int mask = Targets.isWanted(floats, view, MASK_TARGET);

        int end = BinKernels.listEnd(ints, counters, tile);
        for (int first = BinKernels.listStart(ints, counters, tile); first < end; first += BATCH) {
            int count = end - first < BATCH ? end - first : BATCH;
            context.localBarrier();
            for (int i = thread; i < count * SPLAT_STRIDE; i += TILE_PIXELS) {
                int k = i / SPLAT_STRIDE;
                batch[i] = splats[SPLAT_STRIDE * entries[first + k] + i - k * SPLAT_STRIDE];
            }
            context.localBarrier();

            for (int k = 0; k < count; k++) {
                for (int field = 0; field < SPLAT_STRIDE; field++) {
                    splat[field] = batch[SPLAT_STRIDE * k + field];
                }
                float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                        splat[MEAN_U] - column, splat[MEAN_V] - row);
                for (int field = 0; field < GRADIENT_STRIDE; field++) {
                    own[field] = 0f;
                }
                float shape = 0f;
                if (isInside != 0 && exponent >= -splat[CUT]) {
                    float gaussian = Transcendental.exp(exponent);
                    if (image != 0) {
                        shape += gaussian * head(compositing, splat, SPLAT_IMAGE_OPACITY, gaussian, pixel, 0,
                                imageColour, imageSlope, own);
                    }
                    if (mask != 0) {
                        shape += gaussian * head(compositing, splat, SPLAT_MASK_OPACITY, gaussian, pixel, 2,
                                maskColour, maskSlope, own);
                    }
                }
                int at = ALL_SAY * k + SAYS * thread;
                says[at + SHAPE] = shape;
                says[at + 1] = own[D_IMAGE_OPACITY];
                says[at + 2] = own[D_IMAGE_INTENSITY];
                says[at + 3] = own[D_MASK_OPACITY];
                says[at + 4] = own[D_MASK_INTENSITY];
            }
            context.localBarrier();

            int entry = thread / LANES;
            int lane = thread - entry * LANES;
            for (int field = 0; field < GRADIENT_STRIDE; field++) {
                own[field] = 0f;
            }
            for (int field = 0; field < SPLAT_STRIDE; field++) {
                splat[field] = batch[SPLAT_STRIDE * entry + field];
            }
            int pixelsOfLane = entry < count ? TILE_PIXELS : 0;
            for (int l = lane; l < pixelsOfLane; l += LANES) {
                int at = ALL_SAY * entry + SAYS * l;
                float du = splat[MEAN_U] - (left + l % TILE);
                float dv = splat[MEAN_V] - (top + l / TILE);
                AlphaCompositing.shapeGradient(splat, 0, du, dv, 1f, says[at + SHAPE], own, 0);
                own[D_IMAGE_OPACITY] = own[D_IMAGE_OPACITY] + says[at + 1];
                own[D_IMAGE_INTENSITY] = own[D_IMAGE_INTENSITY] + says[at + 2];
                own[D_MASK_OPACITY] = own[D_MASK_OPACITY] + says[at + 3];
                own[D_MASK_INTENSITY] = own[D_MASK_INTENSITY] + says[at + 4];
            }
            for (int field = 0; field < GRADIENT_STRIDE; field++) {
                lanes[GRADIENT_STRIDE * thread + field] = own[field];
            }
            context.localBarrier();

            for (int i = thread; i < count * GRADIENT_STRIDE; i += TILE_PIXELS) {
                int k = i / GRADIENT_STRIDE;
                int field = i - k * GRADIENT_STRIDE;
                float sum = 0f;
                for (int l = 0; l < LANES; l++) {
                    sum += lanes[GRADIENT_STRIDE * (k * LANES + l) + field];
                }
                int slot = slots[first + k];
                if (slot < ints[ENTRY_CAPACITY]) {
                    records[GRADIENT_STRIDE * slot + field] = sum;
                }
            }
        }
    }

    private static float head(int compositing, float[] splat, int opacityField, float gaussian, float[] pixel, int p,
            float colour, float slope, float[] own) {
        float dGaussian = 0f;
        if (compositing == COMPOSITING_ALPHA) {
            dGaussian = AlphaCompositing.drawGradient(
                    splat, 0, opacityField, gaussian, pixel, p, 1, colour, slope, own, 0);
        } else {
            dGaussian = NormalisedSum.drawGradient(splat, 0, opacityField, gaussian, pixel[p], colour, slope, own, 0);
        }
        return dGaussian;
    }
}
