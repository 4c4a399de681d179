package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * The bend of {@link Smoothness} in the plane of the slices: mean squares of second differences over those of first ones,
 * along rows or columns, of pixels as far apart as the slices.
 */
final class PlaneBend {

    private PlaneBend() {}

    /** That of rows or of columns, whichever is less; {@link Double#MAX_VALUE} where nothing changes or the slices are too small. */
    static double of(KeptSlices slices, Workers workers) {
        int last = slices.count() - 1;
        double distance = (slices.positions()[last] - slices.positions()[0]) / Math.max(1, last);
        return Math.min(at(distance / slices.columnSpacing(), slices, slices.width(), 1, workers),
                at(distance / slices.rowSpacing(), slices, slices.height(), slices.width(), workers));
    }

    /** At so many pixels, between those of the whole numbers about it; a quarter of the slice at most. */
    private static double at(double pixels, KeptSlices slices, int length, int stride, Workers workers) {
        int most = Math.max(1, (length - 1) / 4);
        double lag = Math.clamp(pixels, 1, most);
        int below = (int) lag;
        double first = bend(below, slices, length, stride, workers);
        if (lag == below || first == Double.MAX_VALUE) {
            return first;
        }
        double second = bend(below + 1, slices, length, stride, workers);
        return second == Double.MAX_VALUE ? first : first + (lag - below) * (second - first);
    }

    private static double bend(int lag, KeptSlices slices, int length, int stride, Workers workers) {
        if (length <= 2 * lag) {
            return Double.MAX_VALUE;
        }
        double[][] sums = new double[slices.count()][];
        workers.forEach(slices.count(), (k, worker) -> sums[k] = sums(k, lag, slices, length, stride));
        double first = 0;
        double second = 0;
        for (double[] sum : sums) {
            first += sum[0] / (length - lag);
            second += sum[1] / (length - 2 * lag);
        }
        return first > 0 ? second / first : Double.MAX_VALUE;
    }

    /** Sums over a slice of squared first and second differences. */
    private static double[] sums(int slice, int lag, KeptSlices slices, int length, int stride) {
        float[] values = slices.values();
        int step = lag * stride;
        int end = (slice + 1) * slices.pixels();
        double first = 0;
        double second = 0;
        for (int p = slice * slices.pixels(); p < end; p++) {
            int along = (p - slice * slices.pixels()) / stride % length;
            if (along + lag < length) {
                double change = (double) values[p + step] - values[p];
                first += change * change;
                if (along + 2 * lag < length) {
                    double turn = (double) values[p + 2 * step] - values[p + step] - change;
                    second += turn * turn;
                }
            }
        }
        return new double[] {first, second};
    }
}
