package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/** Whether something serves a stack: every second slice is left out and predicted with it and without. */
final class LeftOutTrial {

    /** Fewer slices leave too little to predict from. */
    static final int FEWEST = 5;

    private LeftOutTrial() {}

    /**
     * By how many decibels the left-out slices are nearer to the straight line along the motion than to the straight line
     * across: above 0 where motion helps. {@link Double#NaN} where the stack is too short to try.
     */
    static double gainOfMotion(KeptSlices slices, int threads) {
        if (slices.count() < FEWEST) {
            return Double.NaN;
        }
        KeptSlices half = slices.everySecond();
        return gain(slices, half, new BlendedSlices(half, Blend.LINEAR, null, null),
                new BlendedSlices(half, Blend.FLOW, StackMotion.continuous(half, threads), null), threads);
    }

    /**
     * Mean squared error of the left-out slices by one predictor, over that by another, in decibels: above 0 where the
     * second is the better one. {@link Double#NaN} where one of them makes no error.
     *
     * @param half every second slice, what both predict from
     */
    static double gain(KeptSlices slices, KeptSlices half, SlicePredictor without, SlicePredictor with, int threads) {
        double[] errorsWithout = new double[half.count() - 1];
        double[] errorsWith = new double[half.count() - 1];
        new Workers(threads).forEach(half.count() - 1, (k, worker) -> {
            float[] predicted = new float[slices.pixels()];
            double fraction = (slices.positions()[2 * k + 1] - half.positions()[k]) / half.gap(k);
            without.predict(k, fraction, predicted);
            errorsWithout[k] = slices.squaredError(2 * k + 1, predicted);
            with.predict(k, fraction, predicted);
            errorsWith[k] = slices.squaredError(2 * k + 1, predicted);
        });
        double before = 0;
        double after = 0;
        for (int k = 0; k < errorsWithout.length; k++) {
            before += errorsWithout[k];
            after += errorsWith[k];
        }
        return before > 0 && after > 0 ? 10 * Math.log10(before / after) : Double.NaN;
    }
}
