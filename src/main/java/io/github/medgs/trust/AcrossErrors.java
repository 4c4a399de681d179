package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;

/**
 * How errors across the slices compare with those {@linkplain InPlaneErrors in the plane} at the same distance, which
 * shows where the plane is no likeness of the space across it. Errors are those of the straight line between the slices
 * about a slice, one or two gaps away.
 */
final class AcrossErrors {

    private final KeptSlices slices;
    private final InPlaneErrors plane;

    AcrossErrors(KeptSlices slices, InPlaneErrors plane) {
        this.slices = slices;
        this.plane = plane;
    }

    /**
     * Logarithm of the error across over that in the plane, at the gap: far below 0 where the slices are thick, or were
     * resampled, or the structure is long. 0 where there are fewer than three slices, or they are too small to tell.
     */
    double abovePlane() {
        return slices.count() < 3 || !plane.tell() ? 0 : logError(1, 1) - plane.logError(1, 1);
    }

    /**
     * How much less errors across fall towards small distances than those in the plane, as a logarithm: speckle, and
     * slices that do not quite lie where they are said to, are rough at distances at which the plane is smooth. The lesser
     * of two signs, since either alone has it by chance at times: from two gaps to one, about the same slices, and from
     * first to second differences; and of few slices, n of which lie far enough from the ends, only n / (n + 1). 0 where
     * either sign is below it, or fewer than five slices show nothing.
     */
    double rougher() {
        if (slices.count() < 5 || !plane.tell()) {
            return 0;
        }
        double nearer = logError(1, 2) - plane.logError(1, 2) - (logError(2, 2) - plane.logError(2, 2));
        double bent = abovePlane() - (logDifference() - plane.logDifference(1));
        double slicesSeen = slices.count() - 4;
        return Math.max(0, Math.min(nearer, bent)) * slicesSeen / (slicesSeen + 1);
    }

    /**
     * Of slices about which the straight line between two others is known.
     *
     * @param margin slices at either end that do not count, {@code away} or more
     */
    private double logError(int away, int margin) {
        float[] values = slices.values();
        double[] positions = slices.positions();
        int reach = away * slices.pixels();
        double sum = 0;
        long counted = 0;
        for (int k = margin; k < slices.count() - margin; k++) {
            float share = (float) ((positions[k] - positions[k - away]) / (positions[k + away] - positions[k - away]));
            for (int p = k * slices.pixels(); p < (k + 1) * slices.pixels(); p++) {
                float before = values[p - reach];
                float after = values[p + reach];
                if (values[p] > 0 || before > 0 || after > 0) {
                    sum += Math.abs(values[p] - (1 - share) * before - share * after);
                    counted++;
                }
            }
        }
        return log(sum, counted);
    }

    private double logDifference() {
        float[] values = slices.values();
        double sum = 0;
        long counted = 0;
        for (int p = slices.pixels(); p < values.length; p++) {
            float before = values[p - slices.pixels()];
            if (values[p] > 0 || before > 0) {
                sum += Math.abs(values[p] - before);
                counted++;
            }
        }
        return log(sum, counted);
    }

    private static double log(double sum, long counted) {
        return Math.log(Math.max(InPlaneErrors.LEAST, counted == 0 ? 0 : sum / counted));
    }
}
