package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;

/** How sure each voxel of a drawn slice is, in widths of the window. From any number of threads. */
public final class SliceTrust {

    private final ErrorModel model;
    private final ErrorClues clues;
    private final Excess excess;
    private final double step;

    /**
     * @param excess {@code null} where nothing lies beyond the window
     * @param step to which the truth is rounded as it is stored, in widths of the window; 0 for floats
     */
    SliceTrust(ErrorModel model, ErrorClues clues, Excess excess, double step) {
        this.model = model;
        this.clues = clues;
        this.excess = excess;
        this.step = step;
    }

    public ErrorModel model() {
        return model;
    }

    /** The slices that it speaks of the space between. */
    public KeptSlices slices() {
        return clues.motion().slices();
    }

    /**
     * The expected absolute error of every voxel of a picture drawn at a place, and the half width of its band. Both grow by
     * what the picture is off the {@linkplain MotionPredictor#learned corrected motion's}, of which alone the model speaks: a
     * picture that is off by d is wrong by d even where that is right. The band holds what the truth is rounded to, too: the
     * left-out slices have that in the mean of their errors, but not where their clues are small. Where nothing lies beyond
     * the window no error is larger than it is wide.
     *
     * @param drawn height x width; 0 at the window's low end, 1 at its high one
     * @param expected output, likewise
     * @param band output, likewise
     */
    public void of(int slice, double fraction, float[] drawn, float[] expected, float[] band) {
        float[] target = new float[drawn.length];
        float[] beyond = new float[drawn.length];
        clues.at(slice, fraction, target, expected);
        clues.beyond(excess, slice, fraction, beyond);
        clues.motion().learned().predict(slice, fraction, target);
        if (excess != null) {
            excess.addTo(slice, fraction, target);
        }
        double wider = model.band() / model.expected();
        double most = excess == null ? 1 : Double.POSITIVE_INFINITY;
        for (int p = 0; p < drawn.length; p++) {
            double within = model.expected() * expected[p];
            double outside = model.beyond() * beyond[p];
            double off = Math.abs(drawn[p] - target[p]);
            expected[p] = (float) Math.min(most, expected(Math.min(1, within) + outside, off));
            double half = Math.min(1, wider * within) + wider * outside;
            band[p] = (float) Math.min(most, band(rounded(half, step, model.level()), off, model.level()));
        }
    }

    /**
     * Mean absolute value of what is off by a known amount besides an error of known mean absolute value, which is taken
     * to fall off exponentially to both sides (Laplace).
     */
    static double expected(double mean, double off) {
        return mean > 0 ? off + mean * Math.exp(-off / mean) : off;
    }

    /**
     * Half width of the band that holds as much as one of a known half width did before its truth was rounded to steps, which
     * is an error of up to half a step h to either side, each as likely. With Laplace's distribution of mean absolute value m
     * it is {@code m log(sinh(h / m) / (h / m) / (1 - level))} as far as that is half a step or more. Below, where there is
     * little besides rounding, the lesser of that and {@code level h + m / 2} bounds it
     * closely; without any other error it is {@code level h}.
     */
    static double rounded(double half, double step, double level) {
        if (step == 0) {
            return half;
        }
        double most = step / 2;
        double mean = half / -Math.log1p(-level);
        if (!(mean > 0)) {
            return level * most;
        }
        double share = most / mean;
        double wide = half + mean * (share + Math.log(-Math.expm1(-2 * share) / (2 * share)));
        return wide >= most ? wide : Math.min(wide, level * most + mean / 2);
    }

    /**
     * Half width of the band about what is off by a known amount that holds as much as one of a known half width did before.
     * Of Laplace's distribution of mean absolute value m it is {@code m log(cosh(off / m) / (1 - level))}.
     */
    static double band(double half, double off, double level) {
        double mean = half / -Math.log1p(-level);
        if (!(mean > 0)) {
            return off;
        }
        double share = off / mean;
        return half + mean * (share + Math.log1p(Math.exp(-2 * share)) - Math.log(2));
    }
}
