package io.github.medgs.model;

import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.volume.LabelSlices;
import java.util.Arrays;

/**
 * One of the pictures by which intensities are rounded, a slice or what lies half way between two: for each head and pixel
 * what is wanted, what of it is missing, and how much that counts.
 */
final class RoundingPicture {

    /** What a channel draws below this share is outside its structures, and above 1 less it inside. */
    private static final float DEEP = 0.05f;
    private static final float DEEP_COUNTS = 1f / 64;
    /** How far ahead a pixel's own structure has to be, in shares: engines differ by less. */
    private static final float AHEAD = 0.01f;
    /** How many times more a pixel counts where it is not. */
    private static final float COUNTS_MORE = 4;

    final float[][] wanted;
    final float[][] missing;
    final float[][] counts;

    private RoundingPicture(float[][] wanted, float[][] missing) {
        this.wanted = wanted;
        this.missing = missing;
        counts = new float[wanted.length][wanted[0].length];
        for (float[] ofHead : counts) {
            Arrays.fill(ofHead, 1f);
        }
    }

    /**
     * Draws the heads before and after rounding. The weights of those after it become shares of their pixels.
     *
     * @param rows where the intensities of each head begin in the table
     * @param own what the first head should show, or {@code null} for what it draws
     * @param structures the first of the heads that are channels of structures: away from surfaces all or nothing is wanted
     *     of them, and that less exactly, since no drawing shows more
     * @param whole the Gaussians that are drawn here, before rounding; {@code rounded} the same after it
     */
    static RoundingPicture of(int[] rows, int pixels, float[] own, int structures, Footprints whole, Footprints... rounded) {
        float[] sums = new float[pixels];
        float[][] wanted = draw(rows, sums, whole);
        Arrays.fill(sums, 0f);
        float[][] drawn = draw(rows, sums, rounded);
        for (int p = 0; p < pixels; p++) {
            sums[p] += NormalisedSum.EPSILON;
        }
        for (Footprints some : rounded) {
            some.normalise(sums);
        }
        RoundingPicture picture = new RoundingPicture(wanted, drawn);
        if (own != null) {
            wanted[0] = own.clone();
        }
        for (int head = structures; head < rows.length; head++) {
            picture.deepen(head);
        }
        for (int head = 0; head < rows.length; head++) {
            for (int p = 0; p < pixels; p++) {
                drawn[head][p] = wanted[head][p] - drawn[head][p];
            }
        }
        return picture;
    }

    private static float[][] draw(int[] rows, float[] sums, Footprints... prints) {
        float[][] pictures = new float[rows.length][sums.length];
        for (Footprints some : prints) {
            for (int n = 0; n < some.count(); n++) {
                for (int at = some.first(n); at < some.end(n); at++) {
                    sums[some.pixel(at)] += some.weight(at);
                }
                for (int head = 0; head < rows.length; head++) {
                    float intensity = some.intensity(n, rows[head]);
                    for (int at = some.first(n); at < some.end(n); at++) {
                        pictures[head][some.pixel(at)] += some.weight(at) * intensity;
                    }
                }
            }
        }
        for (float[] picture : pictures) {
            for (int p = 0; p < picture.length; p++) {
                picture[p] = NormalisedSum.finish(sums[p], picture[p]);
            }
        }
        return pictures;
    }

    private void deepen(int head) {
        for (int p = 0; p < wanted[head].length; p++) {
            float value = wanted[head][p];
            if (value < DEEP || value > 1 - DEEP) {
                wanted[head][p] = value < DEEP ? 0f : 1f;
                counts[head][p] = DEEP_COUNTS;
            }
        }
    }

    /**
     * Whether each pixel of a slice shows its structure, or the background, where that is wanted; one that does not counts
     * for more from now on.
     *
     * @param structures the first head that is a channel of labels
     */
    boolean showsLabels(LabelSlices labels, int slice, int structures) {
        boolean right = true;
        for (int p = 0; p < labels.pixels(); p++) {
            int label = labels.at(slice * labels.pixels() + p);
            int own = label < 0 ? -1 : structures + labels.channels()[label];
            if (lead(own, structures, p, 1) < AHEAD && lead(own, structures, p, 0) >= AHEAD) {
                right = false;
                for (int head = structures; head < counts.length; head++) {
                    counts[head][p] = COUNTS_MORE * Math.max(1f, counts[head][p]);
                }
            }
        }
        return right;
    }

    // How far a head, or the background (-1), is ahead of all others: as it is drawn, or with nothing missing as wanted.
    private float lead(int own, int structures, int p, int drawn) {
        float background = 1;
        float others = 0;
        float its = 0;
        for (int head = structures; head < wanted.length; head++) {
            float value = Math.max(0f, wanted[head][p] - drawn * missing[head][p]);
            background -= value;
            if (head == own) {
                its = value;
            } else {
                others = Math.max(others, value);
            }
        }
        return own < 0 ? background - others : its - Math.max(background, others);
    }
}
