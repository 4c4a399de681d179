package io.github.medgs.engine.vector;

import java.util.Arrays;

/**
 * The pixels of one head of a view, in padded rows.
 *
 * <p>Row r begins at {@link #row}: {@link #PADDING} before every row and after the last, and rows rounded up to
 * whole vectors, so that a vector may begin at any pixel and run past the row's end, and an eleven-tap window finds
 * zeros outside the slice. Padding is loaded and stored, never changed from zero (except the transmittance, whose
 * padding nobody reads).
 *
 * <p>What splats are drawn into ({@link #through}, {@link #colour}, {@link #slope}) lies in strips of one or more rows,
 * pixel under pixel: a strip of two holds (0, 0), (1, 0), (0, 1), (1, 1) and so on by row and column, so that eight
 * floats in a row are four pixels of two rows. A splat of three by three pixels then takes two vectors, not three.
 * Finished pixels and their gradient are plain rows.
 */
final class Planes {

    /** Floats of padding: whole vectors, and enough for the window's taps on one side. */
    static final int PADDING = 8;

    final int width;
    final int height;
    final int stride;

    /** Rows of a strip: 1 or 2. */
    int stripRows = 1;

    /** Alpha: transmittance. Normalised: sum of weights; in the backward pass dL/dpixel over it. */
    final float[] through;

    /**
     * Alpha: colour; in the backward pass the colour behind the current splat. Normalised: weighted sum, then the
     * finished pixel; in the backward pass {@link #through} times that.
     */
    final float[] colour;

    /** In the backward pass: {@link #gradient} in strips. */
    final float[] slope;

    /** The finished pixels. */
    final float[] finished;

    /** dL / d pixel. */
    final float[] gradient;

    /** Derivatives of the mean SSIM by the windowed mean, square and product; made when first needed. */
    float[] byMean;
    float[] bySquare;
    float[] byProduct;

    Planes(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = stride(width);
        int size = row(Lanes.roundUp(height)) + PADDING;
        this.through = new float[size];
        this.colour = new float[size];
        this.slope = new float[size];
        this.finished = new float[size];
        this.gradient = new float[size];
    }

    static int stride(int width) {
        return Lanes.roundUp(width) + PADDING;
    }

    /** Where row {@code r} begins. */
    int row(int r) {
        return PADDING + r * stride;
    }

    /** Where the strip of row {@code r}, which must be a strip's first, has the pixel at {@code column}. */
    int strip(int r, int column) {
        return row(r) + column * stripRows;
    }

    /** Floats from one strip to the next. */
    int stripStride() {
        return stride * stripRows;
    }

    /** The end of the strips of rows up to {@code lastRow}. */
    int stripEnd(int lastRow) {
        return row((lastRow + stripRows) / stripRows * stripRows);
    }

    /** Copies whole rows out of strips. */
    void toRows(float[] strips, int firstRow, int lastRow, float[] rows) {
        if (stripRows == 1) {
            System.arraycopy(strips, row(firstRow), rows, row(firstRow), (lastRow - firstRow + 1) * stride);
            return;
        }
        for (int r = firstRow; r <= lastRow; r++) {
            int to = row(r);
            int from = strip(r - r % stripRows, 0) + r % stripRows;
            for (int column = 0; column < width; column++) {
                rows[to + column] = strips[from + column * stripRows];
            }
        }
    }

    /** Copies whole rows into strips. */
    void toStrips(float[] rows, int firstRow, int lastRow, float[] strips) {
        if (stripRows == 1) {
            System.arraycopy(rows, row(firstRow), strips, row(firstRow), (lastRow - firstRow + 1) * stride);
            return;
        }
        // Beside the slice, and below it in its last strip, there is no gradient; strips of one row have theirs elsewhere.
        Arrays.fill(strips, row(firstRow), stripEnd(lastRow), 0f);
        for (int r = firstRow; r <= lastRow; r++) {
            int from = row(r);
            int to = strip(r - r % stripRows, 0) + r % stripRows;
            for (int column = 0; column < width; column++) {
                strips[to + column * stripRows] = rows[from + column];
            }
        }
    }

    void needSlopes() {
        if (byMean == null) {
            byMean = new float[through.length];
            bySquare = new float[through.length];
            byProduct = new float[through.length];
        }
    }

    /** Sets rows to nothing drawn. */
    void start(int firstRow, int lastRow, float nothing) {
        Arrays.fill(through, row(firstRow), stripEnd(lastRow), nothing);
        Arrays.fill(colour, row(firstRow), stripEnd(lastRow), 0f);
    }

    /** Copies the finished pixels out of the padding. */
    void copyTo(float[] out) {
        for (int r = 0; r < height; r++) {
            System.arraycopy(finished, row(r), out, r * width, width);
        }
    }
}
