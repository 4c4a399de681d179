package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * Earlier forms of {@link DrawKernels#draw}, to compare with: one view, its image head. The engine uses neither.
 */
public final class DrawForms {

    private DrawForms() {}

    /**
     * First form. Thread p draws pixel p, and asks every Gaussian.
     *
     * @param ints input, the plan's integers
     * @param form input, the model's form
     * @param splats input, capacity x {@code SPLAT_STRIDE}
     * @param tiles input, how many tiles each splat meets
     * @param pixels output, two planes: transmittance or sum of weights, and the finished colour
     */
    public static void everySplat(KernelContext context, int[] ints, int[] form, float[] splats, int[] tiles,
            float[] pixels) {
        int p = context.globalIdx;
        float[] splat = new float[SPLAT_STRIDE];
        float[] pixel = new float[2];
        int plane = form[WIDTH] * form[HEIGHT];
        if (p < plane) {
            pixel[0] = form[COMPOSITING] == COMPOSITING_ALPHA ? 1f : 0f;
            pixel[1] = 0f;
            for (int g = 0; g < ints[COUNT]; g++) {
                if (tiles[g] != 0) {
                    drawSplat(form, splats, g, p, splat, pixel);
                }
            }
            pixels[p] = pixel[0];
            pixels[p + plane] = DrawKernels.finish(form[COMPOSITING], pixel[0], pixel[1]);
        }
    }

    /**
     * Second form. Thread p draws pixel p, and asks the splats on its tile's list, each fetched from the device's memory.
     *
     * @param ints input, the plan's integers
     * @param form input, the model's form
     * @param splats input, capacity x {@code SPLAT_STRIDE}
     * @param counters input, where each tile's list ends
     * @param entries input, the tiles' lists
     * @param pixels output, as {@link #everySplat}
     */
    public static void listed(KernelContext context, int[] ints, int[] form, float[] splats, int[] counters,
            int[] entries, float[] pixels) {
        int p = context.globalIdx;
        float[] splat = new float[SPLAT_STRIDE];
        float[] pixel = new float[2];
        int plane = form[WIDTH] * form[HEIGHT];
        if (p < plane) {
            pixel[0] = form[COMPOSITING] == COMPOSITING_ALPHA ? 1f : 0f;
            pixel[1] = 0f;
            int row = p / form[WIDTH];
            int tile = row / TILE * ints[TILES_X] + (p - row * form[WIDTH]) / TILE;
            int end = BinKernels.listEnd(ints, counters, tile);
            for (int e = BinKernels.listStart(ints, counters, tile); e < end; e++) {
                drawSplat(form, splats, entries[e], p, splat, pixel);
            }
            pixels[p] = pixel[0];
            pixels[p + plane] = DrawKernels.finish(form[COMPOSITING], pixel[0], pixel[1]);
        }
    }

    private static void drawSplat(int[] form, float[] splats, int index, int p, float[] splat, float[] pixel) {
        for (int field = 0; field < SPLAT_STRIDE; field++) {
            splat[field] = splats[SPLAT_STRIDE * index + field];
        }
        int row = p / form[WIDTH];
        float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                splat[MEAN_U] - (p - row * form[WIDTH]), splat[MEAN_V] - row);
        if (exponent >= -splat[CUT]) {
            DrawKernels.drawHead(form[COMPOSITING], splat, SPLAT_IMAGE_OPACITY, Transcendental.exp(exponent), pixel, 0);
        }
    }
}
