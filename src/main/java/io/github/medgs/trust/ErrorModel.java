package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;

/**
 * How large the errors of drawn voxels are expected to be, in multiples of their {@link ErrorClues}.
 *
 * <p>Every second slice is left out and predicted from the others: that gives the multiples at twice the gap. What they
 * are at the gap itself follows from three things that the stack shows without any truth between its slices. How the
 * error of interpolation falls with distance in the plane ({@link InPlaneErrors}): noise does not fall, fine tissue falls
 * a little, smooth tissue a lot. The multiple at twice the gap, q(2): one that is far above the usual has something in it
 * that only the large gap brings. And how much more the predictions' disagreement falls from twice the gap to the gap
 * than the slices' difference does: much more in a stack that was smoothed across its slices, such as a resampled one.
 * With i for the first and d for the third (logarithms, both below 0 as a rule),
 * {@code log q(1) / q(2) = 0.83 + 0.865 i - 0.665 log q(2) + 0.82 min(0, d + 0.25)}; {@code trust.md} says what it was
 * fitted on and how far it is off. The error is not expected to fall below that of the noise in the plane, which a drawn
 * slice and the true one have each.
 *
 * @param expected expected absolute error over the clue
 * @param band half width of the band over the clue
 * @param level share of the voxels whose error the band is meant to hold, such as 0.9
 * @param leftOut slices that were left out at twice the gap; 0 where the prior alone speaks
 */
public record ErrorModel(double expected, double band, double level, int leftOut) {

    private static final double OFFSET = 0.830;
    private static final double IN_PLANE = 0.865;
    private static final double LEVEL_AT_TWICE = -0.665;
    private static final double DISAGREEMENT = 0.82;
    private static final double USUAL_DISAGREEMENT = -0.25;

    /** No development stack that was not made smooth on purpose lies outside. */
    private static final double SMALLEST = 0.45;
    private static final double LARGEST = 1.2;

    /** Mean absolute error of the mean of two slices as a prediction of the third, of noise's deviation: sqrt(3 / pi). */
    private static final double ERROR_OF_NOISE = 0.977;

    /** Of the development stacks: log of the 90 % quantile's multiple, and of the mean's over it. */
    private static final double PRIOR = 0.730;
    private static final double PRIOR_MEAN = -0.796;

    /** The level at which the line was fitted. */
    private static final double FITTED_LEVEL = 0.9;

    /**
     * @param motion of the stack whose drawn slices are in question
     * @param level above 0 and below 1
     */
    public static ErrorModel of(MotionPredictor motion, double level, int threads) {
        KeptSlices slices = motion.slices();
        LeftOut left = LeftOut.everySecond(slices, threads);
        // Errors fall off exponentially, about: the one assumption about levels no slice was left out for.
        double exponential = Math.log(Math.log(1 - level) / Math.log(1 - FITTED_LEVEL));
        if (left.slices() == 0) {
            return new ErrorModel(Math.exp(PRIOR + PRIOR_MEAN), Math.exp(PRIOR + exponential), level, 0);
        }
        GapMeans atGap = GapMeans.of(new ErrorClues(motion, threads), threads);
        InPlaneErrors plane = new InPlaneErrors(slices);
        double disagreement = atGap.logDisagreement() - left.means().logDisagreement();
        double change = OFFSET + IN_PLANE * plane.halvingTheGap()
                + LEVEL_AT_TWICE * Math.log(left.quantile(FITTED_LEVEL))
                + DISAGREEMENT * Math.min(0, disagreement - USUAL_DISAGREEMENT);
        double noise = ERROR_OF_NOISE * plane.noise() / (left.meanMultiple() * atGap.clue());
        double smaller = Math.clamp(Math.max(noise, Math.exp(change)), SMALLEST, LARGEST);
        return new ErrorModel(smaller * left.meanMultiple(), smaller * left.quantile(level), level, left.slices());
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
