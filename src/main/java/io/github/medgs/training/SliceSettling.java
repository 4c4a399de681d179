package io.github.medgs.training;

import io.github.medgs.kernel.Folding;
import io.github.medgs.volume.LabelSlices;
import java.util.Arrays;

/**
 * Brings the pixels of one slice to the structures they have.
 *
 * <p>What is drawn at a pixel is the channel that is highest there, or the background, which has what the channels leave of
 * 1. On its own slice each channel is linear in its intensities, so that the right one wins is a system of linear
 * inequalities. It is solved by relaxation (Agmon 1954; Motzkin and Schoenberg 1954): wherever one does not hold, the
 * intensities are moved by the least change with which it does, and so on round the slice until all hold.
 */
final class SliceSettling {

    /** How far ahead the right one has to be: engines differ by less. */
    private static final float AHEAD = 0.02f;

    /** A little farther than the boundary of what is allowed: then it takes finitely many steps. */
    private static final float RELAXATION = 1.3f;

    /** Rounds at most; a few do where every pixel can have its own way. */
    private static final int MOST_ROUNDS = 200;

    private final LabelSlices labels;
    private final int slice;
    private final GaussianWeights weights;
    private final float[][] coefficients;
    private final int offset;
    private final float[][] drawn;

    /** Pixels in which something was drawn since they were found right. */
    private final boolean[] changed;

    /**
     * @param coefficients constant terms of the mask heads' intensities, channel by channel
     * @param offset of the slice's first Gaussian among them
     */
    SliceSettling(LabelSlices labels, int slice, GaussianWeights weights, float[][] coefficients, int offset) {
        this.labels = labels;
        this.slice = slice;
        this.weights = weights;
        this.coefficients = coefficients;
        this.offset = offset;
        this.drawn = new float[coefficients.length][labels.pixels()];
        this.changed = new boolean[labels.pixels()];
        Arrays.fill(changed, true);
        for (int channel = 0; channel < drawn.length; channel++) {
            for (int n = 0; n + 1 < weights.start.length; n++) {
                add(channel, n, 0.5f + Folding.C0 * coefficients[channel][offset + n]);
            }
        }
    }

    private void add(int channel, int n, float more) {
        float[] field = drawn[channel];
        for (int at = weights.start[n]; at < weights.start[n + 1]; at++) {
            field[weights.pixel[at]] += weights.weight[at] * more;
            changed[weights.pixel[at]] = true;
        }
    }

    void settle() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean right = true;
            for (int p = 0; p < labels.pixels(); p++) {
                if (!changed[p]) {
                    continue;
                }
                changed[p] = false;
                int label = labels.at(slice * labels.pixels() + p);
                right &= settle(p, label < 0 ? -1 : labels.channels()[label]);
            }
            if (right) {
                return;
            }
        }
    }

    /** Whether a pixel was right; if not, it is now, until the next one is settled. */
    private boolean settle(int p, int own) {
        boolean right = true;
        for (int channel = 0; channel < drawn.length; channel++) {
            float rival = drawn[channel][p];
            float behind = (own < 0 ? background(p) : drawn[own][p]) - rival - AHEAD;
            if (channel != own && rival > 0 && behind < 0) {
                right = false;
                move(p, channel, 0.5f * behind);
                if (own >= 0) {
                    move(p, own, -0.5f * behind);
                }
            }
        }
        if (own >= 0) {
            float behind = drawn[own][p] - Math.max(0f, background(p)) - AHEAD;
            if (behind < 0) {
                right = false;
                // What the channel gains the background loses.
                move(p, own, -0.5f * behind);
            }
        }
        return right;
    }

    private float background(int p) {
        float sum = 0;
        for (float[] field : drawn) {
            sum += Math.max(0f, field[p]);
        }
        return 1 - sum;
    }

    /** Moves a channel at a pixel by the least change of its intensities. */
    private void move(int p, int channel, float by) {
        float squares = 0;
        for (int at = weights.startAt[p]; at < weights.startAt[p + 1]; at++) {
            float weight = weights.weight[weights.entry[at]];
            squares += weight * weight;
        }
        if (!(squares > 0)) {
            return;
        }
        for (int at = weights.startAt[p]; at < weights.startAt[p + 1]; at++) {
            float more = RELAXATION * by * weights.weight[weights.entry[at]] / squares;
            coefficients[channel][offset + weights.gaussian[at]] += more / Folding.C0;
            add(channel, weights.gaussian[at], more);
        }
    }
}
