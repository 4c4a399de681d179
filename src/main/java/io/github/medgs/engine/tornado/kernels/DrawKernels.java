package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;

/** Rasterisation: a group of threads draws a tile of a view, both heads in one pass. */
public final class DrawKernels {

    private DrawKernels() {}

    /**
     * Thread l of group k draws pixel l of tile k (counted over all views). The group reads the tile's splats into local
     * memory, a batch at a time, each thread one; then every thread walks the batch in order for its own pixel. A pixel
     * that is finished (no transmittance left in either wanted head) only helps to load.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param pixels output, for each view four planes of height x width: the image head's sum of weights or
     *     transmittance, its finished colour, and the mask head's two; written whole for every view of the step
     */
    public static void draw(KernelContext context, int[] ints, float[] floats, int[] form, float[] splats,
            int[] counters, int[] entries, float[] pixels) {
        int thread = context.localIdx;
        int tile = context.groupIdx;
        float[] batch = context.allocateFloatLocalArray(TILE_PIXELS * SPLAT_STRIDE);
        float[] splat = new float[SPLAT_STRIDE];
        float[] pixel = new float[4];

        int tilesX = ints[TILES_X];
        int view = tile / (tilesX * ints[TILES_Y]);
        int within = tile - view * tilesX * ints[TILES_Y];
        int row = within / tilesX * TILE + thread / TILE;
        int column = within % tilesX * TILE + thread % TILE;
        int isInside = row < form[HEIGHT] && column < form[WIDTH] && view < views(floats) ? 1 : 0;
        int image = Targets.isWanted(floats, view, IMAGE_TARGET);
        int mask = Targets.isWanted(floats, view, MASK_TARGET);
        int compositing = form[COMPOSITING];
        float start = compositing == COMPOSITING_ALPHA ? 1f : 0f;
        pixel[0] = start;
        pixel[1] = 0f;
        pixel[2] = start;
        pixel[3] = 0f;

        int end = BinKernels.listEnd(ints, counters, tile);
        for (int first = BinKernels.listStart(ints, counters, tile); first < end; first += TILE_PIXELS) {
            context.localBarrier();
            if (first + thread < end) {
                int s = SPLAT_STRIDE * entries[first + thread];
                for (int field = 0; field < SPLAT_STRIDE; field++) {
                    batch[SPLAT_STRIDE * thread + field] = splats[s + field];
                }
            }
            context.localBarrier();
            int count = end - first < TILE_PIXELS ? end - first : TILE_PIXELS;
            int imageDone = image == 0 || pixel[0] == 0f ? 1 : 0;
            int maskDone = mask == 0 || pixel[2] == 0f ? 1 : 0;
            int done = compositing == COMPOSITING_ALPHA ? imageDone * maskDone : 0;
            int bound = isInside == 0 || done != 0 ? 0 : count;
            for (int k = 0; k < bound; k++) {
                for (int field = 0; field < SPLAT_STRIDE; field++) {
                    splat[field] = batch[SPLAT_STRIDE * k + field];
                }
                float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                        splat[MEAN_U] - column, splat[MEAN_V] - row);
                if (exponent >= -splat[CUT]) {
                    float gaussian = Transcendental.exp(exponent);
                    if (image != 0) {
                        drawHead(compositing, splat, SPLAT_IMAGE_OPACITY, gaussian, pixel, 0);
                    }
                    if (mask != 0) {
                        drawHead(compositing, splat, SPLAT_MASK_OPACITY, gaussian, pixel, 2);
                    }
                }
            }
        }
        if (isInside != 0) {
            int plane = form[WIDTH] * form[HEIGHT];
            int p = 4 * view * plane + row * form[WIDTH] + column;
            pixels[p] = pixel[0];
            pixels[p + plane] = finish(compositing, pixel[0], pixel[1]);
            pixels[p + 2 * plane] = pixel[2];
            pixels[p + 3 * plane] = finish(compositing, pixel[2], pixel[3]);
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
