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
     * The expected absolute error of every voxel; the band's half width is {@link #bandOverExpected} times it.
     *
     * @param out output, height x width
     */
    public void expected(int slice, double fraction, float[] out) {
        clues.at(slice, fraction, new float[out.length], out);
        for (int p = 0; p < out.length; p++) {
            out[p] *= (float) model.expected();
        }
        float[] beyond = new float[out.length];
        if (clues.beyond(excess, slice, fraction, beyond)) {
            for (int p = 0; p < out.length; p++) {
                out[p] += (float) model.beyond() * beyond[p];
            }
        }
    }

    /** Half width of the band over the expected error. */
    public double bandOverExpected() {
        return model.band() / model.expected();
    }
}
