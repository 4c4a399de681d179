package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * What the picture half way between two slices is off by: layers of convolutions that learnt it from other stacks, every
 * second to every sixth slice of which was left out. They see {@link DetailInputs}; the mean of both directions of the
 * stack counts.
 */
final class DetailNetwork {

    static final int[] DILATIONS = {1, 1, 2, 4, 1};
    static final int FORMAT = 0x444e3031;

    /** Side of what is worked out at once, and how far all layers together reach. */
    private static final int TILE = 192;
    private static final int REACH = 9;

    /**
     * Where no difference is as large as this it has less to say, and nothing where all is the same: what it answers to
     * zeros is chance, and would stir slices that are empty.
     */
    private static final float SOMETHING = 0.3f;

    private final ConvolutionNetwork layers;

    DetailNetwork(NetworkWeights weights) {
        this.layers = new ConvolutionNetwork(weights, DILATIONS);
    }

    private static final class Learnt {
        static final DetailNetwork NETWORK =
                new DetailNetwork(NetworkWeights.resource("details.bin", FORMAT, ConvolutionNetwork.TAPS));
    }

    /** The one that comes with the program. */
    static DetailNetwork learnt() {
        return Learnt.NETWORK;
    }

    /** Bytes that it takes to correct one picture: what it sees of it and as much again on the way there, and a tile's planes. */
    long scratch(int height, int width) {
        ConvolutionNetwork.Frame tile = new ConvolutionNetwork.Frame(Math.min(height, TILE + 2 * REACH),
                Math.min(width, TILE + 2 * REACH));
        return 2L * Float.BYTES * DetailInputs.SIZE * height * width + layers.bytes(tile);
    }

    /**
     * @param guess for what lies between the slices
     * @param smooth {@link Smoothness#share} of the stack
     * @param threads how many may be used; the result does not depend on it
     * @return what to add to the guess in the middle of each gap, in the slices' layout, that of gap k where slice k is
     */
    float[] corrections(KeptSlices slices, BlendedSlices guess, float smooth, int threads) {
        Workers workers = new Workers(threads);
        DetailInputs inputs = new DetailInputs(slices, guess, smooth, workers);
        float[] corrections = new float[slices.values().length];
        workers.forEach(slices.count() - 1, (gap, worker) -> {
            float[] said = correct(inputs.planes(gap), slices.height(), slices.width());
            for (int p = 0; p < said.length; p++) {
                corrections[slices.start(gap) + p] = inputs.unit() * said[p];
            }
        });
        return corrections;
    }

    /** What it says of a picture of which it sees so many planes, height x width. */
    float[] correct(float[][] planes, int height, int width) {
        float[] said = new float[height * width];
        for (int row = 0; row < height; row += TILE) {
            for (int column = 0; column < width; column += TILE) {
                addTile(planes, row, column, height, width, said);
            }
        }
        for (int p = 0; p < said.length; p++) {
            said[p] *= Math.min(1, DetailInputs.largest(planes, p) / SOMETHING);
        }
        return said;
    }

    private void addTile(float[][] planes, int row, int column, int height, int width, float[] said) {
        int top = Math.max(0, row - REACH);
        int left = Math.max(0, column - REACH);
        ConvolutionNetwork.Frame frame = new ConvolutionNetwork.Frame(Math.min(height, row + TILE + REACH) - top,
                Math.min(width, column + TILE + REACH) - left);
        float[][][] values = layers.workspace(frame);
        float[] output = values[values.length - 1][0];
        for (int way = 0; way < 2; way++) {
            for (int i = 0; i < planes.length; i++) {
                fill(planes[i], width, top, left, frame, values[0][i]);
            }
            if (way == 1) {
                turn(values[0]);
            }
            layers.forward(values, frame);
            for (int r = row; r < Math.min(height, row + TILE); r++) {
                for (int c = column; c < Math.min(width, column + TILE); c++) {
                    said[r * width + c] += 0.5f * output[frame.at(r - top, c - left)];
                }
            }
        }
    }

    private static void fill(float[] plane, int width, int top, int left, ConvolutionNetwork.Frame frame, float[] out) {
        for (int r = 0; r < frame.height(); r++) {
            System.arraycopy(plane, (top + r) * width + left, out, frame.at(r, 0), frame.width());
        }
    }

    /** The inputs as they are seen from the other end of the stack. */
    static void turn(float[][] inputs) {
        for (int i : DetailInputs.TURNING) {
            for (int p = 0; p < inputs[i].length; p++) {
                inputs[i][p] = -inputs[i][p];
            }
        }
    }
}
