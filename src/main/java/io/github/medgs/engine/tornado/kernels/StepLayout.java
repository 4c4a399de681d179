package io.github.medgs.engine.tornado.kernels;

/**
 * Where the scalars of a step lie in the two small arrays that go up before each execution, and the sizes that kernels
 * and launch grids share.
 *
 * <p>A scalar argument of a task is compiled into its kernel as a constant, so whatever changes between executions
 * travels in an array. The capacity of every buffer is fixed when a plan is built; how much of it is alive is said here.
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

    // Integers.
    /** Gaussians alive, and the capacity of their buffers. */
    public static final int COUNT = 0;
    public static final int CAPACITY = 1;
    /** Views of this step, and those that the plan has room for. */
    public static final int VIEWS = 2;
    public static final int VIEW_CAPACITY = 3;
    public static final int TILES_X = 4;
    public static final int TILES_Y = 5;
    /** Chunks of consecutive Gaussians in which a view is binned, and Gaussians of each. */
    public static final int CHUNKS = 6;
    public static final int CHUNK = 7;
    /** Tile entries that the plan has room for. */
    public static final int ENTRY_CAPACITY = 8;
    /** Elements of the table of counters, and blocks of its scan. */
    public static final int COUNTERS = 9;
    public static final int SCAN_BLOCKS = 10;
    /** Rows of the parameters. */
    public static final int ROWS = 11;
    /** 1 when Adam moves only what a view drew; 1 when the step enters the density statistics. */
    public static final int DRAWN_ONLY = 12;
    public static final int STATISTICS = 13;
    /** Groups of {@link #GROUP} pixels in a slice. */
    public static final int PIXEL_GROUPS = 14;
    /** From here, {@link #VIEW_INTS} for each view. */
    public static final int FIRST_VIEW_INT = 16;
    public static final int VIEW_INTS = 4;
    /** Target of head 0, the image, and of head 1, the mask: see {@link Targets}. */
    public static final int IMAGE_TARGET = 0;
    public static final int MASK_TARGET = 1;
    public static final int HEADS = 2;
    /** 1 for a training slice. */
    public static final int COUNTED = 2;

    // Floats.
    public static final int BETA_1 = 0;
    public static final int BETA_2 = 1;
    public static final int EPSILON = 2;
    /** 1 / sqrt(1 - beta2^k). */
    public static final int SECOND_CORRECTION = 3;
    public static final int SPREAD_LOWEST = 4;
    public static final int SPREAD_HIGHEST = 5;
    public static final int SPREAD_WEIGHT = 6;
    /** From here, {@link #VIEW_FLOATS} for each view. */
    public static final int FIRST_VIEW_FLOAT = 8;
    public static final int VIEW_FLOATS = 8;
    public static final int TIME = 0;
    /** From here, {@link #COSTS} for each head: the weights of a pixel's loss. */
    public static final int FIRST_COST = 1;
    public static final int ABSOLUTE = 0;
    public static final int SQUARED = 1;
    public static final int STRUCTURAL = 2;
    public static final int COSTS = 3;

    // The box of tiles that a splat covers: BOX_INTS for each view and Gaussian.
    /** First tile column and row, in the lower and the upper 16 bits. */
    public static final int BOX_FIRST = 0;
    /** Columns and rows of tiles likewise; 0 when the splat is not drawn. */
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

    /** Room for the parameters of one Gaussian in a thread: degree 15 of motion, 3 of intensity. */
    public static final int MOST_ROWS = 48;

    private StepLayout() {}

    /** First float of the learning rates, each over 1 - beta1^k, one a row. */
    public static int rates(int viewCapacity) {
        return FIRST_VIEW_FLOAT + VIEW_FLOATS * viewCapacity;
    }
}
