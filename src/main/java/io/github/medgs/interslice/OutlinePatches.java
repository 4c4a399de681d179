package io.github.medgs.interslice;

import java.util.Arrays;
import java.util.Collections;

/**
 * What {@link OutlineNetwork} is told of a pixel between two sections of a mask: distances round it, seen from the
 * outline.
 *
 * <p>Seven maps of signed distances, in pixels, positive inside, are looked at in {@value #PLACES} places: the guess
 * for the slice itself, and three sections before and three after it. The places lie
 * along the guess's gradient and across it, so that which way an outline runs need not be learnt; some are a pixel
 * away, the others half a gap and a gap, so that one network serves slices near and far apart.
 *
 * <p>Nothing here knows of lengths but in pixels and gaps, of sides, or of which slice of the stack it is.
 */
final class OutlinePatches {

    /** Places that are looked at, the pixel itself first. */
    static final int PLACES = 17;

    /** Sections round a slice that are looked at, half of them before it. */
    static final int SECTIONS = 6;

    /** Maps that are looked at. */
    static final int MAPS = SECTIONS + 1;

    /** Further numbers, of the pixel itself; see {@link #describe}. */
    private static final int OWN = 11;

    /** Numbers that tell of one pixel. */
    static final int SIZE = PLACES * MAPS + OWN;

    /** Half the length over which the gradient is taken, in pixels. */
    private static final float GRADIENT = 1.5f;

    /** Distances farther than that share of the gap say no more; so much a clamped one becomes. */
    private static final float FARTHEST = 1.5f;

    /** The guesses' own distances, which tell of fractions of a pixel, are held to this. */
    private static final float NEAREST = 3f;

    /** Gaps of more pixels count as this. */
    private static final float LARGEST_GAP = 8f;

    /** Sections are held to this, in pixels. */
    private static final float HELD = 30f;

    private final KeptSlices slices;
    private final float[][] distances;
    private final double pixel;
    private final int width;
    private final int height;
    private final float columns;
    private final float rows;

    /**
     * @param slices of a mask
     * @param distances of each of them, in millimetres, positive inside, as {@link ShapePredictor} smooths them
     * @param pixel millimetres of one, the smaller side
     */
    OutlinePatches(KeptSlices slices, float[][] distances, double pixel) {
        this.slices = slices;
        this.distances = distances;
        this.pixel = pixel;
        this.width = slices.width();
        this.height = slices.height();
        this.columns = (float) (pixel / slices.columnSpacing());
        this.rows = (float) (pixel / slices.rowSpacing());
    }

    /** The sections round the gap after slice k: k - 2 to k + 3, {@code null} where there is none. */
    float[][] sections(int k) {
        float[][] sections = new float[SECTIONS][];
        for (int n = 0; n < SECTIONS; n++) {
            int slice = k - SECTIONS / 2 + 1 + n;
            if (slice >= 0 && slice < slices.count()) {
                sections[n] = new float[slices.pixels()];
                for (int p = 0; p < sections[n].length; p++) {
                    sections[n][p] = Math.clamp((float) (distances[slice][p] / pixel), -HELD, HELD);
                }
            }
        }
        return sections;
    }

    /**
     * One slice between two sections.
     *
     * @param k the section before it
     * @param fraction of the way from there to the next
     * @param gap between the two, in pixels
     * @param mixed the guess for the slice; {@code shape} and {@code smooth} are those it was mixed from, {@code share}
     *     that of the smooth one
     * @param sections round it, of {@link #sections}
     */
    record Slice(int k, float fraction, float gap, float[] mixed, float[] shape, float[] smooth, float[] share,
            float[][] sections) {

        /** The same from the other end of the stack. */
        Slice reversed() {
            float[][] backwards = sections.clone();
            Collections.reverse(Arrays.asList(backwards));
            return new Slice(k, 1 - fraction, gap, mixed, shape, smooth, share, backwards);
        }

        /** Where there is no section, the one nearer to the slice stands for it. */
        private float[][] maps() {
            float[][] maps = new float[MAPS][];
            maps[0] = mixed;
            for (int n = 0; n < SECTIONS / 2; n++) {
                int before = SECTIONS / 2 - 1 - n;
                int after = SECTIONS / 2 + n;
                maps[1 + before] = sections[before] == null ? maps[2 + before] : sections[before];
                maps[1 + after] = sections[after] == null ? maps[after] : sections[after];
            }
            return maps;
        }
    }

    /**
     * Describes some pixels.
     *
     * @param pixels of the slice, {@code count} of them
     * @param mirrored whether left and right of the outline change places, for learning
     * @param out output: for each of the {@value #SIZE} numbers, that of each pixel
     */
    void describe(Slice slice, int[] pixels, int count, boolean mirrored, float[][] out) {
        float[][] maps = slice.maps();
        float far = FARTHEST * slice.gap;
        float[] along = along(slice.gap);
        float[] across = across(slice.gap);
        for (int n = 0; n < count; n++) {
            int p = pixels[n];
            float x = p % width;
            float y = p / width;
            float towardX = at(slice.mixed, x + GRADIENT * columns, y) - at(slice.mixed, x - GRADIENT * columns, y);
            float towardY = at(slice.mixed, x, y + GRADIENT * rows) - at(slice.mixed, x, y - GRADIENT * rows);
            float length = (float) Math.sqrt(towardX * towardX + towardY * towardY);
            towardX = length < 1e-6f ? 1 : towardX / length;
            towardY = length < 1e-6f ? 0 : towardY / length;
            int number = 0;
            for (int place = 0; place < PLACES; place++) {
                float a = along[place];
                float b = mirrored ? -across[place] : across[place];
                float px = x + (a * towardX + b * towardY) * columns;
                float py = y + (a * towardY - b * towardX) * rows;
                for (float[] map : maps) {
                    out[number++][n] = Math.clamp(at(map, px, py), -far, far) / slice.gap;
                }
            }
            float[] own = {held(slice.mixed[p]), held(slice.shape[p]), held(slice.smooth[p]), slice.share[p],
                slice.fraction - 0.5f, 4 * slice.fraction * (1 - slice.fraction),
                Math.min(slice.gap, LARGEST_GAP) / 4, missing(slice, 1), missing(slice, 4), missing(slice, 0),
                missing(slice, 5)};
            for (float value : own) {
                out[number++][n] = value;
            }
        }
    }

    private static float missing(Slice slice, int section) {
        return slice.sections[section] == null ? 1 : 0;
    }

    private static float held(float distance) {
        return Math.clamp(distance, -NEAREST, NEAREST) / 2;
    }

    private static float[] along(float gap) {
        float r = Math.max(2, gap / 2);
        return new float[] {0, 1, -1, 0, 0, r, -r, 0, 0, r, r, -r, -r, 2 * r, -2 * r, 0, 0};
    }

    private static float[] across(float gap) {
        float r = Math.max(2, gap / 2);
        return new float[] {0, 0, 0, 1, -1, 0, 0, r, -r, r, -r, r, -r, 0, 0, 2 * r, -2 * r};
    }

    /** A map between its pixels, linear; its border goes on. */
    private float at(float[] map, float x, float y) {
        float inX = Math.clamp(x, 0f, width - 1f);
        float inY = Math.clamp(y, 0f, height - 1f);
        int column = Math.min((int) inX, Math.max(0, width - 2));
        int row = Math.min((int) inY, Math.max(0, height - 2));
        float right = inX - column;
        float down = inY - row;
        int here = row * width + column;
        int next = width > 1 ? 1 : 0;
        int below = height > 1 ? width : 0;
        return (map[here] * (1 - right) + map[here + next] * right) * (1 - down)
                + (map[here + below] * (1 - right) + map[here + below + next] * right) * down;
    }
}
