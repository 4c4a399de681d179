package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;

/**
 * How large the errors of drawn voxels are expected to be, in multiples of their {@link ErrorClues}.
 *
 * <p>Every second slice is left out and predicted from the others: that gives the multiples at twice the gap. Slices
 * left out of every second one give them at four times the gap. What holds at the gap itself follows from both by a line
 * through the logarithms, {@code log q(1) = a + b log q(2) + c (log q(2) - log q(4) - g)}: for the 90 % quantiles of the
 * development stacks it leaves a standard deviation of 0.12. A stack too short for the second has the last term zero,
 * one too short for the first the prior alone.
 *
 * @param expected expected absolute error over the clue
 * @param band half width of the band over the clue
 * @param level share of the voxels whose error the band is meant to hold, such as 0.9
 * @param leftOut slices that were left out at twice the gap; 0 where the prior alone speaks
 * @param leftOutTwice slices that were left out at four times the gap; fewer than {@value #FEWEST_TWICE} are not used
 */
public record ErrorModel(double expected, double band, double level, int leftOut, int leftOutTwice) {

    private static final double OFFSET = 0.079;
    private static final double SLOPE = 0.741;
    private static final double GROWTH = 0.175;
    private static final double USUAL_GROWTH = -0.244;
    private static final int FEWEST_TWICE = 3;

    /** Of the development stacks: log of the 90 % quantile's multiple, and of the mean's over it. */
    private static final double PRIOR = 0.730;
    private static final double PRIOR_MEAN = -0.796;

    /** The level at which the line was fitted. */
    private static final double FITTED_LEVEL = 0.9;

    /** @param level above 0 and below 1 */
    public static ErrorModel of(KeptSlices slices, double level, int threads) {
        LeftOut once = LeftOut.every(2, slices, threads);
        // Errors fall off exponentially, about: the one assumption about levels no slice was left out for.
        double exponential = Math.log(Math.log(1 - level) / Math.log(1 - FITTED_LEVEL));
        if (once.slices() == 0) {
            return new ErrorModel(Math.exp(PRIOR + PRIOR_MEAN), Math.exp(PRIOR + exponential), level, 0, 0);
        }
        LeftOut twice = LeftOut.every(4, slices, threads);
        double atTwice = Math.log(once.quantile(FITTED_LEVEL));
        double growth = twice.slices() < FEWEST_TWICE ? 0
                : atTwice - Math.log(twice.quantile(FITTED_LEVEL)) - USUAL_GROWTH;
        double smaller = Math.exp(OFFSET + SLOPE * atTwice + GROWTH * growth - atTwice);
        return new ErrorModel(smaller * once.meanMultiple(), smaller * once.quantile(level), level, once.slices(),
                twice.slices());
    }

    /** Whether the stack was too short to leave a slice out. */
    public boolean priorAlone() {
        return leftOut == 0;
    }

    /** What asks this of every voxel of a slice. */
    public SliceTrust on(MotionPredictor motion, int threads) {
        return new SliceTrust(this, new ErrorClues(motion, threads));
    }
}
