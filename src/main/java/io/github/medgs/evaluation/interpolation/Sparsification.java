package io.github.medgs.evaluation.interpolation;

/**
 * How well expected errors order true ones. Voxels are left out from the largest expected error down; the mean absolute
 * error of those that stay, over the share left out, is the sparsification curve. The oracle's leaves out by the true
 * error, and chance's is level. The area between the curve and the oracle's, over the area between chance's and the
 * oracle's, is 0 for a perfect order and 1 for none (E. Ilg et al., Uncertainty Estimates and Multi-Hypotheses Networks
 * for Optical Flow, ECCV 2018).
 */
final class Sparsification {

    /** Bins in which expected errors count as equal: steps of 0.1 %, from 1e-9 up. */
    private static final int BINS = 24_000;
    private static final double PER_E = 1000;
    private static final double LOWEST = -20.7;

    private final long[] byExpected = new long[BINS];
    private final double[] errorByExpected = new double[BINS];
    private final long[] byError = new long[BINS];
    private final double[] errorByError = new double[BINS];
    private long count;
    private double sum;

    void add(float expected, float error) {
        int bin = bin(expected);
        byExpected[bin]++;
        errorByExpected[bin] += error;
        int own = bin(error);
        byError[own]++;
        errorByError[own] += error;
        count++;
        sum += error;
    }

    private static int bin(float value) {
        return value > 0 ? Math.clamp((int) ((Math.log(value) - LOWEST) * PER_E), 1, BINS - 1) : 0;
    }

    /** Area between curve and oracle: mean absolute error times share. */
    double area() {
        return count == 0 ? Double.NaN : under(byExpected, errorByExpected) - under(byError, errorByError);
    }

    /** The same for voxels in the order of chance. */
    double areaOfChance() {
        return count == 0 ? Double.NaN : sum / count - under(byError, errorByError);
    }

    private double under(long[] counts, double[] errors) {
        double area = 0;
        long left = count;
        double error = sum;
        double mean = sum / count;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            if (counts[bin] > 0) {
                left -= counts[bin];
                error -= errors[bin];
                double after = left > 0 ? Math.max(0, error) / left : mean;
                area += (double) counts[bin] / count * 0.5 * (mean + after);
                mean = after;
            }
        }
        return area;
    }
}
