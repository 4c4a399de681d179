package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;

/**
 * Binning: for each tile of each view the list of the splats that meet it, in array order.
 *
 * <p>A stable counting sort without atomics. The Gaussians of a view are cut into chunks in array order, a thread has a
 * chunk. Counters stand tile by tile and, within a tile, chunk by chunk; so their exclusive prefix sum gives each chunk
 * the place in each tile's list where its splats begin, and since a thread walks its chunk in order, the order of the
 * array survives. After the tiles' counters come the chunks' own totals, summed in the same scan: they number the
 * entries Gaussian by Gaussian, which is where the backward pass leaves its records, and so each Gaussian finds its own
 * side by side.
 */
public final class BinKernels {

    private BinKernels() {}

    /** The counters' index of a tile and a chunk. */
    private static int counter(int[] ints, int view, int tile, int chunk) {
        return (view * ints[TILES_X] * ints[TILES_Y] + tile) * ints[CHUNKS] + chunk;
    }

    /** The index of the first chunk total, whose prefix sum is the number of all entries. */
    public static int firstTotal(int[] ints) {
        return ints[VIEW_CAPACITY] * ints[TILES_X] * ints[TILES_Y] * ints[CHUNKS];
    }

    /** Where the list of a tile (counted over all views) begins, after {@link #fill}. */
    public static int listStart(int[] ints, int[] counters, int tile) {
        int start = tile > 0 ? listEnd(ints, counters, tile - 1) : 0;
        return isTile(ints, tile) != 0 ? start : 0;
    }

    /** Where it ends; at its start for tiles of views that the step or the plan does not have. */
    public static int listEnd(int[] ints, int[] counters, int tile) {
        int end = counters[isTile(ints, tile) != 0 ? (tile + 1) * ints[CHUNKS] - 1 : 0];
        end = isTile(ints, tile) != 0 ? end : 0;
        return end < ints[ENTRY_CAPACITY] ? end : ints[ENTRY_CAPACITY];
    }

    private static int isTile(int[] ints, int tile) {
        return tile < ints[VIEW_CAPACITY] * ints[TILES_X] * ints[TILES_Y] ? 1 : 0;
    }

    /**
     * Thread (chunk, view) counts, for each tile of the view, the splats of its chunk that meet it.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param boxes input, the tiles of each splat
     * @param counters output, (tiles of all views + views) x chunks; written whole
     */
    public static void count(KernelContext context, int[] ints, float[] floats, int[] boxes, int[] counters) {
        int chunk = context.globalIdx;
        int view = context.globalIdy;
        if (chunk < ints[CHUNKS] && view < ints[VIEW_CAPACITY]) {
            int tiles = ints[TILES_X] * ints[TILES_Y];
            for (int tile = 0; tile < tiles; tile++) {
                counters[counter(ints, view, tile, chunk)] = 0;
            }
            int first = chunk * ints[CHUNK];
            int end = first + ints[CHUNK] < ints[COUNT] ? first + ints[CHUNK] : ints[COUNT];
            end = view < views(floats) ? end : 0;
            int total = 0;
            for (int g = first; g < end; g++) {
                int box = BOX_INTS * (view * ints[CAPACITY] + g);
                int columns = boxes[box + BOX_SIZE] & 0xffff;
                int count = columns * (boxes[box + BOX_SIZE] >> 16);
                for (int i = 0; i < count; i++) {
                    if (isMet(boxes, box, i) != 0) {
                        int at = counter(ints, view, tile(ints, boxes, box, columns, i), chunk);
                        counters[at] = counters[at] + 1;
                        total = total + 1;
                    }
                }
            }
            counters[firstTotal(ints) + view * ints[CHUNKS] + chunk] = total;
        }
    }

    private static int isMet(int[] boxes, int box, int i) {
        return i < 32 ? boxes[box + BOX_TILES] >> i & 1 : 1;
    }

    private static int tile(int[] ints, int[] boxes, int box, int columns, int i) {
        int row = i / columns;
        int column = i - row * columns;
        return ((boxes[box + BOX_FIRST] >> 16) + row) * ints[TILES_X] + (boxes[box + BOX_FIRST] & 0xffff) + column;
    }

    /**
     * Thread (chunk, view) writes the splats of its chunk into the tiles' lists.
     *
     * @param ints input and output, the plan's integers: whether the step halts the plan
     * @param floats input, the step's floats
     * @param boxes input, the tiles of each splat
     * @param counters input and output: the prefix sums; each tile's counter is moved on to the end of its chunk
     * @param entries output, tile by tile the splats' indices (view x capacity + Gaussian)
     * @param slots output, the number of each entry when they are counted Gaussian by Gaussian
     * @param firstSlot output, views x capacity: the number of a splat's first entry
     * @param totals output, in the step's row of the log: the number of entries, which may be more than there was room
     *     for
     */
    public static void fill(KernelContext context, int[] ints, float[] floats, int[] boxes, int[] counters,
            int[] entries, int[] slots, int[] firstSlot, int[] totals) {
        int chunk = context.globalIdx;
        int view = context.globalIdy;
        if (chunk < ints[CHUNKS] && view < views(floats)) {
            int first = chunk * ints[CHUNK];
            int end = first + ints[CHUNK] < ints[COUNT] ? first + ints[CHUNK] : ints[COUNT];
            int slot = counters[firstTotal(ints) + view * ints[CHUNKS] + chunk] - counters[firstTotal(ints)];
            if (chunk == 0 && view == 0) {
                int total = counters[firstTotal(ints)];
                totals[(int) floats[LOG_ROW]] = total;
                ints[HALTED] = total > ints[ENTRY_CAPACITY] ? 1 : ints[HALTED];
            }
            for (int g = first; g < end; g++) {
                int splat = view * ints[CAPACITY] + g;
                int box = BOX_INTS * splat;
                firstSlot[splat] = slot;
                int columns = boxes[box + BOX_SIZE] & 0xffff;
                int count = columns * (boxes[box + BOX_SIZE] >> 16);
                for (int i = 0; i < count; i++) {
                    if (isMet(boxes, box, i) != 0) {
                        int at = counter(ints, view, tile(ints, boxes, box, columns, i), chunk);
                        int place = counters[at];
                        counters[at] = place + 1;
                        if (place < ints[ENTRY_CAPACITY]) {
                            entries[place] = splat;
                            slots[place] = slot;
                        }
                        slot = slot + 1;
                    }
                }
            }
        }
    }

    /** How many entries a splat has. */
    public static int entryCount(int[] boxes, int splat) {
        int box = BOX_INTS * splat;
        int count = (boxes[box + BOX_SIZE] & 0xffff) * (boxes[box + BOX_SIZE] >> 16);
        int met = 0;
        int within = count < 32 ? count : 32;
        for (int i = 0; i < within; i++) {
            met = met + (boxes[box + BOX_TILES] >> i & 1);
        }
        return count > 32 ? count : met;
    }
}
