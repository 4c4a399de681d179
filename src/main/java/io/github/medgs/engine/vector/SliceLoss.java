package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.Planes.PADDING;
import static io.github.medgs.kernel.Ssim.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.engine.Target;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.Ssim;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The loss of a band of drawn pixels against their target, and its gradient: {@link io.github.medgs.kernel.PixelLoss}
 * and {@link Ssim} on a vector of pixels at once.
 *
 * <p>SSIM takes two passes over the bands, for a pixel's gradient needs the slopes of its neighbours' windows: first
 * {@link #similaritySlopes}, then, when all bands are through, {@link #gradient}. Windows are separable: rows first,
 * then columns. What a band needs of the rows around it, it computes itself. One instance is one thread's scratch
 * memory.
 */
final class SliceLoss {

    private static final float[] WINDOW = Ssim.window();
    private static final int HALO_ROWS = ViewBuffers.BAND_ROWS + 2 * RADIUS;

    // Fields that are windowed: x, y, xx, yy, xy; on the way back the slopes by the first, third and fifth.
    private static final int MEAN_X = 0;
    private static final int MEAN_Y = 1;
    private static final int SQUARE_X = 2;
    private static final int SQUARE_Y = 3;
    private static final int PRODUCT = 4;
    private static final int FIELDS = 5;

    private final int width;
    private final int height;
    private final int stride;

    /** Fields windowed along rows, of the band and the rows around it, field after field. */
    private final float[] rowWindowed;

    /** One row of each field: padded, before its windows; and after both. */
    private final float[][] padded = new float[FIELDS][];
    private final float[][] windowed = new float[FIELDS][];

    /** Two vectors of running sums: of magnitudes and of squares. */
    private final float[] running = new float[2 * LANES];

    /** Sums over the band of the last call, for whoever adds the bands up. */
    double loss;
    double squaredError;

    SliceLoss(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = Planes.stride(width);
        this.rowWindowed = new float[FIELDS * HALO_ROWS * stride];
        for (int field = 0; field < FIELDS; field++) {
            padded[field] = new float[stride + PADDING];
            windowed[field] = new float[stride];
        }
    }

    /** Writes the slopes of the band's SSIM values; returns the sum of the values. */
    double similaritySlopes(Planes planes, Target target, int first, int last) {
        int from = Math.max(0, first - RADIUS);
        int to = Math.min(height - 1, last + RADIUS);
        for (int row = from; row <= to; row++) {
            takeRows(planes, target, row);
            products(padded[MEAN_X], padded[MEAN_Y], padded[SQUARE_X], padded[SQUARE_Y], padded[PRODUCT], stride);
            for (int field = 0; field < FIELDS; field++) {
                windowRow(padded[field], PADDING, rowWindowed, place(field, row - from), width);
            }
        }
        double sum = 0;
        for (int row = first; row <= last; row++) {
            for (int field = 0; field < FIELDS; field++) {
                windowColumns(field, row, from, to);
            }
            int p = planes.row(row);
            float[] values = padded[PRODUCT];
            slopes(windowed[MEAN_X], windowed[MEAN_Y], windowed[SQUARE_X], windowed[SQUARE_Y], windowed[PRODUCT],
                    planes.byMean, planes.bySquare, planes.byProduct, p, values, width);
            clearTail(planes.byMean, p);
            clearTail(planes.bySquare, p);
            clearTail(planes.byProduct, p);
            clearTail(values, PADDING);
            for (int i = PADDING; i < PADDING + width; i += LANES) {
                sum += Lanes.sum(values, i);
            }
        }
        return sum;
    }

    /** One row of x and of y, padded with zeros. */
    private void takeRows(Planes planes, Target target, int row) {
        System.arraycopy(planes.finished, planes.row(row), padded[MEAN_X], PADDING, width);
        System.arraycopy(target.values(), target.offset() + row * width, padded[MEAN_Y], PADDING, width);
    }

    private void clearTail(float[] row, int begin) {
        Arrays.fill(row, begin + width, begin + Lanes.roundUp(width), 0f);
    }

    private int place(int field, int haloRow) {
        return (field * HALO_ROWS + haloRow) * stride;
    }

    private static void products(float[] x, float[] y, float[] xx, float[] yy, float[] xy, int end) {
        for (int i = PADDING; i < end; i += LANES) {
            FloatVector a = fromArray(FLOATS, x, i);
            FloatVector b = fromArray(FLOATS, y, i);
            a.mul(a).intoArray(xx, i);
            b.mul(b).intoArray(yy, i);
            a.mul(b).intoArray(xy, i);
        }
    }

    /** The window along a row that begins at {@code from}, with zeros before and behind. */
    private static void windowRow(float[] in, int from, float[] out, int to, int width) {
        for (int column = 0; column < width; column += LANES) {
            FloatVector sum = broadcast(FLOATS, 0f);
            for (int tap = 0; tap < TAPS; tap++) {
                sum = fromArray(FLOATS, in, from + column + tap - RADIUS).mul(WINDOW[tap]).add(sum);
            }
            sum.intoArray(out, to + column);
        }
    }

    /** The window down the columns round {@code row}; rows {@code from} to {@code to} are there. */
    private void windowColumns(int field, int row, int from, int to) {
        int first = Math.max(from, row - RADIUS);
        int taps = Math.min(to, row + RADIUS) - first + 1;
        windowColumns(rowWindowed, place(field, first - from), stride, taps, first - row + RADIUS, windowed[field],
                width);
    }

    private static void windowColumns(float[] in, int from, int stride, int taps, int firstTap, float[] out,
            int width) {
        for (int column = 0; column < width; column += LANES) {
            FloatVector sum = broadcast(FLOATS, 0f);
            for (int tap = 0; tap < taps; tap++) {
                sum = fromArray(FLOATS, in, from + tap * stride + column).mul(WINDOW[firstTap + tap]).add(sum);
            }
            sum.intoArray(out, column);
        }
    }

    /** SSIM of a row and its slopes, from the windowed moments; see {@link Ssim}. */
    private static void slopes(float[] meanX, float[] meanY, float[] squareX, float[] squareY, float[] product,
            float[] byMean, float[] bySquare, float[] byProduct, int p, float[] values, int width) {
        for (int i = 0; i < width; i += LANES) {
            FloatVector x = fromArray(FLOATS, meanX, i);
            FloatVector y = fromArray(FLOATS, meanY, i);
            FloatVector xx = x.mul(x);
            FloatVector yy = y.mul(y);
            FloatVector xy = x.mul(y);
            FloatVector luminance = xy.mul(2f).add(C1);
            FloatVector contrast = fromArray(FLOATS, product, i).sub(xy).mul(2f).add(C2);
            FloatVector energy = xx.add(yy).add(C1);
            FloatVector spread = fromArray(FLOATS, squareX, i).sub(xx).add(fromArray(FLOATS, squareY, i)).sub(yy)
                    .add(C2);
            FloatVector overBoth = ONE.div(energy.mul(spread));
            FloatVector value = luminance.mul(contrast).mul(overBoth);
            FloatVector overSpread = energy.mul(overBoth);
            FloatVector overEnergy = spread.mul(overBoth);
            // Through the luminance and the covariance, and through the variance and the energy.
            FloatVector throughProducts = y.mul(contrast.sub(luminance)).mul(overBoth);
            FloatVector throughSquares = x.mul(value).mul(overSpread.sub(overEnergy));
            throughProducts.add(throughSquares).mul(2f).intoArray(byMean, p + i);
            value.mul(overSpread).neg().intoArray(bySquare, p + i);
            luminance.mul(overBoth).mul(2f).intoArray(byProduct, p + i);
            value.intoArray(values, PADDING + i);
        }
    }

    /**
     * Writes dL / d pixel of a band, after {@link #similaritySlopes} of all bands where the cost has SSIM; leaves the
     * sums of the pixels' loss and squared differences, not divided by the number of pixels, in this object.
     */
    void gradient(Planes planes, Target target, PixelCost cost, int first, int last) {
        float pixels = width * height;
        loss = 0;
        squaredError = 0;
        for (int row = first; row <= last; row++) {
            takeRows(planes, target, row);
            pixelGradient(padded[MEAN_X], padded[MEAN_Y], cost.absolute() / pixels, 2f * (cost.squared() / pixels),
                    planes.gradient, planes.row(row), width, running);
            double rowSquares = Lanes.sum(running, LANES);
            loss += (double) cost.absolute() * Lanes.sum(running, 0) + (double) cost.squared() * rowSquares;
            squaredError += rowSquares;
        }
        if (cost.structural() > 0f) {
            addSimilarityGradient(planes, target, -cost.structural() / pixels, first, last);
        }
    }

    /** Behind the row's end both pictures are zero, and so is the gradient. */
    private static void pixelGradient(float[] x, float[] y, float absolute, float squared, float[] gradient, int p,
            int width, float[] running) {
        FloatVector magnitudes = broadcast(FLOATS, 0f);
        FloatVector squares = broadcast(FLOATS, 0f);
        for (int i = 0; i < width; i += LANES) {
            FloatVector difference = fromArray(FLOATS, x, PADDING + i).sub(fromArray(FLOATS, y, PADDING + i));
            FloatVector slope = ZERO.blend(absolute, difference.compare(VectorOperators.GT, 0f))
                    .blend(-absolute, difference.compare(VectorOperators.LT, 0f));
            difference.mul(squared).add(slope).intoArray(gradient, p + i);
            magnitudes = magnitudes.add(difference.abs());
            squares = squares.add(difference.mul(difference));
        }
        magnitudes.intoArray(running, 0);
        squares.intoArray(running, LANES);
    }

    /** The window is symmetric, so the transpose of a windowed mean is a windowed mean of the slopes. */
    private void addSimilarityGradient(Planes planes, Target target, float scale, int first, int last) {
        int from = Math.max(0, first - RADIUS);
        int to = Math.min(height - 1, last + RADIUS);
        for (int row = from; row <= to; row++) {
            int p = planes.row(row);
            windowRow(planes.byMean, p, rowWindowed, place(MEAN_X, row - from), width);
            windowRow(planes.bySquare, p, rowWindowed, place(SQUARE_X, row - from), width);
            windowRow(planes.byProduct, p, rowWindowed, place(PRODUCT, row - from), width);
        }
        for (int row = first; row <= last; row++) {
            windowColumns(MEAN_X, row, from, to);
            windowColumns(SQUARE_X, row, from, to);
            windowColumns(PRODUCT, row, from, to);
            takeRows(planes, target, row);
            addThrough(windowed[MEAN_X], windowed[SQUARE_X], windowed[PRODUCT], padded[MEAN_X], padded[MEAN_Y], scale,
                    planes.gradient, planes.row(row), width);
            clearTail(planes.gradient, planes.row(row));
        }
    }

    private static void addThrough(float[] mean, float[] square, float[] product, float[] x, float[] y, float scale,
            float[] gradient, int p, int width) {
        for (int i = 0; i < width; i += LANES) {
            FloatVector bySquare = fromArray(FLOATS, square, i).mul(fromArray(FLOATS, x, PADDING + i)).mul(2f);
            FloatVector byProduct = fromArray(FLOATS, product, i).mul(fromArray(FLOATS, y, PADDING + i));
            FloatVector sum = fromArray(FLOATS, mean, i).add(bySquare).add(byProduct);
            fromArray(FLOATS, gradient, p + i).add(sum.mul(scale)).intoArray(gradient, p + i);
        }
    }
}
