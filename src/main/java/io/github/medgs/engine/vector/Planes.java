package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.LANES;

import java.util.Arrays;

/**
 * The pixels of one head of a view, in padded rows.
 *
 * <p>Row r begins at {@link #row}: eight floats of padding before every row and after the last, and rows rounded up to
 * whole vectors, so that a vector may begin at any pixel and run past the row's end, and an eleven-tap window finds
 * zeros outside the slice. Padding is loaded and stored, never changed from zero (except the transmittance, whose
 * padding nobody reads).
 */
final class Planes {

    final int width;
    final int height;
    final int stride;

    /** Alpha: transmittance. Normalised: sum of weights; in the backward pass dL/dpixel over it. */
    final float[] through;

    /**
     * Alpha: colour; in the backward pass the colour behind the current splat. Normalised: weighted sum; in the backward
     * pass {@link #through} times the finished pixel.
     */
    final float[] colour;

    /** The finished pixels; the same array as {@link #colour} when composited by alpha. */
    final float[] finished;

    /** dL / d pixel. */
    final float[] gradient;

    /** Derivatives of the mean SSIM by the windowed mean, square and product; made when first needed. */
    float[] byMean;
    float[] bySquare;
    float[] byProduct;

    Planes(int width, int height, boolean alpha) {
        this.width = width;
        this.height = height;
        this.stride = stride(width);
        int size = row(height) + LANES;
        this.through = new float[size];
        this.colour = new float[size];
        this.finished = alpha ? colour : new float[size];
        this.gradient = new float[size];
    }

    static int stride(int width) {
        return Lanes.roundUp(width) + LANES;
    }

    /** Where row {@code r} begins. */
    int row(int r) {
        return LANES + r * stride;
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
        Arrays.fill(through, row(firstRow), row(lastRow + 1), nothing);
        Arrays.fill(colour, row(firstRow), row(lastRow + 1), 0f);
    }

    /** Copies the finished pixels out of the padding. */
    void copyTo(float[] out) {
        for (int r = 0; r < height; r++) {
            System.arraycopy(finished, row(r), out, r * width, width);
        }
    }
}
