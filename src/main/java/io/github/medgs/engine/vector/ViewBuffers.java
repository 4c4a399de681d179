package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;

/**
 * All that one view of a step needs: its splats, which bands of rows they touch, its pixels and its splats' gradients.
 *
 * <p>Splats lie in regions, one for each chunk of {@link #CHUNK} Gaussians, each region filled from its start with the
 * chunk's drawn Gaussians in order: chunks are folded on any thread, and the order stays that of the array. A slot is a
 * place in these regions. Each band of {@link #BAND_ROWS} rows has its list of entries in that order: copies of splats,
 * side by side, since whoever draws a band should wait for no memory. Each entry has a gradient record, so threads that
 * work on different bands never write to one place.
 */
final class ViewBuffers {

    /**
     * Gaussians of a task. As many as this, since their parameters and moments lie in rows of the whole model: a row's
     * share must be long enough for the processor to fetch ahead.
     */
    static final int CHUNK = 1024;

    /** Vectors of a chunk. */
    static final int GROUPS = CHUNK / Lanes.LANES;

    /** Rows of a task. */
    static final int BAND_ROWS = 32;

    // What a slot or an entry holds: a splat, and its box as the bits of four integers: first and last row, first and
    // last column. The first may lie behind the last, when the ellipse holds no pixel.
    static final int FIRST_ROW = SPLAT_STRIDE;
    static final int LAST_ROW = SPLAT_STRIDE + 1;
    static final int FIRST_COLUMN = SPLAT_STRIDE + 2;
    static final int LAST_COLUMN = SPLAT_STRIDE + 3;
    static final int SLOT = SPLAT_STRIDE + 4;

    // Fields of an entry's gradient record: sums over the entry's pixels. With e = dL/dG G and (du, dv) = mean - pixel:
    /** Sums of e du, e dv, e du^2, e du dv, e dv^2. */
    static final int E_DU = 0;
    static final int E_DV = 1;
    static final int E_DU_DU = 2;
    static final int E_DU_DV = 3;
    static final int E_DV_DV = 4;
    /** dL/d opacity and dL/d intensity of the image head, then of the mask head. */
    static final int IMAGE_OPACITY_SUM = 5;
    static final int IMAGE_INTENSITY_SUM = 6;
    static final int MASK_OPACITY_SUM = 7;
    static final int MASK_INTENSITY_SUM = 8;
    static final int RECORD = 9;

    final int width;
    final int height;
    final int bands;
    final boolean alpha;

    float time;
    boolean drawsImage;
    boolean drawsMask;
    final Planes image;
    final Planes mask;

    float[] slots = new float[0];
    /** For each slot the Gaussian's index within its chunk, as it was packed. */
    short[] withinChunk = new short[0];
    /** For each chunk, how many of its slots are taken. */
    int[] drawnInChunk = new int[0];
    /** For each chunk and band, first the number of entries, then where the chunk's entries begin. */
    int[] entryStart = new int[0];
    /** For each chunk, how many vectors its splats take in strips of one row, and of two. */
    private int[] vectorsOfOne = new int[0];
    private int[] vectorsOfTwo = new int[0];
    /** Rows of the strips that this drawing uses: whichever takes fewer vectors. */
    int stripRows = 1;
    /** Where each band's entries begin, and the end of all. */
    final int[] bandStart;
    float[] entries = new float[0];
    float[] records = new float[0];

    ViewBuffers(int width, int height, boolean alpha) {
        this.width = width;
        this.height = height;
        this.alpha = alpha;
        this.bands = (height + BAND_ROWS - 1) / BAND_ROWS;
        this.bandStart = new int[bands + 1];
        this.image = new Planes(width, height);
        this.mask = new Planes(width, height);
    }

    static int chunks(int count) {
        return (count + CHUNK - 1) / CHUNK;
    }

    int firstRow(int band) {
        return band * BAND_ROWS;
    }

    int lastRow(int band) {
        return Math.min(height, (band + 1) * BAND_ROWS) - 1;
    }

    /** Sets which moment is drawn, and which heads. */
    void aim(float time, boolean image, boolean mask) {
        this.time = time;
        drawsImage = image;
        drawsMask = mask;
    }

    /** Makes room for this many chunks. */
    void prepare(int chunks) {
        if (drawnInChunk.length < chunks) {
            int room = chunks + chunks / 4;
            slots = new float[room * CHUNK * SLOT];
            withinChunk = new short[room * CHUNK];
            drawnInChunk = new int[room];
            entryStart = new int[room * bands];
            vectorsOfOne = new int[room];
            vectorsOfTwo = new int[room];
        }
    }

    /** Chooses the strips; turns the counts of entries into places, bands one after another; makes room for them. */
    void placeEntries(int chunks) {
        long difference = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            difference += vectorsOfTwo[chunk] - vectorsOfOne[chunk];
        }
        stripRows = difference < 0 ? 2 : 1;
        image.stripRows = stripRows;
        mask.stripRows = stripRows;
        int place = 0;
        for (int band = 0; band < bands; band++) {
            bandStart[band] = place;
            for (int i = band; i < chunks * bands; i += bands) {
                int entriesHere = entryStart[i];
                entryStart[i] = place;
                place += entriesHere;
            }
        }
        bandStart[bands] = place;
        if (entries.length < place * SLOT) {
            int room = place + place / 4;
            entries = new float[room * SLOT];
            records = new float[room * RECORD];
        }
    }

    /** Counts the entries of a chunk's splats, and the vectors they take; every element of the chunk is written. */
    void countEntries(int chunk) {
        Arrays.fill(entryStart, chunk * bands, (chunk + 1) * bands, 0);
        int first = chunk * CHUNK;
        int ofOne = 0;
        int ofTwo = 0;
        for (int slot = first; slot < first + drawnInChunk[chunk]; slot++) {
            int firstRow = bits(slots, slot, FIRST_ROW);
            int lastRow = bits(slots, slot, LAST_ROW);
            if (firstRow > lastRow) {
                continue;
            }
            int last = lastRow / BAND_ROWS;
            for (int band = firstRow / BAND_ROWS; band <= last; band++) {
                entryStart[chunk * bands + band]++;
            }
            int columns = bits(slots, slot, LAST_COLUMN) - bits(slots, slot, FIRST_COLUMN) + 1;
            ofOne += (lastRow - firstRow + 1) * ((columns + LANES - 1) / LANES);
            ofTwo += ((lastRow >> 1) - (firstRow >> 1) + 1) * ((columns + LANES / 2 - 1) / (LANES / 2));
        }
        vectorsOfOne[chunk] = ofOne;
        vectorsOfTwo[chunk] = ofTwo;
    }

    /** Copies a chunk's splats into the lists of the bands they touch. */
    void fillEntries(int chunk, int[] cursor) {
        System.arraycopy(entryStart, chunk * bands, cursor, 0, bands);
        int first = chunk * CHUNK;
        for (int slot = first; slot < first + drawnInChunk[chunk]; slot++) {
            int last = lastBand(slot);
            for (int band = firstBand(slot); band <= last; band++) {
                copySlot(slots, slot * SLOT, entries, cursor[band]++ * SLOT);
            }
        }
    }

    /** The first band the splat has a row in; above {@link #lastBand} when its ellipse lies between two rows. */
    int firstBand(int slot) {
        int row = bits(slots, slot, FIRST_ROW);
        return row > bits(slots, slot, LAST_ROW) ? bands : row / BAND_ROWS;
    }

    int lastBand(int slot) {
        return bits(slots, slot, LAST_ROW) / BAND_ROWS;
    }

    /** A side of the box of a slot or an entry. */
    static int bits(float[] slots, int slot, int side) {
        return Float.floatToRawIntBits(slots[slot * SLOT + side]);
    }

    /** Copies a slot: two vectors of eight lanes, or four of four. */
    static void copySlot(float[] from, int at, float[] to, int place) {
        if (LANES == 4) {
            fromArray(FLOATS, from, at + 2 * LANES).intoArray(to, place + 2 * LANES);
            fromArray(FLOATS, from, at + 3 * LANES).intoArray(to, place + 3 * LANES);
        }
        fromArray(FLOATS, from, at).intoArray(to, place);
        fromArray(FLOATS, from, at + LANES).intoArray(to, place + LANES);
    }
}
