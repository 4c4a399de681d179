package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * What {@link DetailNetwork} sees of the middle of each gap, eight planes of height x width. Differences are in units of
 * what the stack's slices, brought along the motion, differ by, so that no window and no modality matters:
 *
 * <ol>
 * <li>the guess less its blur, in units of its own mean square over the stack
 * <li>the slices before and after, each brought there: their difference
 * <li>twice what their mean has above the guess
 * <li>what the mean of the next slices, brought there too, has above theirs
 * <li>the difference of those
 * <li>four times what damping has changed
 * <li>the logarithm of the two units' ratio, everywhere
 * <li>{@link Smoothness#share}, everywhere
 * </ol>
 */
final class DetailInputs {

    static final int SIZE = 8;

    /** The first of them are differences, the others the same everywhere. */
    private static final int DIFFERENCES = 6;

    /** Those that change their sign when the stack is seen from its other end. */
    static final int[] TURNING = {1, 4};

    private static final float BLUR = 3f;
    private static final float LARGEST = 8f;

    /** Of the intensities' range: what is smaller than this counts as nothing. */
    private static final double NOTHING = 1e-4;

    private final KeptSlices slices;
    private final BlendedSlices guess;
    private final BlendedSlices undamped;
    private final float smooth;
    private final float unit;
    private final float contrast;

    /** @param guess for what lies between the slices, damped where it was */
    DetailInputs(KeptSlices slices, BlendedSlices guess, float smooth, Workers workers) {
        this.slices = slices;
        this.guess = guess;
        this.undamped = guess.corrected(null, 0);
        this.smooth = smooth;
        int gaps = slices.count() - 1;
        double[] differences = new double[gaps];
        double[] contrasts = new double[gaps];
        workers.forEach(gaps, (gap, worker) -> {
            differences[gap] = meanSquare(apart(brought(gap, 1), brought(gap, 2)));
            contrasts[gap] = meanSquare(fine(middle(undamped, gap)));
        });
        this.unit = unit(differences, 0.5);
        this.contrast = unit(contrasts, 1);
    }

    private static float unit(double[] squares, double share) {
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return (float) (Math.sqrt(share * sum / squares.length) + NOTHING);
    }

    /** What the network's output is in, as a share of the intensities' range. */
    float unit() {
        return unit;
    }

    /** The guess for the middle of a gap, not held to [0, 1]. */
    float[] guess(int gap) {
        return middle(guess, gap);
    }

    /** The planes of a gap. */
    float[][] planes(int gap) {
        int pixels = slices.pixels();
        float[][] planes = new float[SIZE][pixels];
        float[] plain = middle(undamped, gap);
        float[] damped = middle(guess, gap);
        float[] fine = fine(plain);
        float[] before = brought(gap, 1);
        float[] after = brought(gap, 2);
        float[] earlier = gap == 0 ? before : brought(gap, 0);
        float[] later = gap == slices.count() - 2 ? after : brought(gap, 3);
        float ratio = (float) Math.log(unit / contrast);
        for (int p = 0; p < pixels; p++) {
            float mean = (before[p] + after[p]) / 2;
            planes[0][p] = held(fine[p] / contrast);
            planes[1][p] = held((before[p] - after[p]) / unit);
            planes[2][p] = held(2 * (mean - plain[p]) / unit);
            planes[3][p] = held(((earlier[p] + later[p]) / 2 - mean) / unit);
            planes[4][p] = held((earlier[p] - later[p]) / unit);
            planes[5][p] = held(4 * (damped[p] - plain[p]) / unit);
            planes[6][p] = held(ratio);
            planes[7][p] = smooth;
        }
        return planes;
    }

    /** The largest of what differs at a pixel, of whichever sign; 0 where slices and surroundings are all the same. */
    static float largest(float[][] planes, int p) {
        float largest = 0;
        for (int i = 0; i < DIFFERENCES; i++) {
            largest = Math.max(largest, Math.abs(planes[i][p]));
        }
        return largest;
    }

    private static float held(float value) {
        return Math.clamp(value, -LARGEST, LARGEST);
    }

    private float[] middle(BlendedSlices of, int gap) {
        float[] picture = new float[slices.pixels()];
        of.unclamped(gap, 0.5, picture);
        return picture;
    }

    /** One of the four slices about a gap, brought to its middle. */
    private float[] brought(int gap, int which) {
        float[] picture = new float[slices.pixels()];
        guess.brought(gap, which, picture);
        return picture;
    }

    private float[] fine(float[] picture) {
        float[] blurred = picture.clone();
        SliceFilter.blur(blurred, slices.height(), slices.width(), BLUR, new float[picture.length]);
        return apart(picture, blurred);
    }

    private static float[] apart(float[] one, float[] other) {
        float[] apart = new float[one.length];
        for (int p = 0; p < apart.length; p++) {
            apart[p] = one[p] - other[p];
        }
        return apart;
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }
}
