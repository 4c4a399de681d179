package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;

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
    private static final double LEAST = 1e-6;

    /** How much larger errors may be across slices than in the plane, as a logarithm, at what is the same distance. */
    private static final double UNLIKELY = 0.2;
    private static final double FINE_STEP = 1.02;

    /** Of responses up to 1. */
    private static final int NOISE_BINS = 1 << 14;

    /** A quarter of a normal distribution's absolute values lie within this many standard deviations. */
    private static final double QUARTER_OF_NORMAL = 0.3186;

    private final KeptSlices slices;

    InPlaneErrors(KeptSlices slices) {
        this.slices = slices;
    }

    /**
     * Logarithm of the error at half the slices' gap over that at the gap, 0 or less for all but odd pictures; 0 where
     * the slices are too small to tell. Where the error across slices is far larger than in the plane at their distance,
     * as it is where a file does not know its spacing, the distance in the plane with the same error stands for the gap.
     */
    double halvingTheGap() {
        double[] positions = slices.positions();
        double gap = Math.abs(positions[positions.length - 1] - positions[0]) / (positions.length - 1);
        double rows = halving(slices.width(), 1, slices.height(), slices.width(), gap / slices.columnSpacing());
        double columns = halving(slices.height(), slices.width(), slices.width(), 1, gap / slices.rowSpacing());
        return (rows + columns) / 2;
    }

    /**
     * Standard deviation of the noise, in widths of the window: from the response to a mask that neither a plane nor an
     * edge along a row or a column answers to (J. Immerkaer, Fast Noise Variance Estimation, CVIU 1996), of which the
     * lowest quarter is taken, so that structure does not count. 0 where a quarter of the picture does not change at all.
     */
    double noise() {
        int[] histogram = new int[NOISE_BINS];
        long counted = 0;
        int width = slices.width();
        float[] v = slices.values();
        for (int slice = 0; slice < slices.count(); slice++) {
            for (int row = 1; row < slices.height() - 1; row++) {
                int start = slice * slices.pixels() + row * width;
                for (int p = start + 1; p < start + width - 1; p++) {
                    if (v[p] > 0 && v[p] < 1) {
                        int above = p - width;
                        int below = p + width;
                        float response = v[above - 1] + v[above + 1] + v[below - 1] + v[below + 1]
                                - 2 * (v[above] + v[below] + v[p - 1] + v[p + 1]) + 4 * v[p];
                        histogram[Math.min(NOISE_BINS - 1, (int) (Math.abs(response) / 6 * NOISE_BINS))]++;
                        counted++;
                    }
                }
            }
        }
        long seen = 0;
        for (int bin = 0; bin < NOISE_BINS; bin++) {
            seen += histogram[bin];
            if (4 * seen >= counted) {
                return bin == 0 ? 0 : (bin + 0.5) / NOISE_BINS / QUARTER_OF_NORMAL;
            }
        }
        return 0;
    }

    private double halving(int count, int step, int lines, int lineStep, double gap) {
        int farthest = Math.min(FARTHEST, (count - 1) / 2);
        if (farthest < 2) {
            return 0;
        }
        double[] curve = new double[farthest + 1];
        for (int distance = 1; distance <= farthest; distance++) {
            curve[distance] = Math.log(Math.max(LEAST, error(distance, count, step, lines, lineStep)));
        }
        double across = Math.log(Math.max(LEAST, acrossSlices()));
        double distance = gap;
        if (across > at(distance, curve) + UNLIKELY) {
            while (distance < farthest && across > at(distance, curve)) {
                distance *= FINE_STEP;
            }
        }
        return at(distance / 2, curve) - at(distance, curve);
    }

    /** By a straight line through the logarithms of two whole distances; below 1 pixel that of 1 and 2 goes on. */
    private static double at(double distance, double[] curve) {
        int farthest = curve.length - 1;
        int below = Math.clamp((int) distance, 1, farthest - 1);
        double share = Math.log(Math.min(distance, farthest) / below) / Math.log((below + 1.0) / below);
        return curve[below] + share * (curve[below + 1] - curve[below]);
    }

    /** Mean absolute error of the straight line between the slices about each slice, at the gap. */
    private double acrossSlices() {
        float[] values = slices.values();
        double[] positions = slices.positions();
        int pixels = slices.pixels();
        double sum = 0;
        long counted = 0;
        for (int k = 1; k < slices.count() - 1; k++) {
            float share = (float) ((positions[k] - positions[k - 1]) / (positions[k + 1] - positions[k - 1]));
            for (int p = k * pixels; p < (k + 1) * pixels; p++) {
                float before = values[p - pixels];
                float after = values[p + pixels];
                if (values[p] > 0 || before > 0 || after > 0) {
                    sum += Math.abs(values[p] - (1 - share) * before - share * after);
                    counted++;
                }
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    /** Mean absolute error at a distance in pixels, where one of the three is above the window's low end. */
    private double error(int distance, int count, int step, int lines, int lineStep) {
        float[] values = slices.values();
        int away = distance * step;
        double sum = 0;
        long counted = 0;
        for (int slice = 0; slice < slices.count(); slice++) {
            for (int line = 0; line < lines; line++) {
                int start = slice * slices.pixels() + line * lineStep;
                for (int n = distance; n < count - distance; n++) {
                    int p = start + n * step;
                    if (values[p] > 0 || values[p - away] > 0 || values[p + away] > 0) {
                        sum += Math.abs(values[p] - 0.5f * (values[p - away] + values[p + away]));
                        counted++;
                    }
                }
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
