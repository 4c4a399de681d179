package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.NetworkLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;

/**
 * A network's passes on a device. All three of {@code neural.Network} are one kernel, {@link #layer}: they differ in what lies
 * where. Every sum has one order, so the same input gives the same bits.
 *
 * <p>{@code form} is the network's integers, and {@code count} the rows of the batch at hand.
 */
public final class NetworkKernels {

    private NetworkKernels() {}

    /**
     * Thread r writes what no batch changes: the derivative of f by itself, 1, and for networks without a join that nothing
     * comes through it.
     *
     * @param form input
     * @param state output in part, {@code STATE} floats
     */
    public static void begin(KernelContext context, int[] form, float[] state) {
        int r = context.globalIdx;
        if (r < form[CAPACITY]) {
            state[form[ONES] + r] = 1f;
            for (int i = 0; i < form[INPUTS]; i++) {
                state[form[JOINED] + r * form[INPUTS] + i] = 0f;
            }
        }
    }

    /**
     * Thread i lays down a number of a batch's points, where the first layer gets it and where it is joined again.
     *
     * @param form input
     * @param count input
     * @param points input, rows x inputs
     * @param state output in part
     */
    public static void enter(KernelContext context, int[] form, int[] count, float[] points, float[] state) {
        int i = context.globalIdx;
        if (i < count[0] * form[INPUTS]) {
            put(form, state, i, points[i]);
        }
    }

    /**
     * Thread i lays down a number of c_0 = alpha x + gamma, likewise, and its row's alpha.
     *
     * @param form input
     * @param count input
     * @param points input, rows x inputs
     * @param byValue input, alpha, for each row
     * @param byGradient input, gamma, rows x inputs
     * @param state output in part
     */
    public static void carry(KernelContext context, int[] form, int[] count, float[] points, float[] byValue,
            float[] byGradient, float[] state) {
        int i = context.globalIdx;
        if (i < count[0] * form[INPUTS]) {
            int row = i / form[INPUTS];
            float alpha = byValue[row];
            put(form, state, i, alpha * points[i] + byGradient[i]);
            if (i == row * form[INPUTS]) {
                state[form[ALPHA] + row] = alpha;
            }
        }
    }

    private static void put(int[] form, float[] state, int i, float number) {
        int inputs = form[INPUTS];
        int width = form[WIDTH];
        int row = i / inputs;
        int input = i - row * inputs;
        state[form[GOT] + row * width + input] = number;
        if (form[JOIN] > 0) {
            state[form[GOT] + (form[JOIN] * form[CAPACITY] + row + 1) * width - inputs + input] = JOINED_SCALE * number;
        }
    }

    /**
     * A group of 256 threads makes a tile of 64 x 64 numbers of slope (left right + factors biases'), a thread 4 x 4 of them
     * in registers: each number that it reads from local memory serves four multiply-adds.
     *
     * @param count input
     * @param sizes input, {@code PRODUCT_INTS}
     * @param slopes input, {@code ABOVE} and {@code BELOW}
     * @param right input, depth x columns from {@code RIGHT} on
     * @param biases input
     * @param state input and, where {@code TO} is, output; left is rows x depth in it
     */
    public static void layer(KernelContext context, int[] count, int[] sizes, float[] slopes, float[] right, float[] biases,
            float[] state) {
        // A column more than is used, so that threads side by side write to banks of their own. (No method may be given local
        // arrays: TornadoVM reads them as if they lay in global memory.)
        float[] leftTile = context.allocateFloatLocalArray(DEEP * (TILE + 1));
        float[] rightTile = context.allocateFloatLocalArray(DEEP * TILE);
        int thread = context.localIdx;
        int across = (sizes[COLUMNS] + TILE - 1) / TILE;
        int groupRow = context.groupIdx / across;
        int firstRow = groupRow * TILE;
        int firstColumn = (context.groupIdx - groupRow * across) * TILE;
        int threadRow = thread / DEEP;
        int threadColumn = thread - threadRow * DEEP;
        float[] sums = new float[BLOCK * BLOCK];
        for (int i = 0; i < BLOCK * BLOCK; i++) {
            sums[i] = 0f;
        }
        for (int from = 0; from < sizes[DEPTH]; from += DEEP) {
            context.localBarrier();
            for (int i = 0; i < BLOCK; i++) {
                // Sixteen threads read a row's sixteen numbers side by side; beyond the edges zeros are read.
                int row = threadRow + i * DEEP;
                int leftIn = firstRow + row < count[0] ? (from + threadColumn < sizes[DEPTH] ? 1 : 0) : 0;
                leftTile[threadColumn * (TILE + 1) + row] = leftIn == 1
                        ? state[leftIn == 1 ? sizes[LEFT] + (firstRow + row) * sizes[LEFT_STRIDE] + from + threadColumn : 0] : 0f;
                int deep = thread / TILE + i * (DEEP / BLOCK);
                int column = thread - thread / TILE * TILE;
                int rightIn = firstColumn + column < sizes[COLUMNS] ? (from + deep < sizes[DEPTH] ? 1 : 0) : 0;
                rightTile[deep * TILE + column] = rightIn == 1
                        ? right[rightIn == 1 ? sizes[RIGHT] + (from + deep) * sizes[RIGHT_STRIDE] + firstColumn + column : 0] : 0f;
            }
            context.localBarrier();
            for (int k = 0; k < DEEP; k++) {
                int l = k * (TILE + 1) + threadRow;
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
            int row = firstRow + threadRow + i / BLOCK * DEEP;
            int column = firstColumn + threadColumn + (i - i / BLOCK * BLOCK) * DEEP;
            if (row < count[0]) {
                if (column < sizes[COLUMNS]) {
                    int at = row * sizes[TO_STRIDE] + column;
                    float factor = sizes[FACTORS] < 0 ? 0f : state[sizes[FACTORS] < 0 ? 0 : sizes[FACTORS] + row];
                    float bias = biases[sizes[FACTORS] < 0 ? 0 : sizes[BIASES] + column];
                    float sum = sums[i] + factor * bias;
                    float sign = sizes[SIGNS] < 0 ? sum : state[sizes[SIGNS] < 0 ? 0 : sizes[SIGNS] + at];
                    state[sizes[TO] + at] = sum * (sign > 0f ? slopes[ABOVE] : slopes[BELOW]);
                }
            }
        }
    }

    /**
     * Thread r takes f and its gradient out.
     *
     * @param form input
     * @param state input
     * @param values output, one for each row
     * @param gradients output, rows x inputs
     */
    public static void leave(KernelContext context, int[] form, float[] state, float[] values, float[] gradients) {
        int r = context.globalIdx;
        if (r < form[CAPACITY]) {
            values[r] = state[form[VALUE] + r];
            for (int i = 0; i < form[INPUTS]; i++) {
                int at = r * form[INPUTS] + i;
                gradients[at] = state[form[SLOPE] + at] + state[form[JOINED] + at];
            }
        }
    }
}
