package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.parallel.Workers;

/**
 * What the plane tells of the space between slices: how much noise there is, and how the error of interpolation falls with
 * distance, which can be seen at any distance there. A pixel is predicted from two of its row, or of its column, as far
 * from it to either side, by their mean. Tissue, noise and partial volume are much the same along the slices as across
 * them, so what halving the distance does to the error there is a guess of what it does between slices, down to half a
 * gap, where no slice is.
 */
final class InPlaneErrors {

    /** Farther than this a pixel says little of another; the curve is taken to be flat. */
    private static final int FARTHEST = 24;

    /** Of errors and differences whose logarithm is taken. */
    static final double LEAST = 1e-6;

    /** Of responses up to 1. */
    private static final int NOISE_BINS = 1 << 14;

    /** A quarter of a normal distribution's absolute values lie within this many standard deviations. */
    private static final double QUARTER_OF_NORMAL = 0.3186;

    /** Pixels of a row are a step apart; rows are a line's step apart. Columns likewise. */
    private final class Direction {

        private final int count;
        private final int step;
        private final int lines;
        private final int lineStep;
        private final double gap;
        private final Sums[] known = new Sums[FARTHEST + 1];

        /** @param gap mean distance of slices, in pixels of this direction */
        Direction(int count, int step, int lines, int lineStep, double gap) {
            this.count = count;
            this.step = step;
            this.lines = lines;
            this.lineStep = lineStep;
            this.gap = gap;
        }

        int farthest() {
            return Math.min(FARTHEST, (count - 1) / 2);
        }

        /** By a straight line through the logarithms of two whole distances; below 1 pixel that of 1 and 2 goes on. */
        double at(double gaps, int margin, boolean difference) {
            double distance = Math.min(gaps * gap, farthest());
            int below = Math.clamp((int) distance, 1, farthest() - 1);
            double share = Math.log(distance / below) / Math.log((below + 1.0) / below);
            double near = sums(below).log(margin, difference);
            return near + share * (sums(below + 1).log(margin, difference) - near);
        }

        private Sums sums(int distance) {
            if (known[distance] == null) {
                known[distance] = of(distance);
            }
            return known[distance];
        }

        private Sums of(int distance) {
            float[] values = slices.values();
            int away = distance * step;
            Sums sums = new Sums(slices.count());
            workers.forEach(slices.count(), (slice, worker) -> {
                for (int line = 0; line < lines; line++) {
                    int start = slice * slices.pixels() + line * lineStep;
                    for (int n = distance; n < count - distance; n++) {
                        int p = start + n * step;
                        float before = values[p - away];
                        float after = values[p + away];
                        if (values[p] > 0 || before > 0 || after > 0) {
                            sums.errors[slice] += Math.abs(values[p] - 0.5f * (before + after));
                            sums.differences[slice] += Math.abs(after - before);
                            sums.counted[slice]++;
                        }
                    }
                }
            });
            return sums;
        }
    }

    /** Of each slice, over places where one of the three pixels is above the window's low end. */
    private static final class Sums {

        private final double[] errors;
        private final double[] differences;
        private final long[] counted;

        Sums(int slices) {
            errors = new double[slices];
            differences = new double[slices];
            counted = new long[slices];
        }

        double log(int margin, boolean difference) {
            double sum = 0;
            long all = 0;
            for (int slice = margin; slice < counted.length - margin; slice++) {
                sum += difference ? differences[slice] : errors[slice];
                all += counted[slice];
            }
            return Math.log(Math.max(LEAST, all == 0 ? 0 : sum / all));
        }
    }

    private final KeptSlices slices;
    private final Workers workers;
    private final Direction[] directions;

    /** @param threads how many may be used; the result does not depend on it */
    InPlaneErrors(KeptSlices slices, int threads) {
        this.slices = slices;
        this.workers = new Workers(threads);
        double[] positions = slices.positions();
        double gap = Math.abs(positions[positions.length - 1] - positions[0]) / (positions.length - 1);
        this.directions = new Direction[] {
            new Direction(slices.width(), 1, slices.height(), slices.width(), gap / slices.columnSpacing()),
            new Direction(slices.height(), slices.width(), slices.width(), 1, gap / slices.rowSpacing())};
    }

    /**
     * Logarithm of the error at half the slices' gap over that at the gap, 0 or less for all but odd pictures; 0 where
     * the slices are too small to tell. Of rows and columns, the one in which it falls less: the other may have been
     * blurred when it was acquired or resampled, as directions across the slices of a volume that is cut anew are.
     */
    double halvingTheGap() {
        double least = Double.NEGATIVE_INFINITY;
        for (Direction direction : directions) {
            if (direction.farthest() > 1) {
                least = Math.max(least, direction.at(0.5, 0, false) - direction.at(1, 0, false));
            }
        }
        return tell() ? least : 0;
    }

    /** Whether rows or columns are long enough. */
    boolean tell() {
        return directions[0].farthest() > 1 || directions[1].farthest() > 1;
    }

    /**
     * Logarithm of the mean absolute error, rows and columns counting alike; 0 where they do not {@link #tell}.
     *
     * @param gaps distance to either side, in the slices' mean gap
     * @param margin slices at either end of the stack that do not count
     */
    double logError(double gaps, int margin) {
        return mean(gaps, margin, false);
    }

    /** Logarithm of the mean absolute difference of two pixels as far apart, likewise. */
    double logDifference(double gaps) {
        return mean(gaps / 2, 0, true);
    }

    private double mean(double gaps, int margin, boolean difference) {
        double sum = 0;
        int telling = 0;
        for (Direction direction : directions) {
            if (direction.farthest() > 1) {
                sum += direction.at(gaps, margin, difference);
                telling++;
            }
        }
        return telling == 0 ? 0 : sum / telling;
    }

    /**
     * Standard deviation of the noise, in widths of the window: from the response to a mask that neither a plane nor an
     * edge along a row or a column answers to (J. Immerkaer, Fast Noise Variance Estimation, CVIU 1996), of which the
     * lowest quarter is taken, so that structure does not count. 0 where a quarter of the picture does not change at all.
     */
    double noise() {
        int[][] histograms = new int[workers.count()][NOISE_BINS];
        int width = slices.width();
        float[] v = slices.values();
        workers.forEach(slices.count(), (slice, worker) -> {
            for (int row = 1; row < slices.height() - 1; row++) {
                int start = slice * slices.pixels() + row * width;
                for (int p = start + 1; p < start + width - 1; p++) {
                    if (v[p] > 0 && v[p] < 1) {
                        int above = p - width;
                        int below = p + width;
                        float response = v[above - 1] + v[above + 1] + v[below - 1] + v[below + 1]
                                - 2 * (v[above] + v[below] + v[p - 1] + v[p + 1]) + 4 * v[p];
                        histograms[worker][Math.min(NOISE_BINS - 1, (int) (Math.abs(response) / 6 * NOISE_BINS))]++;
                    }
                }
            }
        });
        long counted = 0;
        for (int[] histogram : histograms) {
            for (int count : histogram) {
                counted += count;
            }
        }
        long seen = 0;
        for (int bin = 0; bin < NOISE_BINS; bin++) {
            for (int[] histogram : histograms) {
                seen += histogram[bin];
            }
            if (4 * seen >= counted) {
                return bin == 0 ? 0 : (bin + 0.5) / NOISE_BINS / QUARTER_OF_NORMAL;
            }
        }
        return 0;
    }
}
