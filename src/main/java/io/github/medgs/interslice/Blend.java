package io.github.medgs.interslice;

/**
 * How much each way of looking across slices counts; the shares add up to one.
 *
 * @param motionLinear straight line along the motion
 * @param motionCubic Catmull-Rom's cubic along the motion
 * @param linear straight line across slices
 * @param cubic Catmull-Rom's cubic across slices
 * @param spline natural cubic spline across slices
 */
record Blend(float motionLinear, float motionCubic, float linear, float cubic, float spline) {

    static final Blend LINEAR = new Blend(0, 0, 1, 0, 0);
    static final Blend CUBIC = new Blend(0, 0, 0, 1, 0);
    static final Blend SPLINE = new Blend(0, 0, 0, 0, 1);
    static final Blend FLOW = new Blend(1, 0, 0, 0, 0);

    /**
     * Shares by the bend of the stack (see {@link #bend}), piecewise linear between these rows. They are least squares
     * over held-out slices of sixteen stacks at strides 2, 3 and 5 (brain T1, abdominal CT and MR, hippocampus 003
     * along several axes, and others that no published score uses), drawn towards values set by hand, and rounded.
     * Smooth stacks are best served by the spline, finely cut anatomy by cubics along the motion, coarsely cut anatomy
     * by straight lines along the motion and a little plain blending, which is the cautious guess where motion fails.
     */
    private static final float[] BENDS = {1.5f, 1.8f, 2.0f, 2.3f, 2.5f, 2.65f};

    private static final Blend[] SHARES = {
        new Blend(0.00f, 0.04f, 0.00f, 0.00f, 0.96f),
        new Blend(0.12f, 0.26f, 0.00f, 0.00f, 0.62f),
        new Blend(0.36f, 0.38f, 0.00f, 0.07f, 0.19f),
        new Blend(0.55f, 0.23f, 0.09f, 0.05f, 0.08f),
        new Blend(0.77f, 0.04f, 0.14f, 0.00f, 0.05f),
        new Blend(0.80f, 0.00f, 0.20f, 0.00f, 0.00f),
    };

    /**
     * Where motion leaves less than this of the change between slices unexplained, the shares straight across shrink in
     * proportion; real stacks leave 0.15 to 0.6.
     */
    private static final double USUAL_MISMATCH = 0.25;

    /**
     * Where motion leaves more than this unexplained it is not to be trusted (speckle, noise, slices too far apart): up
     * to this share goes to the straight line across slices, in full from the second mismatch on.
     */
    private static final float DOUBT = 0.3f;

    private static final double DOUBTFUL_MISMATCH = 0.35;
    private static final double HOPELESS_MISMATCH = 0.47;

    /** The shares that fit a stack and its motion. */
    static Blend fitting(KeptSlices slices, StackMotion motion) {
        double mismatch = motion.mismatch();
        double doubt = (mismatch - DOUBTFUL_MISMATCH) / (HOPELESS_MISMATCH - DOUBTFUL_MISMATCH);
        return byBend(bend(slices))
                .straightAcross((float) Math.min(1, mismatch / USUAL_MISMATCH))
                .towards(LINEAR, DOUBT * (float) Math.clamp(doubt, 0.0, 1.0));
    }

    /** The shares for a bend. */
    static Blend byBend(double bend) {
        if (!(bend > BENDS[0])) {
            return SHARES[0];
        }
        for (int row = 1; row < BENDS.length; row++) {
            if (bend <= BENDS[row]) {
                float share = (float) ((bend - BENDS[row - 1]) / (BENDS[row] - BENDS[row - 1]));
                return SHARES[row - 1].towards(SHARES[row], share);
            }
        }
        return SHARES[BENDS.length - 1];
    }

    /**
     * Mean square of second differences across slices over that of first differences: 0 for straight lines, 2 for a
     * random walk, 3 for independent slices. Uneven spacing is taken into account as in divided differences. Stacks
     * of fewer than three slices, or without any change, count as rough.
     */
    static double bend(KeptSlices slices) {
        int pixels = slices.pixels();
        float[] values = slices.values();
        double first = 0;
        double second = 0;
        int count = slices.count();
        if (count < 3) {
            return Double.MAX_VALUE;
        }
        double mean = (slices.positions()[count - 1] - slices.positions()[0]) / (count - 1);
        for (int k = 0; k + 1 < count; k++) {
            double before = mean / slices.gap(k);
            double after = k + 2 < count ? mean / slices.gap(k + 1) : 0;
            double sumFirst = 0;
            double sumSecond = 0;
            for (int p = k * pixels; p < (k + 1) * pixels; p++) {
                double slope = (values[p + pixels] - values[p]) * before;
                sumFirst += slope * slope;
                if (after > 0) {
                    double change = (values[p + 2 * pixels] - values[p + pixels]) * after - slope;
                    sumSecond += change * change;
                }
            }
            first += sumFirst / (count - 1);
            second += sumSecond / (count - 2);
        }
        return first > 0 ? second / first : Double.MAX_VALUE;
    }

    /** Shares straight across scaled by a factor, what they lose given to those along the motion. */
    private Blend straightAcross(float factor) {
        float along = motionLinear + motionCubic;
        float grown = (1 - factor * (1 - along)) / along;
        return new Blend(grown * motionLinear, grown * motionCubic, factor * linear, factor * cubic, factor * spline);
    }

    private Blend towards(Blend other, float share) {
        return new Blend(motionLinear + share * (other.motionLinear - motionLinear),
                motionCubic + share * (other.motionCubic - motionCubic), linear + share * (other.linear - linear),
                cubic + share * (other.cubic - cubic), spline + share * (other.spline - spline));
    }
}
