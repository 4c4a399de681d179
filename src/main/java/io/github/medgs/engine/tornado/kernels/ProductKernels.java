package io.github.medgs.engine.tornado.kernels;

import uk.ac.manchester.tornado.api.KernelContext;

/**
 * A product of matrices, out = left right, all row by row: the network of {@code neural} on a device would be little else.
 * Two forms of one sum, as a lesson; see kernels.md.
 */
public final class ProductKernels {

    /** Rows and columns of the tile that a group makes, and of the pieces it reads. */
    public static final int SIDE = 16;

    // What the products are of.
    public static final int ROWS = 0;
    public static final int DEPTH = 1;
    public static final int COLUMNS = 2;
    public static final int SIZES = 3;

    private ProductKernels() {}

    /**
     * Thread i sums one number of the product, and reads a row and a column for it.
     *
     * @param sizes input, {@code SIZES}
     * @param left input, rows x depth
     * @param right input, depth x columns
     * @param out output, rows x columns
     */
    public static void plainProduct(KernelContext context, int[] sizes, float[] left, float[] right, float[] out) {
        int i = context.globalIdx;
        if (i < sizes[ROWS] * sizes[COLUMNS]) {
            int row = i / sizes[COLUMNS];
            int column = i - row * sizes[COLUMNS];
            float sum = 0f;
            for (int k = 0; k < sizes[DEPTH]; k++) {
                sum = sum + left[row * sizes[DEPTH] + k] * right[k * sizes[COLUMNS] + column];
            }
            out[i] = sum;
        }
    }

    /**
     * A group of 16 x 16 threads makes a tile of 16 x 16 numbers: it reads 16 columns of its rows and 16 rows of its columns
     * into local memory, each thread one of either, and every thread adds 16 products out of there; so each number is read
     * 16 times less often from far away.
     *
     * @param sizes input, {@code SIZES}
     * @param left input, rows x depth
     * @param right input, depth x columns
     * @param out output, rows x columns
     */
    public static void product(KernelContext context, int[] sizes, float[] left, float[] right, float[] out) {
        float[] leftTile = context.allocateFloatLocalArray(SIDE * SIDE);
        float[] rightTile = context.allocateFloatLocalArray(SIDE * SIDE);
        int thread = context.localIdx;
        int tileRow = thread / SIDE;
        int tileColumn = thread - tileRow * SIDE;
        int across = (sizes[COLUMNS] + SIDE - 1) / SIDE;
        int groupRow = context.groupIdx / across;
        int row = groupRow * SIDE + tileRow;
        int column = (context.groupIdx - groupRow * across) * SIDE + tileColumn;
        float sum = 0f;
        for (int from = 0; from < sizes[DEPTH]; from += SIDE) {
            // Beyond the edges zeros are read: they add nothing, and no thread may leave before the others.
            int leftIn = row < sizes[ROWS] ? (from + tileColumn < sizes[DEPTH] ? 1 : 0) : 0;
            int rightIn = column < sizes[COLUMNS] ? (from + tileRow < sizes[DEPTH] ? 1 : 0) : 0;
            context.localBarrier();
            leftTile[thread] = leftIn == 1 ? left[leftIn == 1 ? row * sizes[DEPTH] + from + tileColumn : 0] : 0f;
            rightTile[thread] = rightIn == 1 ? right[rightIn == 1 ? (from + tileRow) * sizes[COLUMNS] + column : 0] : 0f;
            context.localBarrier();
            for (int k = 0; k < SIDE; k++) {
                sum = sum + leftTile[tileRow * SIDE + k] * rightTile[k * SIDE + tileColumn];
            }
        }
        if (row < sizes[ROWS]) {
            if (column < sizes[COLUMNS]) {
                out[row * sizes[COLUMNS] + column] = sum;
            }
        }
    }
}
