package io.github.medgs.interslice;

/**
 * How much each way of looking across slices counts; the shares add up to one. That of the cubic may be negative where
 * the spline's is above one.
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
     * Shares by the bend of a stack (see {@link Smoothness}) that is not smooth, piecewise linear between these rows.
     * They are least squares over held-out slices of sixteen stacks at strides 2, 3 and 5 (brain T1, abdominal CT and
     * MR, hippocampus 003 along several axes, and others that no published score uses), drawn towards values set by
     * hand, and rounded. Finely cut anatomy is best served by cubics along the motion, coarsely cut anatomy by straight
     * lines along the motion and a little plain blending, which is the cautious guess where motion fails.
     */
    private static final float[] BENDS = {2.0f, 2.3f, 2.5f, 2.65f};

    private static final Blend[] SHARES = {
        new Blend(0.36f, 0.38f, 0.00f, 0.07f, 0.19f),
        new Blend(0.55f, 0.23f, 0.09f, 0.05f, 0.08f),
        new Blend(0.77f, 0.04f, 0.14f, 0.00f, 0.05f),
        new Blend(0.80f, 0.00f, 0.20f, 0.00f, 0.00f),
    };

    /**
     * Of two slices alone, which say nothing of how smooth the stack is. Best of a few shares on 190 pairs of 24 volumes, two
     * or three slices apart along two axes, the slices between them known.
     */
    private static final Blend PAIR = new Blend(0.6f, 0, 0.4f, 0, 0);

    /**
     * Of smooth stacks: the share along the motion, and how far to go past the spline, at full sharpness, as a multiple
     * of the way from the cubic to it. Least squares on eight such stacks (abdominal MR, hippocampus 001, and others
     * averaged over two to four slices, as overlapping slices are) ask for 0.3 to 1.3: a kernel as long as the sinc,
     * which keeps what the spline still damps.
     */
    private static final float SMOOTH_MOTION = 0.17f;

    private static final float BEYOND_SPLINE = 0.9f;

    /**
     * Where motion leaves less than this of the change between slices unexplained, the shares straight across shrink in
     * proportion; real stacks leave 0.15 to 0.6.
     */
    private static final double USUAL_MISMATCH = 0.25;

    /**
     * Where motion leaves more than this unexplained it is not to be trusted (speckle, noise, slices too far apart): up
     * to this share goes to the straight line across slices, of smooth stacks to the spline, in full from the second
     * mismatch on. Nor is then gone past the spline, which would sharpen the noise.
     */
    private static final float DOUBT = 0.3f;

    /** More of it where motion did not help by this many decibels to predict slices left out at twice the gap. */
    private static final float MORE_DOUBT = 0.15f;

    private static final double HELPFUL_GAIN = 0.15;

    private static final double DOUBTFUL_MISMATCH = 0.35;
    private static final double HOPELESS_MISMATCH = 0.47;

    /**
     * The shares that fit a stack and its motion.
     *
     * @param smoothness of the stack
     * @param mismatch see {@link StackMotion#mismatch}
     * @param threads how many threads may be used; the result does not depend on it
     */
    static Blend fitting(KeptSlices slices, Smoothness smoothness, double mismatch, int threads) {
        if (slices.count() < 3) {
            return PAIR;
        }
        // Where slices are farther apart, what happens at twice the gap says nothing about the gap.
        boolean tried = mismatch > DOUBTFUL_MISMATCH && smoothness.bend() < BENDS[BENDS.length - 1];
        return fitting(smoothness, mismatch, tried ? LeftOutTrial.gainOfMotion(slices, threads) : Double.NaN);
    }

    /**
     * @param mismatch see {@link StackMotion#mismatch}
     * @param gain see {@link LeftOutTrial#gainOfMotion}; {@link Double#NaN} where it was not tried
     */
    static Blend fitting(Smoothness smoothness, double mismatch, double gain) {
        float doubt = doubt(mismatch);
        float failed = Double.isNaN(gain) ? 0 : (float) Math.clamp(1 - gain / HELPFUL_GAIN, 0, 1);
        float smooth = smoothness.share();
        double explained = Math.min(1, mismatch / USUAL_MISMATCH);
        return byBend(smoothness.bend())
                .towards(smooth(smoothness.sharpness(), 1 - doubt), smooth)
                .straightAcross((float) Math.pow(explained, smoothness.roomForMotion()))
                .towards(LINEAR.towards(SPLINE, smooth), (DOUBT + MORE_DOUBT * failed) * doubt);
    }

    /** From 0, where motion explains enough of what changes, to 1, where it is not to be trusted. */
    static float doubt(double mismatch) {
        return (float) Math.clamp((mismatch - DOUBTFUL_MISMATCH) / (HOPELESS_MISMATCH - DOUBTFUL_MISMATCH), 0, 1);
    }

    private static Blend smooth(float sharpness, float confidence) {
        float motion = SMOOTH_MOTION * sharpness;
        float beyond = BEYOND_SPLINE * sharpness * confidence;
        return new Blend(0, motion, 0, -beyond, 1 - motion + beyond);
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

    /** Shares straight across scaled by a factor, what they lose given to those along the motion. */
    private Blend straightAcross(float factor) {
        float along = motionLinear + motionCubic;
        if (!(along > 0)) {
            return this;
        }
        float grown = (1 - factor * (1 - along)) / along;
        return new Blend(grown * motionLinear, grown * motionCubic, factor * linear, factor * cubic, factor * spline);
    }

    private Blend towards(Blend other, float share) {
        return new Blend(motionLinear + share * (other.motionLinear - motionLinear),
                motionCubic + share * (other.motionCubic - motionCubic), linear + share * (other.linear - linear),
                cubic + share * (other.cubic - cubic), spline + share * (other.spline - spline));
    }
}
