package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * A Gaussian along one axis of a grid whose border repeats, summed in double precision in the order of its taps.
 *
 * <p>Works on runs of neighbouring samples, so that the compiler makes vectors of it; each sample's own sum is the same
 * whatever the runs.
 */
final class SmoothingKernel {

    /** Sums kept at once: few enough to stay in the nearest cache. */
    private static final int RUN = 1024;

    private final int reach;
    private final double[] kernel;
    private final double sum;

    /** @param sigma standard deviation in samples */
    SmoothingKernel(double sigma) {
        reach = (int) Math.ceil(3 * sigma);
        kernel = new double[reach + 1];
        double total = 0;
        for (int d = 0; d <= reach; d++) {
            kernel[d] = Math.exp(-0.5 * d * d / (sigma * sigma));
            total += d == 0 ? kernel[d] : 2 * kernel[d];
        }
        sum = total;
    }

    /** How many samples away it still looks. */
    int reach() {
        return reach;
    }

    /**
     * Smooths along an axis.
     *
     * @param stride from one sample to the next along the axis
     * @param size samples along the axis
     * @param from first sample that is wanted, a multiple of {@code stride}; {@code to}, likewise, is the first that is not
     * @param target output, only between the two
     */
    void along(float[] source, int stride, int size, int from, int to, float[] target) {
        if (stride == 1 && from % size == 0 && to % size == 0) {
            alongRows(source, size, from, to, target);
            return;
        }
        double[] sums = new double[Math.min(RUN, stride)];
        for (int line = from; line < to; line += stride) {
            int at = line / stride % size;
            for (int first = 0; first < stride; first += RUN) {
                int count = Math.min(RUN, stride - first);
                Arrays.fill(sums, 0, count, 0);
                for (int d = -reach; d <= reach; d++) {
                    int near = line + (Math.clamp(at + d, 0, size - 1) - at) * stride + first;
                    add(source, near, kernel[Math.abs(d)], sums, count);
                }
                store(sums, count, target, line + first);
            }
        }
    }

    private void alongRows(float[] source, int size, int from, int to, float[] target) {
        float[] padded = new float[size + 2 * reach];
        double[] sums = new double[size];
        for (int row = from; row < to; row += size) {
            Arrays.fill(padded, 0, reach, source[row]);
            System.arraycopy(source, row, padded, reach, size);
            Arrays.fill(padded, reach + size, padded.length, source[row + size - 1]);
            Arrays.fill(sums, 0);
            for (int d = -reach; d <= reach; d++) {
                add(padded, reach + d, kernel[Math.abs(d)], sums, size);
            }
            store(sums, size, target, row);
        }
    }

    private static void add(float[] from, int first, double weight, double[] sums, int count) {
        for (int n = 0; n < count; n++) {
            sums[n] += weight * from[first + n];
        }
    }

    private void store(double[] sums, int count, float[] target, int first) {
        for (int n = 0; n < count; n++) {
            target[first + n] = (float) (sums[n] / sum);
        }
    }
}
