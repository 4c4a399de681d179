package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.NetworkLayout.*;
import static io.github.medgs.engine.tornado.kernels.StepLayout.GROUP;

import io.github.medgs.kernel.AdamUpdate;
import io.github.medgs.kernel.SquareRoot;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * How a network learns on a device: the gradient by its weights and biases, in one launch for all layers each, and Adam. Every
 * sum has one order.
 *
 * <p>{@code form} is the network's integers, and {@code count} the rows of the batch at hand.
 */
public final class LearningKernels {

    private LearningKernels() {}

    /** The layer that has a unit or a tile, counted through all layers. */
    private static int layerOf(int[] form, int first, int number) {
        int layer = 0;
        for (int l = 1; l < form[LAYERS]; l++) {
            layer = number >= form[FIRST_LAYER + l * LAYER_INTS + first] ? l : layer;
        }
        return layer;
    }

    /**
     * A group makes a tile of 64 x 64 numbers of a layer's weight gradient, the sum of d c', over one slice of the batch's
     * rows; thread by thread as {@link NetworkKernels#layer}.
     *
     * @param form input
     * @param count input
     * @param state input
     * @param parts output in part: for each slice of {@code SLICE} rows the weights of all layers
     */
    public static void weights(KernelContext context, int[] form, int[] count, float[] state, float[] parts) {
        float[] leftTile = context.allocateFloatLocalArray(DEEP * TILE);
        float[] rightTile = context.allocateFloatLocalArray(DEEP * TILE);
        int thread = context.localIdx;
        int slice = context.groupIdx / form[TILES];
        int tile = context.groupIdx - slice * form[TILES];
        int layer = layerOf(form, FIRST_TILE, tile);
        int ints = FIRST_LAYER + layer * LAYER_INTS;
        int in = form[ints + IN];
        int out = form[ints + OUT];
        int across = (in + TILE - 1) / TILE;
        int inLayer = tile - form[ints + FIRST_TILE];
        int firstUnit = inLayer / across * TILE;
        int firstColumn = (inLayer - inLayer / across * across) * TILE;
        // The output's derivative by itself is one number for each row; all others lie side by side.
        int left = layer + 1 == form[LAYERS] ? form[ONES] : form[CHANGES] + layer * form[CAPACITY] * form[WIDTH];
        int leftStride = layer + 1 == form[LAYERS] ? 1 : form[WIDTH];
        int right = form[GOT] + layer * form[CAPACITY] * form[WIDTH];
        int threadRow = thread / DEEP;
        int threadColumn = thread - threadRow * DEEP;
        int side = thread - thread / TILE * TILE;
        int end = slice * SLICE + SLICE < count[0] ? slice * SLICE + SLICE : count[0];
        float[] sums = new float[BLOCK * BLOCK];
        for (int i = 0; i < BLOCK * BLOCK; i++) {
            sums[i] = 0f;
        }
        for (int from = slice * SLICE; from < end; from += DEEP) {
            context.localBarrier();
            for (int i = 0; i < BLOCK; i++) {
                int deep = thread / TILE + i * (DEEP / BLOCK);
                int row = from + deep;
                int leftIn = row < end ? (firstUnit + side < out ? 1 : 0) : 0;
                int rightIn = row < end ? (firstColumn + side < in ? 1 : 0) : 0;
                leftTile[deep * TILE + side] = leftIn == 1
                        ? state[leftIn == 1 ? left + row * leftStride + firstUnit + side : 0] : 0f;
                rightTile[deep * TILE + side] = rightIn == 1
                        ? state[rightIn == 1 ? right + row * form[WIDTH] + firstColumn + side : 0] : 0f;
            }
            context.localBarrier();
            for (int k = 0; k < DEEP; k++) {
                int l = k * TILE + threadRow;
                int r = k * TILE + threadColumn;
                float l0 = leftTile[l];
                float l1 = leftTile[l + DEEP];
                float l2 = leftTile[l + 2 * DEEP];
                float l3 = leftTile[l + 3 * DEEP];
                float r0 = rightTile[r];
                float r1 = rightTile[r + DEEP];
                float r2 = rightTile[r + 2 * DEEP];
                float r3 = rightTile[r + 3 * DEEP];
                sums[0] = sums[0] + l0 * r0;
                sums[1] = sums[1] + l0 * r1;
                sums[2] = sums[2] + l0 * r2;
                sums[3] = sums[3] + l0 * r3;
                sums[4] = sums[4] + l1 * r0;
                sums[5] = sums[5] + l1 * r1;
                sums[6] = sums[6] + l1 * r2;
                sums[7] = sums[7] + l1 * r3;
                sums[8] = sums[8] + l2 * r0;
                sums[9] = sums[9] + l2 * r1;
                sums[10] = sums[10] + l2 * r2;
                sums[11] = sums[11] + l2 * r3;
                sums[12] = sums[12] + l3 * r0;
                sums[13] = sums[13] + l3 * r1;
                sums[14] = sums[14] + l3 * r2;
                sums[15] = sums[15] + l3 * r3;
            }
        }
        for (int i = 0; i < BLOCK * BLOCK; i++) {
            int unit = firstUnit + threadRow + i / BLOCK * DEEP;
            int column = firstColumn + threadColumn + (i - i / BLOCK * BLOCK) * DEEP;
            if (unit < out) {
                if (column < in) {
                    parts[slice * form[WEIGHTS] + form[ints + FIRST_WEIGHT] + unit * in + column] = sums[i];
                }
            }
        }
    }

    /**
     * Thread n sums alpha d of one unit, over one slice of the batch's rows: part of the biases' gradient.
     *
     * @param form input
     * @param count input
     * @param state input
     * @param parts output in part: for each slice the units of all layers
     */
    public static void biases(KernelContext context, int[] form, int[] count, float[] state, float[] parts) {
        int n = context.globalIdx;
        int slice = n / form[UNITS];
        int unit = n - slice * form[UNITS];
        int layer = layerOf(form, FIRST_UNIT, unit);
        int stride = layer + 1 == form[LAYERS] ? 1 : form[WIDTH];
        int column = unit - form[FIRST_LAYER + layer * LAYER_INTS + FIRST_UNIT];
        int from = layer + 1 == form[LAYERS] ? form[ONES] : form[CHANGES] + layer * form[CAPACITY] * form[WIDTH] + column;
        int end = slice * SLICE + SLICE < count[0] ? slice * SLICE + SLICE : count[0];
        float sum = 0f;
        for (int row = slice * SLICE; row < end; row++) {
            sum = sum + state[form[ALPHA] + row] * state[from + row * stride];
        }
        if (slice * SLICE < form[CAPACITY]) {
            parts[n] = sum;
        }
    }

    /**
     * Group u moves what unit u has learnt by one step of Adam: its direction, its length and its bias. From the gradient by
     * its weights W to those by V and the length: with v = V / |V|, d length = dW . v and dV = length / |V| (dW - (dW . v) v).
     *
     * @param form input
     * @param count input
     * @param step input, {@code STEP_FLOATS}
     * @param weightParts input, as {@link #weights} wrote them; the first slice is overwritten
     * @param biasParts input, as {@link #biases} wrote them
     * @param directions input and output, V of all layers; {@code first} and {@code second}, Adam's moments, likewise
     * @param units input and output: lengths of all units, then biases; their moments, {@code firstOfUnits} and
     *     {@code secondOfUnits}, likewise
     */
    public static void descend(KernelContext context, int[] form, int[] count, float[] step, float[] weightParts,
            float[] biasParts, float[] directions, float[] first, float[] second, float[] units, float[] firstOfUnits,
            float[] secondOfUnits) {
        float[] squares = context.allocateFloatLocalArray(GROUP);
        float[] alongs = context.allocateFloatLocalArray(GROUP);
        int thread = context.localIdx;
        int unit = context.groupIdx;
        int layer = layerOf(form, FIRST_UNIT, unit);
        int ints = FIRST_LAYER + layer * LAYER_INTS;
        int in = form[ints + IN];
        int from = form[ints + FIRST_WEIGHT] + (unit - form[ints + FIRST_UNIT]) * in;
        int slices = (count[0] + SLICE - 1) / SLICE;
        float square = 0f;
        float along = 0f;
        for (int i = thread; i < in; i += GROUP) {
            float sum = 0f;
            for (int slice = 0; slice < slices; slice++) {
                sum = sum + weightParts[slice * form[WEIGHTS] + from + i];
            }
            weightParts[from + i] = sum;
            square = square + directions[from + i] * directions[from + i];
            along = along + sum * directions[from + i];
        }
        squares[thread] = square;
        alongs[thread] = along;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                squares[thread] = squares[thread] + squares[thread + stride];
                alongs[thread] = alongs[thread] + alongs[thread + stride];
            }
        }
        context.localBarrier();
        float norm = SquareRoot.of(squares[0]);
        float byLength = form[NORMALISED] == 1 ? alongs[0] / norm : 0f;
        float scale = form[NORMALISED] == 1 ? units[unit] / norm : 1f;
        float share = form[NORMALISED] == 1 ? byLength / norm : 0f;
        for (int i = thread; i < in; i += GROUP) {
            float gradient = scale * (weightParts[from + i] - share * directions[from + i]);
            AdamUpdate.apply(directions, first, second, from + i, gradient, step[STEP_SIZE], step[CORRECTION], step[BETA_1],
                    step[BETA_2], step[EPSILON]);
        }
        // All have read the length before one moves it.
        context.localBarrier();
        if (thread == 0) {
            float sum = 0f;
            for (int slice = 0; slice < slices; slice++) {
                sum = sum + biasParts[slice * form[UNITS] + unit];
            }
            AdamUpdate.apply(units, firstOfUnits, secondOfUnits, form[UNITS] + unit, sum, step[STEP_SIZE], step[CORRECTION],
                    step[BETA_1], step[BETA_2], step[EPSILON]);
            if (form[NORMALISED] == 1) {
                AdamUpdate.apply(units, firstOfUnits, secondOfUnits, unit, byLength, step[STEP_SIZE], step[CORRECTION],
                        step[BETA_1], step[BETA_2], step[EPSILON]);
            }
        }
    }

    /**
     * Group u makes unit u's weights of what it has learnt, W = length V / |V|, both ways round: a row of W is what the
     * gradient's product reads side by side, a column what the values' does.
     *
     * @param form input
     * @param directions input
     * @param units input
     * @param weights output, units x numbers in, layer by layer; {@code transposed}, numbers in x units
     */
    public static void refresh(KernelContext context, int[] form, float[] directions, float[] units, float[] weights,
            float[] transposed) {
        float[] squares = context.allocateFloatLocalArray(GROUP);
        int thread = context.localIdx;
        int unit = context.groupIdx;
        int layer = layerOf(form, FIRST_UNIT, unit);
        int ints = FIRST_LAYER + layer * LAYER_INTS;
        int in = form[ints + IN];
        int out = form[ints + OUT];
        int row = unit - form[ints + FIRST_UNIT];
        int from = form[ints + FIRST_WEIGHT] + row * in;
        float square = 0f;
        for (int i = thread; i < in; i += GROUP) {
            square = square + directions[from + i] * directions[from + i];
        }
        squares[thread] = square;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                squares[thread] = squares[thread] + squares[thread + stride];
            }
        }
        context.localBarrier();
        float scale = form[NORMALISED] == 1 ? units[unit] / SquareRoot.of(squares[0]) : 1f;
        for (int i = thread; i < in; i += GROUP) {
            float weight = scale * directions[from + i];
            weights[from + i] = weight;
            transposed[form[ints + FIRST_WEIGHT] + i * out + row] = weight;
        }
    }
}
