package io.github.medgs.neural;

/**
 * The right factor of a product, packed: panels of {@value #WIDTH} columns, each panel row by row, the last one filled up
 * with zeros. A product walks down a panel as it lies in memory, and a panel of 256 rows is just what the nearest cache
 * holds; in the plain layout 256 rows that are a kilobyte apart would all want the same few places in it.
 */
public final class Panels {

    /** Columns of a panel: a multiple of two vectors of any machine. */
    public static final int WIDTH = 32;

    private final int rows;
    private final int count;
    private final float[] values;

    /** Room for rows x columns. */
    Panels(int rows, int columns) {
        this.rows = rows;
        this.count = padded(columns) / WIDTH;
        this.values = new float[rows * padded(columns)];
    }

    /** The smallest multiple of a panel's width that is not below {@code columns}. */
    static int padded(int columns) {
        return (columns + WIDTH - 1) / WIDTH * WIDTH;
    }

    /** Rows of every panel: what a product sums over. */
    public int rows() {
        return rows;
    }

    /** How many panels there are. */
    public int count() {
        return count;
    }

    /** The packed values; panel p begins at {@code p * rows() * WIDTH}. */
    public float[] values() {
        return values;
    }

    /** Packs rows from..to - 1 of a matrix with so many columns from column {@code first} on, which is a panel's first. */
    void pack(MatrixView matrix, int from, int to, int first, int columns) {
        for (int c = 0; c < columns; c++) {
            int place = (c + first) / WIDTH * rows * WIDTH + (c + first) % WIDTH;
            int source = matrix.start() + c * matrix.columnStride();
            for (int r = from; r < to; r++) {
                values[place + r * WIDTH] = matrix.values()[source + r * matrix.rowStride()];
            }
        }
    }
}
