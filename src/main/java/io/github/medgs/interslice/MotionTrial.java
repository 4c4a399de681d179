package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/** Whether motion serves a stack: every second slice is left out and predicted with it and without. */
final class MotionTrial {

    /** Fewer slices leave too little to predict from. */
    private static final int FEWEST = 5;

    private MotionTrial() {}

    /**
     * Mean squared error of the left-out slices on the straight line across, over that on the straight line along the
     * motion, in decibels: above 0 where motion helps. {@link Double#NaN} where the stack is too short to try.
     */
    static double gain(KeptSlices slices, int threads) {
        if (slices.count() < FEWEST) {
            return Double.NaN;
        }
        KeptSlices half = slices.everySecond();
        SlicePredictor along = new BlendedSlices(half, Blend.FLOW, StackMotion.continuous(half, threads), null);
        SlicePredictor across = new BlendedSlices(half, Blend.LINEAR, null, null);
        double[] errorsAcross = new double[half.count() - 1];
        double[] errorsAlong = new double[half.count() - 1];
        new Workers(threads).forEach(half.count() - 1, (k, worker) -> {
            float[] predicted = new float[slices.pixels()];
            double fraction = (slices.positions()[2 * k + 1] - half.positions()[k]) / half.gap(k);
            across.predict(k, fraction, predicted);
            errorsAcross[k] = slices.squaredError(2 * k + 1, predicted);
            along.predict(k, fraction, predicted);
            errorsAlong[k] = slices.squaredError(2 * k + 1, predicted);
        });
        double without = 0;
        double with = 0;
        for (int k = 0; k < errorsAcross.length; k++) {
            without += errorsAcross[k];
            with += errorsAlong[k];
        }
        return without > 0 && with > 0 ? 10 * Math.log10(without / with) : Double.NaN;
    }
}
