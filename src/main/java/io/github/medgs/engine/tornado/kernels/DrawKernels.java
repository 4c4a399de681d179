package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Rasterisation: a group of threads draws a segment of a tile's list, both heads in one pass; then the segments of each
 * tile are put together. Long lists are cut, since a device waits for the longest.
 *
 * <p>Both compositings allow it: sums add, and behind transmittance T a segment that leaves T_s and C_s of its own adds
 * T C_s and leaves T T_s. Only where alpha compositing finishes a pixel within a segment (see {@link AlphaCompositing})
 * is the pixel drawn there once more, from what stands before the segment.
 */
public final class DrawKernels {

    private DrawKernels() {}

    /** Entries of each segment of a list, whole batches of them; the last may have fewer. */
    public static int segmentSize(int[] ints, int entries) {
        int each = (entries + ints[SEGMENTS] - 1) / ints[SEGMENTS];
        int size = (each + TILE_PIXELS - 1) / TILE_PIXELS * TILE_PIXELS;
        return size > 0 ? size : TILE_PIXELS;
    }

    /**
     * Group k draws segment k % SEGMENTS of tile k / SEGMENTS (counted over all views), thread l its pixel l. The group
     * reads the splats into local memory, a batch at a time, each thread one. Of a batch a thread first finds the
     * entries whose ellipse holds its pixel, half a batch in the bits of an integer, and then draws those in order: few
     * do, and so the threads of a warp wait for the longest of their short lists, not for all of them together.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param states output, {@code STATE} x {@code TILE_PIXELS} for each segment that has entries: for each head the
     *     sum of weights or the transmittance, and the colour, of the segment alone
     */
    public static void draw(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] splats,
            int[] counters, int[] entries, float[] states) {
        int thread = context.localIdx;
        int tile = context.groupIdx / ints[SEGMENTS];
        int segment = context.groupIdx - tile * ints[SEGMENTS];
        float[] pixel = new float[STATE];

        int tilesX = ints[TILES_X];
        int view = tile / (tilesX * ints[TILES_Y]);
        int within = tile - view * tilesX * ints[TILES_Y];
        int row = within / tilesX * TILE + thread / TILE;
        int column = within % tilesX * TILE + thread % TILE;
        int image = Targets.isWanted(floats, view, IMAGE_TARGET);
        int mask = Targets.isWanted(floats, view, MASK_TARGET);
        int compositing = form[COMPOSITING];
        pixel[0] = start(compositing);
        pixel[1] = 0f;
        pixel[2] = start(compositing);
        pixel[3] = 0f;

        int listStart = BinKernels.listStart(ints, counters, tile);
        int listEnd = BinKernels.listEnd(ints, counters, tile);
        int size = segmentSize(ints, listEnd - listStart);
        int start = listStart + segment * size;
        int end = start + size < listEnd ? start + size : listEnd;
        drawList(context, compositing, image, mask, splats, entries, start, end, column, row, pixel);
        int s = STATE * TILE_PIXELS * context.groupIdx + thread;
        if (start < end) {
            for (int i = 0; i < STATE; i++) {
                states[s + i * TILE_PIXELS] = pixel[i];
            }
        }
    }

    private static float start(int compositing) {
        return compositing == COMPOSITING_ALPHA ? 1f : 0f;
    }

    /**
     * Draws the entries from one to another, batch by batch. All threads of a group take part. Local memory is asked for
     * here: handed to a method, TornadoVM 5.2 takes it for an array with a header, and reads and writes beyond it.
     */
    private static void drawList(KernelContext context, int compositing, int image, int mask, float[] splats,
            int[] entries, int start, int end, int column, int row, float[] pixel) {
        int thread = context.localIdx;
        float[] batch = context.allocateFloatLocalArray(TILE_PIXELS * SPLAT_STRIDE);
        float[] splat = new float[SPLAT_STRIDE];
        for (int first = start; first < end; first += TILE_PIXELS) {
            context.localBarrier();
            if (first + thread < end) {
                int s = SPLAT_STRIDE * entries[first + thread];
                for (int field = 0; field < SPLAT_STRIDE; field++) {
                    batch[SPLAT_STRIDE * thread + field] = splats[s + field];
                }
            }
            context.localBarrier();
            int count = end - first < TILE_PIXELS ? end - first : TILE_PIXELS;
            for (int half = 0; half < count; half += 32) {
                int bound = count - half < 32 ? count - half : 32;
                int holds = 0;
                for (int k = 0; k < bound; k++) {
                    int s = SPLAT_STRIDE * (half + k);
                    float exponent = AlphaCompositing.exponent(batch[s + CONIC_A], batch[s + CONIC_B],
                            batch[s + CONIC_C], batch[s + MEAN_U] - column, batch[s + MEAN_V] - row);
                    int isHeld = exponent >= -batch[s + CUT] ? 1 : 0;
                    holds = holds | isHeld << k;
                }
                while (holds != 0) {
                    int k = half + Integer.bitCount((holds & -holds) - 1);
                    holds = holds & (holds - 1);
                    for (int field = 0; field < SPLAT_STRIDE; field++) {
                        splat[field] = batch[SPLAT_STRIDE * k + field];
                    }
                    float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                            splat[MEAN_U] - column, splat[MEAN_V] - row);
                    float gaussian = Transcendental.expWithinCut(exponent);
                    if (image != 0) {
                        drawHead(compositing, splat, SPLAT_IMAGE_OPACITY, gaussian, pixel, 0);
                    }
                    if (mask != 0) {
                        drawHead(compositing, splat, SPLAT_MASK_OPACITY, gaussian, pixel, 2);
                    }
                }
            }
        }
    }

    /**
     * Group k puts tile k together, thread l its pixel l.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param counters input, where each tile's list ends
     * @param states input, what {@link #draw} left; output, what stands before each segment, with a minus sign where
     *     the head is finished within it
     * @param pixels output, for each view four planes of height x width: the image head's sum of weights or
     *     transmittance, its finished colour, and the mask head's two; written whole for every view of the step. Of a
     *     head that is finished within a segment the colour before that
     */
    public static void compose(KernelContext context, int[] ints, FloatArray floats, int[] form, int[] counters,
            float[] states, float[] pixels) {
        int thread = context.localIdx;
        int tile = context.groupIdx;
        float[] pixel = new float[STATE];

        int tilesX = ints[TILES_X];
        int view = tile / (tilesX * ints[TILES_Y]);
        int within = tile - view * tilesX * ints[TILES_Y];
        int row = within / tilesX * TILE + thread / TILE;
        int column = within % tilesX * TILE + thread % TILE;
        int compositing = form[COMPOSITING];
        pixel[0] = start(compositing);
        pixel[1] = 0f;
        pixel[2] = start(compositing);
        pixel[3] = 0f;

        int listEnd = BinKernels.listEnd(ints, counters, tile);
        int listStart = BinKernels.listStart(ints, counters, tile);
        int size = segmentSize(ints, listEnd - listStart);
        int s = STATE * TILE_PIXELS * ints[SEGMENTS] * tile + thread;
        int isAlpha = compositing == COMPOSITING_ALPHA ? 1 : 0;
        for (int first = listStart; first < listEnd; first += size) {
            for (int p = 0; p < STATE; p += 2) {
                float before = pixel[p];
                float own = states[s + p * TILE_PIXELS];
                float colour = states[s + (p + 1) * TILE_PIXELS];
                // Products of whole numbers, since TornadoVM 5.2 negates a joined condition wrongly where it is used twice.
                int finishes = isAlpha * isPositive(before)
                        * isPositive(AlphaCompositing.TRANSMITTANCE_LOWEST - before * own);
                int goesOn = 1 - finishes;
                states[s + p * TILE_PIXELS] = (goesOn - finishes) * before;
                states[s + (p + 1) * TILE_PIXELS] = pixel[p + 1];
                float sum = isAlpha != 0 ? before * own : before + own;
                float added = isAlpha != 0 ? before * colour : colour;
                pixel[p] = goesOn * sum;
                pixel[p + 1] = pixel[p + 1] + goesOn * added;
            }
            s = s + STATE * TILE_PIXELS;
        }
        if (row < form[HEIGHT] && column < form[WIDTH] && view < views(floats)) {
            int plane = form[WIDTH] * form[HEIGHT];
            int p = 4 * view * plane + row * form[WIDTH] + column;
            pixels[p] = pixel[0];
            pixels[p + plane] = finish(compositing, pixel[0], pixel[1]);
            pixels[p + 2 * plane] = pixel[2];
            pixels[p + 3 * plane] = finish(compositing, pixel[2], pixel[3]);
        }
    }

    private static int isPositive(float value) {
        return value > 0f ? 1 : 0;
    }

    /**
     * Groups and threads as {@link #draw}; of alpha compositing alone. A group in whose segment a pixel is finished
     * draws it once more, and such pixels take their colour from that.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param states input, what stands before each segment
     * @param pixels input and output, the drawn planes
     */
    public static void finishPixels(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] splats,
            int[] counters, int[] entries, float[] states, float[] pixels) {
        int thread = context.localIdx;
        int tile = context.groupIdx / ints[SEGMENTS];
        int segment = context.groupIdx - tile * ints[SEGMENTS];
        int[] wanted = context.allocateIntLocalArray(1);
        float[] pixel = new float[STATE];

        int tilesX = ints[TILES_X];
        int view = tile / (tilesX * ints[TILES_Y]);
        int within = tile - view * tilesX * ints[TILES_Y];
        int row = within / tilesX * TILE + thread / TILE;
        int column = within % tilesX * TILE + thread % TILE;
        int isInside = row < form[HEIGHT] && column < form[WIDTH] && view < views(floats) ? 1 : 0;
        int listStart = BinKernels.listStart(ints, counters, tile);
        int listEnd = BinKernels.listEnd(ints, counters, tile);
        int size = segmentSize(ints, listEnd - listStart);
        int start = listStart + segment * size;
        int end = start + size < listEnd ? start + size : listEnd;
        int hasPixel = isInside != 0 && start < end ? 1 : 0;
        int s = STATE * TILE_PIXELS * context.groupIdx + thread;
        int image = hasPixel * isPositive(-states[s]);
        int mask = hasPixel * isPositive(-states[s + 2 * TILE_PIXELS]);
        pixel[0] = -states[s];
        pixel[1] = states[s + TILE_PIXELS];
        pixel[2] = -states[s + 2 * TILE_PIXELS];
        pixel[3] = states[s + 3 * TILE_PIXELS];
        if (thread == 0) {
            wanted[0] = 0;
        }
        context.localBarrier();
        if (image + mask != 0) {
            wanted[0] = 1;
        }
        context.localBarrier();
        int bound = wanted[0] != 0 ? end : start;
        drawList(context, form[COMPOSITING], image, mask, splats, entries, start, bound, column, row, pixel);
        int plane = form[WIDTH] * form[HEIGHT];
        int p = 4 * view * plane + row * form[WIDTH] + column;
        if (image != 0) {
            pixels[p + plane] = pixel[1];
        }
        if (mask != 0) {
            pixels[p + 3 * plane] = pixel[3];
        }
    }

    static void drawHead(int compositing, float[] splat, int opacityField, float gaussian, float[] pixel,
            int p) {
        if (compositing == COMPOSITING_ALPHA) {
            AlphaCompositing.draw(splat, 0, opacityField, gaussian, pixel, p, 1);
        } else {
            NormalisedSum.draw(splat, 0, opacityField, gaussian, pixel, p, 1);
        }
    }

    static float finish(int compositing, float sum, float colour) {
        float quotient = NormalisedSum.finish(sum, colour);
        return compositing == COMPOSITING_ALPHA ? colour : quotient;
    }
}
