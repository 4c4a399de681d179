package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Binning: for each tile of each view the list of the splats that meet it, in array order.
 *
 * <p>First the entries, pairs of a splat and a tile, are numbered splat by splat: a prefix sum over how many tiles each
 * splat meets, in which the many that a view does not see cost one integer. Then the entries are sorted by tile, stably
 * and without atomics: those of a view are cut into chunks, a group of threads has a chunk. Counters stand tile by tile
 * and, within a tile, chunk by chunk; so their exclusive prefix sum gives each chunk the place in each tile's list where
 * its entries begin, and since a group takes its chunk in order, the order of the array survives. The first numbering
 * stays: it is where the backward pass leaves its records, and so each Gaussian finds its own side by side.
 */
public final class BinKernels {

    private BinKernels() {}

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

    /** How many entries fold left for a splat; none at places without a living Gaussian, and of views not drawn. */
    private static int entriesOf(int[] ints, FloatArray floats, int[] firstSlot, int splat) {
        int view = splat / ints[CAPACITY];
        int isLive = view < views(floats) && splat - view * ints[CAPACITY] < ints[COUNT] ? 1 : 0;
        int entries = firstSlot[isLive != 0 ? splat : 0];
        return isLive != 0 ? entries : 0;
    }

    /**
     * Group b sums the entries of the splats of block b; a thread adds every {@code GROUP}-th.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param firstSlot input, how many entries each splat has
     * @param sums output, one per block of {@code SCAN_BLOCK} splats
     */
    public static void sumSplats(KernelContext context, int[] ints, FloatArray floats, int[] firstSlot, int[] sums) {
        int thread = context.localIdx;
        int[] partial = context.allocateIntLocalArray(GROUP);
        int base = context.groupIdx * SCAN_BLOCK + thread;
        int sum = 0;
        for (int i = 0; i < SCAN_RUN; i++) {
            sum = sum + entriesOf(ints, floats, firstSlot, base + i * GROUP);
        }
        partial[thread] = sum;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                partial[thread] = partial[thread] + partial[thread + stride];
            }
        }
        if (thread == 0) {
            sums[context.groupIdx] = partial[0];
        }
    }

    /**
     * Group b numbers the entries of the splats of block b, and writes for each number its tile and its splat. As
     * {@link ScanKernels#scanBlocks}; a thread then takes every {@code GROUP}-th splat.
     *
     * @param ints input and output, the plan's integers: whether the step halts the plan
     * @param floats input, the step's floats
     * @param boxes input, the tiles of each splat that has entries
     * @param sums input, the entries of each block
     * @param firstSlot input, how many entries each splat has; output, the number of its first one, for views x capacity
     *     splats, and at the end the number of all
     * @param tiles output, the tile of each entry, counted over all views; {@code owners} its splat (view x capacity +
     *     Gaussian)
     * @param totals output, in the step's row of the log: the number of entries, which may be more than there was room
     *     for
     */
    public static void number(KernelContext context, int[] ints, FloatArray floats, int[] boxes, int[] sums,
            int[] firstSlot, int[] tiles, int[] owners, int[] totals) {
        int thread = context.localIdx;
        int[] values = context.allocateIntLocalArray(SCAN_ROOM);
        int[] runs = context.allocateIntLocalArray(GROUP);
        int block = context.groupIdx;
        int base = block * SCAN_BLOCK;
        for (int i = 0; i < SCAN_RUN; i++) {
            int at = i * GROUP + thread;
            values[at + at / SCAN_RUN] = entriesOf(ints, floats, firstSlot, base + at);
        }
        int before = 0;
        for (int i = thread; i < block; i += GROUP) {
            before = before + sums[i];
        }
        runs[thread] = before;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                runs[thread] = runs[thread] + runs[thread + stride];
            }
        }
        context.localBarrier();
        int start = runs[0];
        context.localBarrier();
        int run = thread * (SCAN_RUN + 1);
        int sum = 0;
        for (int i = 0; i < SCAN_RUN; i++) {
            sum = sum + values[run + i];
        }
        runs[thread] = sum;
        for (int stride = 1; stride < GROUP; stride <<= 1) {
            context.localBarrier();
            int left = thread >= stride ? runs[thread >= stride ? thread - stride : 0] : 0;
            context.localBarrier();
            runs[thread] = runs[thread] + left;
        }
        int prefix = start + runs[thread] - sum;
        for (int i = 0; i < SCAN_RUN; i++) {
            int value = values[run + i];
            values[run + i] = prefix;
            prefix = prefix + value;
        }
        if (thread == GROUP - 1) {
            values[SCAN_ROOM - 1] = prefix;
        }
        context.localBarrier();
        int splats = ints[VIEW_CAPACITY] * ints[CAPACITY];
        for (int i = 0; i < SCAN_RUN; i++) {
            int at = i * GROUP + thread;
            int splat = base + at;
            if (splat < splats) {
                int slot = values[at + at / SCAN_RUN];
                int end = values[at + 1 + (at + 1) / SCAN_RUN];
                firstSlot[splat] = slot;
                if (end > slot) {
                    write(ints, boxes, splat, slot, tiles, owners);
                }
                if (splat == splats - 1) {
                    firstSlot[splats] = end;
                    totals[(int) floats.get(LOG_ROW)] = end;
                    ints[HALTED] = end > ints[ENTRY_CAPACITY] ? 1 : ints[HALTED];
                }
            }
        }
    }

    private static void write(int[] ints, int[] boxes, int splat, int first, int[] tiles, int[] owners) {
        int box = BOX_INTS * splat;
        int columns = boxes[box + BOX_SIZE] & 0xffff;
        int count = columns * (boxes[box + BOX_SIZE] >> 16);
        int met = boxes[box + BOX_TILES];
        int left = boxes[box + BOX_FIRST] & 0xffff;
        int top = splat / ints[CAPACITY] * ints[TILES_Y] + (boxes[box + BOX_FIRST] >> 16);
        int slot = first;
        for (int i = 0; i < count; i++) {
            int isMet = i < 32 ? met >> i & 1 : 1;
            if (isMet != 0) {
                int row = i / columns;
                if (slot < ints[ENTRY_CAPACITY]) {
                    tiles[slot] = (top + row) * ints[TILES_X] + left + i - row * columns;
                    owners[slot] = splat;
                }
                slot = slot + 1;
            }
        }
    }

    /** The number of the first entry of a view. */
    private static int firstOf(int[] ints, int[] firstSlot, int view) {
        int within = view < ints[VIEW_CAPACITY] ? view : ints[VIEW_CAPACITY];
        int first = firstSlot[within * ints[CAPACITY]];
        return first < ints[ENTRY_CAPACITY] ? first : ints[ENTRY_CAPACITY];
    }

    /** Entries of a chunk of a view, whole rounds of its group. */
    private static int chunkSize(int[] ints, int entries) {
        int each = (entries + ints[CHUNKS] - 1) / ints[CHUNKS];
        return (each + BIN_GROUP - 1) / BIN_GROUP * BIN_GROUP;
    }

    /**
     * Group (view, chunk) counts, for each tile of the view, the entries of its chunk; it takes {@code BIN_GROUP} at a
     * time, a thread each, and the last of those that share a tile moves the counter.
     *
     * @param ints input, the plan's integers
     * @param firstSlot input, the number of each splat's first entry
     * @param tiles input, the tile of each entry
     * @param counters output, tiles of all views x chunks; written whole
     */
    public static void count(KernelContext context, int[] ints, int[] firstSlot, int[] tiles, int[] counters) {
        int thread = context.localIdx;
        int[] round = context.allocateIntLocalArray(BIN_GROUP);
        int chunks = ints[CHUNKS];
        int view = context.groupIdx / chunks;
        int chunk = context.groupIdx - view * chunks;
        int tilesOfView = view < ints[VIEW_CAPACITY] ? ints[TILES_X] * ints[TILES_Y] : 0;
        for (int tile = thread; tile < tilesOfView; tile += BIN_GROUP) {
            counters[(view * tilesOfView + tile) * chunks + chunk] = 0;
        }
        int start = firstOf(ints, firstSlot, view);
        int last = firstOf(ints, firstSlot, view + 1);
        int size = chunkSize(ints, last - start);
        int first = start + chunk * size;
        int end = first + size < last ? first + size : last;
        for (int at = first; at < end; at += BIN_GROUP) {
            context.globalBarrier();
            context.localBarrier();
            int tile = at + thread < end ? tiles[at + thread < end ? at + thread : 0] : -1;
            round[thread] = tile;
            context.localBarrier();
            int before = 0;
            int after = 0;
            for (int i = 0; i < BIN_GROUP; i++) {
                int isSame = round[i] == tile ? 1 : 0;
                before = before + (i < thread ? isSame : 0);
                after = after + (i > thread ? isSame : 0);
            }
            if (tile >= 0 && after == 0) {
                counters[tile * chunks + chunk] = counters[tile * chunks + chunk] + before + 1;
            }
        }
    }

    /**
     * Group (view, chunk) writes the entries of its chunk into the tiles' lists, in rounds as {@link #count}.
     *
     * @param ints input, the plan's integers
     * @param firstSlot input, the number of each splat's first entry
     * @param tiles input, the tile of each entry; {@code owners} its splat
     * @param counters input and output: the prefix sums; each tile's counter is moved on to the end of its chunk
     * @param entries output, tile by tile the splats' indices
     * @param slots output, the number that each of them had
     */
    public static void fill(KernelContext context, int[] ints, int[] firstSlot, int[] tiles, int[] owners,
            int[] counters, int[] entries, int[] slots) {
        int thread = context.localIdx;
        int[] round = context.allocateIntLocalArray(BIN_GROUP);
        int chunks = ints[CHUNKS];
        int view = context.groupIdx / chunks;
        int chunk = context.groupIdx - view * chunks;
        int start = firstOf(ints, firstSlot, view);
        int last = firstOf(ints, firstSlot, view + 1);
        int size = chunkSize(ints, last - start);
        int first = start + chunk * size;
        int end = first + size < last ? first + size : last;
        for (int at = first; at < end; at += BIN_GROUP) {
            context.globalBarrier();
            context.localBarrier();
            int tile = at + thread < end ? tiles[at + thread < end ? at + thread : 0] : -1;
            round[thread] = tile;
            int begins = counters[tile >= 0 ? tile * chunks + chunk : 0];
            context.localBarrier();
            context.globalBarrier();
            int before = 0;
            int after = 0;
            for (int i = 0; i < BIN_GROUP; i++) {
                int isSame = round[i] == tile ? 1 : 0;
                before = before + (i < thread ? isSame : 0);
                after = after + (i > thread ? isSame : 0);
            }
            if (tile >= 0) {
                entries[begins + before] = owners[at + thread];
                slots[begins + before] = at + thread;
                if (after == 0) {
                    counters[tile * chunks + chunk] = begins + before + 1;
                }
            }
        }
    }
}
