package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;

/** How sure each voxel of a drawn slice is, in widths of the window. From any number of threads. */
public final class SliceTrust {

    private final ErrorModel model;
    private final ErrorClues clues;
    private final Excess excess;

    /** @param excess {@code null} where nothing lies beyond the window */
    SliceTrust(ErrorModel model, ErrorClues clues, Excess excess) {
        this.model = model;
        this.clues = clues;
        this.excess = excess;
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
     * picture that is off by d is wrong by d even where that is right. Where nothing lies beyond the window no error is larger
     * than it is wide.
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
            band[p] = (float) Math.min(most, band(Math.min(1, wider * within) + wider * outside, off, model.level()));
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
