package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Folding;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Fold and cull: every Gaussian at the time of every view. */
public final class FoldKernels {

    private FoldKernels() {}

    /**
     * Thread (g, view) folds Gaussian g at the view's time and finds the tiles that its ellipse meets. Those outside the
     * temporal window, nearly all in a long stack, are left after one exponential.
     *
     * <p>The tiles are decided here, once, and kept as integers: two kernels that each decided them anew could round
     * differently and disagree on how many there are.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param parameters input, rows x capacity
     * @param splats output, views x capacity x {@code SPLAT_STRIDE}; a culled splat keeps what it had
     * @param boxes output, views x capacity x {@code BOX_INTS}; a culled splat keeps what it had
     * @param entries output, views x capacity: how many tiles a splat meets, at least one when it is drawn; every live
     *     Gaussian's is written
     */
    public static void fold(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] parameters,
            float[] splats, int[] boxes, int[] entries) {
        int g = context.globalIdx;
        int view = context.globalIdy;
        if (g < ints[COUNT] && view < views(floats)) {
            int capacity = ints[CAPACITY];
            float t = floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * view + StepLayout.TIME);
            int index = view * capacity + g;
            int met = 0;
            if (isInWindow(parameters, capacity, form, g, t) != 0) {
                int s = SPLAT_STRIDE * index;
                if (Folding.fold(parameters, capacity, form, g, t, splats, s) != 0) {
                    int box = BOX_INTS * index;
                    int left = firstTile(splats[s + MEAN_U] - splats[s + EXTENT_U]);
                    int top = firstTile(splats[s + MEAN_V] - splats[s + EXTENT_V]);
                    int right = lastTile(splats[s + MEAN_U] + splats[s + EXTENT_U], ints[TILES_X]);
                    int bottom = lastTile(splats[s + MEAN_V] + splats[s + EXTENT_V], ints[TILES_Y]);
                    int columns = right - left + 1;
                    int rows = bottom - top + 1;
                    int count = columns * rows;
                    int tiles = 0;
                    int wanted = count > 32 ? 0 : count;
                    for (int i = 0; i < wanted; i++) {
                        int row = i / columns;
                        int meets = meetsTile(splats, s, left + i - row * columns, top + row);
                        tiles = tiles | meets << i;
                        met = met + meets;
                    }
                    // Between the pixels of all tiles: it is drawn, so it has a place, though nothing is seen of it.
                    tiles = met == 0 ? 1 : tiles;
                    tiles = count > 32 ? -1 : tiles;
                    met = met == 0 ? 1 : met;
                    met = count > 32 ? count : met;
                    boxes[box + BOX_FIRST] = left | top << 16;
                    boxes[box + BOX_SIZE] = columns | rows << 16;
                    boxes[box + BOX_TILES] = tiles;
                }
            }
            entries[index] = met;
        }
    }

    private static int isInWindow(float[] parameters, int capacity, int[] form, int g, float t) {
        float u = Folding.time(form[ANCHORED], parameters[io.github.medgs.kernel.Layout.TIME * capacity + g]) - t;
        float spread = io.github.medgs.kernel.Transcendental.exp(parameters[SPREAD * capacity + g]);
        return Folding.window(form[WINDOW], u, spread) > 0f ? 1 : 0;
    }

    private static int firstTile(float edge) {
        float within = edge > 0f ? edge : 0f;
        return (int) within / TILE;
    }

    private static int lastTile(float edge, int tiles) {
        int tile = edge < TILE * tiles ? (int) edge / TILE : tiles - 1;
        return tile < tiles ? tile : tiles - 1;
    }

    /**
     * Whether a splat's ellipse meets a tile: the least q over the tile's pixels' box is on the side that faces the
     * mean, where it is least along a vertical or along a horizontal line. Errs to the side of drawing.
     */
    public static int meetsTile(float[] splats, int s, int column, int row) {
        float left = column * TILE - splats[s + MEAN_U];
        float top = row * TILE - splats[s + MEAN_V];
        float a = splats[s + CONIC_A];
        float b = splats[s + CONIC_B];
        float c = splats[s + CONIC_C];
        float u = clamp(0f, left, left + (TILE - 1));
        float vAlong = clamp(-b * u / c, top, top + (TILE - 1));
        float v = clamp(0f, top, top + (TILE - 1));
        float uAlong = clamp(-b * v / a, left, left + (TILE - 1));
        float vertical = a * u * u + 2f * b * u * vAlong + c * vAlong * vAlong;
        float horizontal = a * uAlong * uAlong + 2f * b * uAlong * v + c * v * v;
        float least = vertical < horizontal ? vertical : horizontal;
        return least > 2.001f * splats[s + CUT] + 0.001f ? 0 : 1;
    }

    private static float clamp(float x, float low, float high) {
        float raised = x < low ? low : x;
        return raised > high ? high : raised;
    }
}
