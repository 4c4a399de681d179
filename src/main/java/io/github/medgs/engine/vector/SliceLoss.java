package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Ssim.*;

import io.github.medgs.engine.Target;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.Ssim;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The loss of a band of drawn pixels against their target, and its gradient: {@link io.github.medgs.kernel.PixelLoss}
 * and {@link Ssim} on eight pixels at once.
 *
 * <p>SSIM takes two passes over the bands, for a pixel's gradient needs the slopes of its neighbours' windows: first
 * {@link #similaritySlopes}, then, when all bands are through, {@link #gradient}. Windows are separable: rows first,
 * then columns. What a band needs of the rows around it, it computes itself. One instance is one thread's scratch
 * memory.
 */
final class SliceLoss {

    private static final float[] WINDOW = Ssim.window();
    private static final int HALO_ROWS = ViewBuffers.BAND_ROWS + 2 * RADIUS;

    /** Windowed moments. */
    private static final int MEAN_X = 0;
    private static final int MEAN_Y = 1;
    private static final int SQUARE_X = 2;
    private static final int SQUARE_Y = 3;
    private static final int PRODUCT = 4;
    private static final int MOMENTS = 5;

    private final int width;
    private final int height;
    private final int stride;

    /** Row-windowed fields of the band and the rows around it, field after field. */
    private final float[] rowWindowed;

    /** One padded row of each field, before its window. */
    private final float[][] padded = new float[MOMENTS][];

    /** Sums over the band of the last call, for whoever adds the bands up. */
    double loss;
    double squaredError;

    SliceLoss(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = Planes.stride(width);
        this.rowWindowed = new float[MOMENTS * HALO_ROWS * stride];
        for (int field = 0; field < MOMENTS; field++) {
            padded[field] = new float[stride + Lanes.LANES];
        }
    }

    /** Writes the slopes of the band's SSIM values; returns the sum of the values. */
    double similaritySlopes(Planes planes, Target target, int first, int last) {
        int from = Math.max(0, first - RADIUS);
        int to = Math.min(height - 1, last + RADIUS);
        for (int row = from; row <= to; row++) {
            moments(planes, target, row);
            for (int field = 0; field < MOMENTS; field++) {
                windowRow(padded[field], 0, place(field, row - from));
            }
        }
        double sum = 0;
        for (int row = first; row <= last; row++) {
            for (int column = 0; column < width; column += Lanes.LANES) {
                sum += slopes(planes, row, column, from, to);
            }
        }
        return sum;
    }

    /** One row of x, y, xx, yy and xy, padded with zeros. */
    private void moments(Planes planes, Target target, int row) {
        System.arraycopy(target.values(), target.offset() + row * width, padded[MEAN_Y], Lanes.LANES, width);
        System.arraycopy(planes.finished, planes.row(row), padded[MEAN_X], Lanes.LANES, width);
        for (int i = Lanes.LANES; i < stride; i += Lanes.LANES) {
            FloatVector x = load(padded[MEAN_X], i);
            FloatVector y = load(padded[MEAN_Y], i);
            x.mul(x).intoArray(padded[SQUARE_X], i);
            y.mul(y).intoArray(padded[SQUARE_Y], i);
            x.mul(y).intoArray(padded[PRODUCT], i);
        }
    }

    private int place(int field, int haloRow) {
        return (field * HALO_ROWS + haloRow) * stride;
    }

    /** The window along a row that begins, with its padding, at {@code from}. */
    private void windowRow(float[] in, int from, int to) {
        for (int column = 0; column < width; column += Lanes.LANES) {
            FloatVector sum = Lanes.broadcast(0f);
            for (int tap = 0; tap < TAPS; tap++) {
                sum = load(in, from + Lanes.LANES + column + tap - RADIUS).fma(Lanes.broadcast(WINDOW[tap]), sum);
            }
            sum.intoArray(rowWindowed, to + column);
        }
    }

    /** The window down a column of eight, round {@code row}, of one field; {@code from} is the first row there is. */
    private FloatVector windowColumn(int field, int row, int column, int from, int to) {
        int first = Math.max(from, row - RADIUS);
        int last = Math.min(to, row + RADIUS);
        FloatVector sum = Lanes.broadcast(0f);
        for (int r = first; r <= last; r++) {
            sum = load(rowWindowed, place(field, r - from) + column)
                    .fma(Lanes.broadcast(WINDOW[r - row + RADIUS]), sum);
        }
        return sum;
    }

    private float slopes(Planes planes, int row, int column, int from, int to) {
        FloatVector meanX = windowColumn(MEAN_X, row, column, from, to);
        FloatVector meanY = windowColumn(MEAN_Y, row, column, from, to);
        FloatVector squareX = windowColumn(SQUARE_X, row, column, from, to);
        FloatVector squareY = windowColumn(SQUARE_Y, row, column, from, to);
        FloatVector product = windowColumn(PRODUCT, row, column, from, to);
        FloatVector zero = Lanes.broadcast(0f);
        VectorMask<Float> within = Lanes.first(width - column);

        FloatVector meansProduct = meanX.mul(meanY);
        FloatVector meansSquares = meanX.mul(meanX).add(meanY.mul(meanY));
        FloatVector luminance = meansProduct.mul(2f).add(C1);
        FloatVector contrast = product.sub(meansProduct).mul(2f).add(C2);
        FloatVector energy = meansSquares.add(C1);
        FloatVector spread = squareX.sub(meanX.mul(meanX)).add(squareY).sub(meanY.mul(meanY)).add(C2);
        FloatVector overDenominator = Lanes.broadcast(1f).div(energy.mul(spread));
        FloatVector value = luminance.mul(contrast).mul(overDenominator);
        FloatVector overSpread = energy.mul(overDenominator);
        FloatVector overEnergy = spread.mul(overDenominator);

        // As Ssim.meanSlope: through the luminance, the energy, the variance and the covariance.
        FloatVector byMean = meanY.mul(contrast.sub(luminance)).mul(overDenominator)
                .add(meanX.mul(value).mul(overSpread.sub(overEnergy)))
                .mul(2f);
        FloatVector bySquare = value.mul(overSpread).neg();
        FloatVector byProduct = luminance.mul(overDenominator).mul(2f);
        int p = planes.row(row) + column;
        zero.blend(byMean, within).intoArray(planes.byMean, p);
        zero.blend(bySquare, within).intoArray(planes.bySquare, p);
        zero.blend(byProduct, within).intoArray(planes.byProduct, p);
        return Lanes.sum(zero.blend(value, within));
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
            pixelGradient(planes, target, cost, row, cost.absolute() / pixels, 2f * (cost.squared() / pixels));
        }
        if (cost.structural() > 0f) {
            addSimilarityGradient(planes, target, -cost.structural() / pixels, first, last);
        }
    }

    private void pixelGradient(Planes planes, Target target, PixelCost cost, int row, float absolute, float squared) {
        FloatVector magnitudes = Lanes.broadcast(0f);
        FloatVector squares = Lanes.broadcast(0f);
        FloatVector zero = Lanes.broadcast(0f);
        int from = target.offset() + row * width;
        int p = planes.row(row);
        for (int column = 0; column < width; column += Lanes.LANES) {
            VectorMask<Float> within = Lanes.first(width - column);
            FloatVector y = FloatVector.fromArray(Lanes.FLOATS, target.values(), from + column, within);
            FloatVector difference = zero.blend(load(planes.finished, p + column).sub(y), within);
            FloatVector sign = zero.blend(absolute, difference.compare(VectorOperators.GT, 0f))
                    .blend(-absolute, difference.compare(VectorOperators.LT, 0f));
            difference.fma(Lanes.broadcast(squared), sign).intoArray(planes.gradient, p + column);
            magnitudes = magnitudes.add(difference.abs());
            squares = difference.fma(difference, squares);
        }
        float rowSquares = Lanes.sum(squares);
        loss += (double) cost.absolute() * Lanes.sum(magnitudes) + (double) cost.squared() * rowSquares;
        squaredError += rowSquares;
    }

    /** The window is symmetric, so the transpose of a windowed mean is a windowed mean of the slopes. */
    private void addSimilarityGradient(Planes planes, Target target, float scale, int first, int last) {
        int from = Math.max(0, first - RADIUS);
        int to = Math.min(height - 1, last + RADIUS);
        for (int row = from; row <= to; row++) {
            int begin = planes.row(row) - Lanes.LANES;
            windowRow(planes.byMean, begin, place(MEAN_X, row - from));
            windowRow(planes.bySquare, begin, place(SQUARE_X, row - from));
            windowRow(planes.byProduct, begin, place(PRODUCT, row - from));
        }
        for (int row = first; row <= last; row++) {
            int values = target.offset() + row * width;
            int p = planes.row(row);
            for (int column = 0; column < width; column += Lanes.LANES) {
                VectorMask<Float> within = Lanes.first(width - column);
                FloatVector x = load(planes.finished, p + column);
                FloatVector y = FloatVector.fromArray(Lanes.FLOATS, target.values(), values + column, within);
                FloatVector through = windowColumn(MEAN_X, row, column, from, to)
                        .add(x.mul(windowColumn(SQUARE_X, row, column, from, to)).mul(2f))
                        .add(y.mul(windowColumn(PRODUCT, row, column, from, to)));
                FloatVector sum = load(planes.gradient, p + column).add(through.mul(scale));
                Lanes.broadcast(0f).blend(sum, within).intoArray(planes.gradient, p + column);
            }
        }
    }

    private static FloatVector load(float[] values, int index) {
        return FloatVector.fromArray(Lanes.FLOATS, values, index);
    }
}
