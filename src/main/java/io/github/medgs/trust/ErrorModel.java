package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;

/**
 * How large the errors of drawn voxels are expected to be, in multiples of their {@link ErrorClues}.
 *
 * <p>Every second slice is left out and predicted from the others: that gives the multiples at twice the gap. What they
 * are at the gap itself follows from what the stack shows without any truth between its slices:
 *
 * <ul>
 *   <li>i: how the error of interpolation falls with distance in the plane ({@link InPlaneErrors}, a logarithm): that of
 *       noise does not, that of fine tissue a little, that of smooth tissue a lot;
 *   <li>q(2), the multiple at twice the gap: one that is far above the usual has something in it that only the large gap
 *       brings;
 *   <li>m, what the motion leaves unexplained ({@link MotionPredictor#mismatch}): where it explains little the clues,
 *       which are made of that, stay large;
 *   <li>d, how much more the predictions' disagreement falls from twice the gap to the gap than the slices' difference
 *       does (a logarithm): a lot more in a stack that was smoothed across its slices, such as a resampled one.
 * </ul>
 *
 * <p>{@code log q(1) / q(2) = 0.787 + 0.902 i - 0.374 log q(2) - 0.464 m + 1.22 min(0, d + 0.3)}; {@code trust.md} says
 * what it was fitted on and how far it is off. The error is not expected to fall below that of the noise in the plane,
 * which the slices and the truth between them all have.
 *
 * @param expected expected absolute error over the clue
 * @param band half width of the band over the clue
 * @param level share of the voxels whose error the band is meant to hold, such as 0.9
 * @param leftOut slices that were left out at twice the gap; 0 where the prior alone speaks
 */
public record ErrorModel(double expected, double band, double level, int leftOut) {

    private static final double OFFSET = 0.787;
    private static final double IN_PLANE = 0.902;
    private static final double AT_TWICE = -0.374;
    private static final double UNEXPLAINED = -0.464;
    private static final double DISAGREEMENT = 1.22;
    private static final double USUAL_DISAGREEMENT = -0.3;

    /** Bounds of q(1) / q(2): no development stack but a few that were made smooth lies outside. */
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
                + AT_TWICE * Math.log(left.quantile(FITTED_LEVEL)) + UNEXPLAINED * motion.mismatch()
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
