package io.github.medgs.trust;

import io.github.medgs.interslice.MotionPredictor;

/**
 * How large the errors of drawn voxels are expected to be, in multiples of their {@link ErrorClues}.
 *
 * <p>Every second slice is left out and predicted from the others: that gives the errors and their multiples at twice the
 * gap. What they are at the gap itself follows from what the stack shows without any truth between its slices. The error
 * e falls from twice the gap to the gap by
 *
 * <p>{@code log e(1) / e(2) = t - 0.2 (u - t) - 0.3 g - 0.06}, of which {@code t = i + 1.7 r + 0.6 s min(0, a)} is what
 * the error of the straight line across is taken to fall by, and the rest what motion gains over it:
 *
 * <ul>
 *   <li>i: as the error of interpolation falls with distance in the plane ({@link InPlaneErrors#halvingTheGap}): that of
 *       noise does not, that of fine tissue a little, that of smooth tissue a lot;
 *   <li>r: by less where errors across slices are seen to fall less than those in the plane ({@link
 *       AcrossErrors#rougher});
 *   <li>s and a: by more in a stack that is smooth across its slices ({@link MotionPredictor#smoothness}) and more so than
 *       in the plane ({@link AcrossErrors#abovePlane});
 *   <li>u: how much the disagreement of linear, cubic, spline and motion falls. Where it stays while the error of the
 *       straight line falls, motion has more to gain. Of three or four slices it is taken to be t: of two, which are
 *       left of them, linear, cubic and spline say the same;
 *   <li>g: what motion gained at twice the gap. A large gain was luck in part, none may have been a gap too large.
 * </ul>
 *
 * <p>All are logarithms but s. The error is not expected to fall below that of the noise in the plane, which the slices and
 * the truth between them all have. The clues at the gap are known, so the multiple is; the tail of the multiples at the gap is
 * the usual one, and a little of that at twice the gap. {@code trust.md} says what the numbers were fitted on and how far
 * they are off.
 *
 * @param expected expected absolute error over the clue
 * @param band half width of the band over the clue
 * @param beyond expected absolute error of what lies beyond the window over its own clue, which is added; 0 where nothing
 *     does
 * @param level share of the voxels whose error the band is meant to hold, such as 0.9
 * @param leftOut slices that were left out at twice the gap; 0 where the prior alone speaks
 */
public record ErrorModel(double expected, double band, double beyond, double level, int leftOut) {

    /** Fewer slices leave none that can be left out. */
    public static final int FEWEST = 3;

    /** Of fewer at most two are kept when every second is left out: linear, cubic and spline are one then. */
    private static final int FEWEST_THAT_DISAGREE = 5;

    private static final double ROUGHER = 1.7;
    private static final double SMOOTHER = 0.6;
    private static final double AGREEMENT = -0.2;
    private static final double GAIN_AT_TWICE = -0.3;
    private static final double USUAL_GAIN = -0.06;

    /** The error at the gap is some share of that at twice the gap; no development stack lies outside. */
    private static final double SMALLEST = 0.15;
    private static final double LARGEST = 1;

    /**
     * Mean absolute error that noise of deviation 1 leaves: 0.80 of a perfect prediction, 0.98 of the mean of two slices.
     * Motion reads between pixels, and so averages more than two.
     */
    private static final double ERROR_OF_NOISE = 0.88;

    /** Of disagreements whose logarithm is taken. */
    private static final double LEAST = 1e-9;

    /** The level at which the numbers were fitted; log of its quantile over the mean, and how much twice the gap says of it. */
    private static final double FITTED_LEVEL = 0.9;
    private static final double USUAL_TAIL = 0.67;
    private static final double TAIL_AT_TWICE = 0.19;

    /** Of the development stacks: log of the mean error's multiple, and of the 90 % quantile's over it. */
    private static final double PRIOR = -0.09;
    private static final double PRIOR_TAIL = 0.81;

    /**
     * What is learnt of a stack, asked of every voxel of its drawn slices.
     *
     * @param motion of the stack
     * @param excess of it; {@code null} where nothing beyond the window is drawn
     * @param step to which the truth is rounded as it is stored, in widths of the window; 0 for floats
     * @param level above 0 and below 1
     */
    public static SliceTrust trust(MotionPredictor motion, Excess excess, double step, double level, int threads) {
        ErrorClues clues = new ErrorClues(motion, threads);
        return new SliceTrust(of(clues, excess, level, threads), clues, excess, step);
    }

    private static ErrorModel of(ErrorClues clues, Excess excess, double level, int threads) {
        MotionPredictor motion = clues.motion();
        LeftOut left = LeftOut.everySecond(motion, excess, threads);
        if (left.slices() == 0 || left.meanMultiple() == 0 || left.means().clue() == 0) {
            // Errors fall off exponentially, about: the one assumption about levels no slice was left out for.
            double exponential = Math.log(1 - level) / Math.log(1 - FITTED_LEVEL);
            return new ErrorModel(Math.exp(PRIOR), Math.exp(PRIOR + PRIOR_TAIL) * exponential, excess == null ? 0 : Math.exp(PRIOR), level,
                    0);
        }
        GapMeans atGap = GapMeans.of(clues, threads);
        InPlaneErrors plane = new InPlaneErrors(motion.slices(), threads);
        double falling = Math.clamp(Math.max(Math.exp(logFalling(motion, left, atGap, plane)),
                ERROR_OF_NOISE * plane.noise() / left.meanError()), SMALLEST, LARGEST);
        double expected = falling * left.meanMultiple() * left.means().clue() / atGap.clue();
        double tailAtTwice = Math.log(left.quantile(FITTED_LEVEL) / left.meanMultiple());
        double band = expected * Math.exp(USUAL_TAIL + TAIL_AT_TWICE * tailAtTwice)
                * left.quantile(level) / left.quantile(FITTED_LEVEL);
        double beyond = left.beyondMultiple() * expected / left.meanMultiple();
        // What is drawn is corrected; what lies beyond the window, and what was left out above, is not.
        double corrected = motion.learned().errorShare();
        return new ErrorModel(corrected * expected, corrected * band, beyond, level, left.slices());
    }

    /** Logarithm of the error at the gap over that at twice the gap. */
    private static double logFalling(MotionPredictor motion, LeftOut left, GapMeans atGap,
            InPlaneErrors plane) {
        AcrossErrors across = new AcrossErrors(motion.slices(), plane);
        double straight = plane.halvingTheGap() + ROUGHER * across.rougher()
                + SMOOTHER * motion.smoothness() * Math.min(0, across.abovePlane());
        double disagreement = motion.slices().count() < FEWEST_THAT_DISAGREE ? straight
                : Math.log(Math.max(LEAST, atGap.disagreement()) / Math.max(LEAST, left.means().disagreement()));
        return straight + AGREEMENT * (disagreement - straight) + GAIN_AT_TWICE * left.logGain() + USUAL_GAIN;
    }

    /** Whether nothing could be learnt from slices left out: there were too few, or they were drawn without any error. */
    public boolean priorAlone() {
        return leftOut == 0;
    }

    /**
     * What asks this of every voxel of a slice.
     *
     * @param excess {@code null} where nothing beyond the window is drawn
     * @param step to which the truth is rounded as it is stored, in widths of the window; 0 for floats
     */
    public SliceTrust on(MotionPredictor motion, Excess excess, double step, int threads) {
        return new SliceTrust(this, new ErrorClues(motion, threads), excess, step);
    }
}
