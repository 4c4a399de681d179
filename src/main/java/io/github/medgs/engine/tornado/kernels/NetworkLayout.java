package io.github.medgs.engine.tornado.kernels;

/** How a network lies in a device's buffers: what {@link NetworkKernels} read of it. */
public final class NetworkLayout {

    private NetworkLayout() {}

    /** Rows and columns of the tile of a product that a group makes, and how deep the pieces are that it reads. */
    public static final int TILE = 64;
    public static final int DEEP = 16;

    /** Numbers on a tile's side that a thread makes: 16 x 16 threads, 4 x 4 each. */
    public static final int BLOCK = 4;

    /** Rows of a batch whose part of the weights' gradient is one sum. */
    public static final int SLICE = 256;

    /** What inputs that are joined again, and what they are joined to, are scaled by: the root of a half. */
    public static final float JOINED_SCALE = 0.70710678f;

    // Integers of the network.
    public static final int INPUTS = 0;
    public static final int WIDTH = 1;
    public static final int LAYERS = 2;
    /** The layer before which the inputs are joined again, or -1. */
    public static final int JOIN = 3;
    /** Rows of the largest batch. */
    public static final int CAPACITY = 4;
    /** Weights of all layers, and units of all layers. */
    public static final int WEIGHTS = 5;
    public static final int UNITS = 6;
    /** 1 where weights are learnt as a direction and a length. */
    public static final int NORMALISED = 7;
    /** Tiles of all layers' weights. */
    public static final int TILES = 8;
    // Where in the state lie: what layers get, layer by layer, capacity x width each; likewise the derivatives by the
    // layers' sums; those by the output, all 1; alpha; f; grad f; the part of it that came through the join.
    public static final int GOT = 9;
    public static final int CHANGES = 10;
    public static final int ONES = 11;
    public static final int ALPHA = 12;
    public static final int VALUE = 13;
    public static final int SLOPE = 14;
    public static final int JOINED = 15;
    /** Length of the state. */
    public static final int STATE = 16;
    public static final int FIRST_LAYER = 17;

    // Integers of each layer, from FIRST_LAYER on: numbers that it gets and gives, its first weight, unit and tile.
    public static final int IN = 0;
    public static final int OUT = 1;
    public static final int FIRST_WEIGHT = 2;
    public static final int FIRST_UNIT = 3;
    public static final int FIRST_TILE = 4;
    public static final int LAYER_INTS = 5;

    // Integers of a product.
    public static final int DEPTH = 0;
    public static final int COLUMNS = 1;
    public static final int LEFT = 2;
    public static final int LEFT_STRIDE = 3;
    public static final int RIGHT = 4;
    public static final int RIGHT_STRIDE = 5;
    public static final int TO = 6;
    public static final int TO_STRIDE = 7;
    /** Where each row's factor of the biases lies in the state, or -1 for none. */
    public static final int FACTORS = 8;
    public static final int BIASES = 9;
    /** Where the number lies whose sign chooses the slope, laid out as what is made; -1 for the sum's own. */
    public static final int SIGNS = 10;
    public static final int PRODUCT_INTS = 11;

    // Floats of a product: the slopes above zero and below.
    public static final int ABOVE = 0;
    public static final int BELOW = 1;

    // Floats of a step of Adam.
    public static final int STEP_SIZE = 0;
    public static final int CORRECTION = 1;
    public static final int BETA_1 = 2;
    public static final int BETA_2 = 3;
    public static final int EPSILON = 4;
    public static final int STEP_FLOATS = 5;
}
