package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * From the gradient of every pixel to the gradient of every tile entry.
 *
 * <p>A splat's gradient is a sum over pixels. Adding it up with atomics would make the result depend on the order in
 * which threads happen to run, and OpenCL has none for floats. So each entry of a tile's list gets a record of its own,
 * summed over the tile's pixels in a fixed order; {@link UpdateKernels} then adds a Gaussian's records in a fixed order.
 */
public final class BackwardKernels {

    /** What a pixel says of a splat: the derivatives by opacity and intensity of each head. */
    private static final int SAYS = 4;

    /** What all pixels say of an entry, field by field; four floats more, so that threads find each its own bank. */
    private static final int ALL_SAY = SAYS * TILE_PIXELS + 4;

    /**
     * Group k has segment k % SEGMENTS of tile k / SEGMENTS, and takes {@code BATCH} of its entries at a time, in three
     * phases with a barrier between: thread l is pixel l, finds the entries whose ellipse holds it, draws those again,
     * front to back, and leaves in local memory what it says of each; thread l becomes lane l % LANES of entry l / LANES
     * and sums a share of the pixels, where du and dv come in again; threads become fields of records and sum the lanes.
     *
     * <p>What a pixel says of a splat's shape, dL/dG G, is its two derivatives by opacity times the opacities.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param slots input, the place of each entry's record
     * @param states input, what stands before each segment
     * @param pixels input, the drawn planes
     * @param gradients input, dL / d pixel, a plane for each head of each view
     * @param records output, {@code GRADIENT_STRIDE} for each entry, side by side for each Gaussian
     */
    public static void records(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] splats,
            int[] counters, int[] entries, int[] slots, float[] states, float[] pixels, float[] gradients,
            float[] records) {
        int thread = context.localIdx;
        int tile = context.groupIdx / ints[SEGMENTS];
        int segment = context.groupIdx - tile * ints[SEGMENTS];
        float[] batch = context.allocateFloatLocalArray(BATCH * SPLAT_STRIDE);
        float[] says = context.allocateFloatLocalArray(BATCH * ALL_SAY);
        float[] lanes = context.allocateFloatLocalArray(GRADIENT_STRIDE * BATCH * LANES);
        float[] splat = new float[SPLAT_STRIDE];
        float[] pixel = new float[STATE];
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
        int s = STATE * TILE_PIXELS * context.groupIdx + thread;
        pixel[0] = compositing == COMPOSITING_ALPHA ? before(states[s]) : pixels[drawn];
        pixel[1] = states[s + TILE_PIXELS];
        pixel[2] = compositing == COMPOSITING_ALPHA
                ? before(states[s + 2 * TILE_PIXELS]) : pixels[drawn + 2 * plane];
        pixel[3] = states[s + 3 * TILE_PIXELS];
        float imageColour = pixels[drawn + plane];
        float maskColour = pixels[drawn + 3 * plane];
        float imageSlope = isInside != 0 ? gradients[slope] : 0f;
        float maskSlope = isInside != 0 ? gradients[slope + plane] : 0f;
        int image = Targets.isWanted(floats, view, IMAGE_TARGET);
        int mask = Targets.isWanted(floats, view, MASK_TARGET);

        int listStart = BinKernels.listStart(ints, counters, tile);
        int listEnd = BinKernels.listEnd(ints, counters, tile);
        int size = DrawKernels.segmentSize(ints, listEnd - listStart);
        int start = listStart + segment * size;
        int end = start + size < listEnd ? start + size : listEnd;
        for (int first = start; first < end; first += BATCH) {
            int count = end - first < BATCH ? end - first : BATCH;
            context.localBarrier();
            for (int i = thread; i < count * SPLAT_STRIDE; i += TILE_PIXELS) {
                int k = i / SPLAT_STRIDE;
                batch[i] = splats[SPLAT_STRIDE * entries[first + k] + i - k * SPLAT_STRIDE];
            }
            context.localBarrier();

            int holds = 0;
            for (int k = 0; k < count; k++) {
                int b = SPLAT_STRIDE * k;
                float exponent = AlphaCompositing.exponent(batch[b + CONIC_A], batch[b + CONIC_B],
                        batch[b + CONIC_C], batch[b + MEAN_U] - column, batch[b + MEAN_V] - row);
                int isHeld = exponent >= -batch[b + CUT] ? 1 : 0;
                holds = holds | isInside * isHeld << k;
                for (int i = 0; i < SAYS; i++) {
                    says[ALL_SAY * k + i * TILE_PIXELS + thread] = 0f;
                }
            }
            while (holds != 0) {
                int k = Integer.bitCount((holds & -holds) - 1);
                holds = holds & (holds - 1);
                for (int field = 0; field < SPLAT_STRIDE; field++) {
                    splat[field] = batch[SPLAT_STRIDE * k + field];
                }
                for (int field = 0; field < GRADIENT_STRIDE; field++) {
                    own[field] = 0f;
                }
                float gaussian = Transcendental.expWithinCut(AlphaCompositing.exponent(splat[CONIC_A],
                        splat[CONIC_B], splat[CONIC_C], splat[MEAN_U] - column, splat[MEAN_V] - row));
                if (image != 0) {
                    head(compositing, splat, SPLAT_IMAGE_OPACITY, gaussian, pixel, 0, imageColour, imageSlope, own);
                }
                if (mask != 0) {
                    head(compositing, splat, SPLAT_MASK_OPACITY, gaussian, pixel, 2, maskColour, maskSlope, own);
                }
                int at = ALL_SAY * k + thread;
                says[at] = own[D_IMAGE_OPACITY];
                says[at + TILE_PIXELS] = own[D_IMAGE_INTENSITY];
                says[at + 2 * TILE_PIXELS] = own[D_MASK_OPACITY];
                says[at + 3 * TILE_PIXELS] = own[D_MASK_INTENSITY];
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
                int at = ALL_SAY * entry + l;
                float du = splat[MEAN_U] - (left + l % TILE);
                float dv = splat[MEAN_V] - (top + l / TILE);
                float shape = splat[SPLAT_IMAGE_OPACITY] * says[at]
                        + splat[SPLAT_MASK_OPACITY] * says[at + 2 * TILE_PIXELS];
                AlphaCompositing.shapeGradient(splat, 0, du, dv, 1f, shape, own, 0);
                own[D_IMAGE_OPACITY] = own[D_IMAGE_OPACITY] + says[at];
                own[D_IMAGE_INTENSITY] = own[D_IMAGE_INTENSITY] + says[at + TILE_PIXELS];
                own[D_MASK_OPACITY] = own[D_MASK_OPACITY] + says[at + 2 * TILE_PIXELS];
                own[D_MASK_INTENSITY] = own[D_MASK_INTENSITY] + says[at + 3 * TILE_PIXELS];
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

    /** The transmittance before a segment, whose sign says something else. */
    private static float before(float state) {
        return state < 0f ? -state : state;
    }

    private static void head(int compositing, float[] splat, int opacityField, float gaussian, float[] pixel, int p,
            float colour, float slope, float[] own) {
        if (compositing == COMPOSITING_ALPHA) {
            AlphaCompositing.drawGradient(splat, 0, opacityField, gaussian, pixel, p, 1, colour, slope, own, 0);
        } else {
            NormalisedSum.drawGradient(splat, 0, opacityField, gaussian, pixel[p], colour, slope, own, 0);
        }
    }
}
