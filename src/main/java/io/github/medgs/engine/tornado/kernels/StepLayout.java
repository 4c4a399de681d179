package io.github.medgs.engine.tornado.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where the scalars of a plan and of a step lie in two small arrays, and the sizes that kernels and launch grids share.
 *
 * <p>A scalar argument of a task is compiled into its kernel as a constant, so whatever changes between executions
 * travels in an array. The capacity of every buffer is fixed when a plan is built; how much of it is alive is said in
 * the integers, which go up with the model. The floats are all that goes up with a step: every copy of an array costs
 * two calls of the driver and two waits.
 */
public final class StepLayout {

    // What a launch is cut into.
    /** Edge of a tile, pixels. A group of threads draws one tile, one thread a pixel. */
    public static final int TILE = 8;
    public static final int TILE_PIXELS = TILE * TILE;
    /** Tile entries whose gradients a group takes at once, and the threads that share the sum over pixels of each. */
    public static final int BATCH = 16;
    public static final int LANES = TILE_PIXELS / BATCH;
    /** Threads of a group in all kernels that are not tiles. */
    public static final int GROUP = 256;
    /** Consecutive elements that one thread of a scan adds up, and those of its group. */
    public static final int SCAN_RUN = 16;
    public static final int SCAN_BLOCK = GROUP * SCAN_RUN;
    /** Room in local memory for a block's prefix sums and their end; a gap after each run keeps threads off one bank. */
    static final int SCAN_ROOM = SCAN_BLOCK + GROUP + 1;
    /** Threads of a group that sorts a chunk of tile entries. */
    public static final int BIN_GROUP = 64;
    /** Values that a pixel has between two segments of its tile's list: two for each head. */
    public static final int STATE = 4;

    // Integers: they go up with the model, and stay.
    /** Gaussians alive, and the capacity of their buffers. */
    public static final int COUNT = 0;
    public static final int CAPACITY = 1;
    /** Views that the plan has room for. */
    public static final int VIEW_CAPACITY = 3;
    public static final int TILES_X = 4;
    public static final int TILES_Y = 5;
    /** Chunks of consecutive entries in which a view is binned. */
    public static final int CHUNKS = 6;
    /** Into how many segments the list of a tile is cut at most. */
    public static final int SEGMENTS = 7;
    /** Tile entries that the plan has room for. */
    public static final int ENTRY_CAPACITY = 8;
    /** Elements of the table of counters. */
    public static final int COUNTERS = 9;
    /** Rows of the parameters. */
    public static final int ROWS = 11;
    /** The device's own: 1 once a step's tile entries did not fit. From then on no step changes anything. */
    public static final int HALTED = 12;
    /** Groups of {@link #GROUP} pixels in a slice. */
    public static final int PIXEL_GROUPS = 14;
    public static final int INTS = 16;
    public static final int HEADS = 2;

    // Floats: all that goes up with a step, small whole numbers among them.
    public static final int BETA_1 = 0;
    public static final int BETA_2 = 1;
    public static final int EPSILON = 2;
    /** 1 / sqrt(1 - beta2^k). */
    public static final int SECOND_CORRECTION = 3;
    public static final int SPREAD_LOWEST = 4;
    public static final int SPREAD_HIGHEST = 5;
    public static final int SPREAD_WEIGHT = 6;
    /** Views of this step. */
    public static final int VIEWS = 7;
    /** 1 when Adam moves only what a view drew; 1 when the step enters the density statistics. */
    public static final int DRAWN_ONLY = 8;
    public static final int STATISTICS = 9;
    /** Which row of the log this step writes. */
    public static final int LOG_ROW = 10;
    /** From here, {@link #VIEW_FLOATS} for each view. */
    public static final int FIRST_VIEW_FLOAT = 16;
    public static final int VIEW_FLOATS = 32;
    public static final int TIME = 0;
    /** From here, {@link #COSTS} for each head: the weights of a pixel's loss. */
    public static final int FIRST_COST = 1;
    public static final int ABSOLUTE = 0;
    public static final int SQUARED = 1;
    public static final int STRUCTURAL = 2;
    public static final int COSTS = 3;
    /** 1 for a training slice. */
    public static final int COUNTED = 7;
    /** Target of head 0, the image, and of head 1, the mask: see {@link Targets}. */
    public static final int IMAGE_TARGET = 8;
    public static final int MASK_TARGET = 9;
    /** Which picture the device makes for the image head, or -1; from {@code FIRST_BLEND} on, how. */
    public static final int BLENDED = 10;
    public static final int FIRST_BLEND = 11;

    // The box of tiles that a splat covers: BOX_INTS for each view and Gaussian, written for those that are drawn.
    /** First tile column and row, in the lower and the upper 16 bits. */
    public static final int BOX_FIRST = 0;
    /** Columns and rows of tiles likewise. */
    public static final int BOX_SIZE = 1;
    /** Bit i is set when tile i of the box, row by row, meets the ellipse; all are taken to when there are over 32. */
    public static final int BOX_TILES = 2;
    public static final int BOX_INTS = 3;

    // Sums over the pixels of a head of a view: SUMS for each.
    public static final int SUM_ABSOLUTE = 0;
    public static final int SUM_SQUARED = 1;
    public static final int SUM_SIMILARITY = 2;
    public static final int SUMS = 3;

    // Sums over the Gaussians that violate the spread's bounds.
    public static final int BELOW = 0;
    public static final int SUM_BELOW = 1;
    public static final int ABOVE = 2;
    public static final int SUM_ABOVE = 3;
    public static final int SPREAD_SUMS = 4;

    /** Steps whose sums the device keeps until the host asks for them. */
    public static final int LOG_ROWS = 128;

    /** Room for the parameters of one Gaussian in a thread: degree 15 of motion, 3 of intensity. */
    public static final int MOST_ROWS = 48;

    private StepLayout() {}

    /** Views of this step. */
    public static int views(FloatArray floats) {
        return (int) floats.get(VIEWS);
    }

    /** Floats of a row of the log: {@link #SUMS} for each head of each view, then {@link #SPREAD_SUMS}. */
    public static int logRow(int viewCapacity) {
        return SUMS * HEADS * viewCapacity + SPREAD_SUMS;
    }

    /** First float of the learning rates, each over 1 - beta1^k, one a row. */
    public static int rates(int viewCapacity) {
        return FIRST_VIEW_FLOAT + VIEW_FLOATS * viewCapacity;
    }
}
