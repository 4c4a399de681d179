package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * Layers of convolutions with 3 x 3 taps over a picture, leaky rectified linear units between them; outside the picture
 * all is zero. Plain arithmetic in a fixed order: the same bits on every machine.
 */
final class ConvolutionNetwork {

    static final int TAPS = 9;

    /** Zeros round a plane: as far as the widest layer reaches. */
    static final int MARGIN = 4;

    /** What units let through of what is below zero. */
    static final float LEAK = 0.1f;

    /** Pixels of all channels that go through together: they stay in the cache. */
    private static final int RUN = 256;

    private final NetworkWeights weights;
    private final int[] dilations;

    /** @param dilations pixels between the taps of each layer */
    ConvolutionNetwork(NetworkWeights weights, int... dilations) {
        this.weights = weights;
        this.dilations = dilations;
    }

    /** Planes of a picture, each row by row with zeros round it. */
    record Frame(int height, int width) {

        int stride() {
            return width + 2 * MARGIN;
        }

        int length() {
            return (height + 2 * MARGIN) * stride();
        }

        int at(int row, int column) {
            return (row + MARGIN) * stride() + column + MARGIN;
        }

        /** First and last index, exclusive, of the picture's rows. */
        int first() {
            return at(0, 0);
        }

        int end() {
            return at(height - 1, width);
        }

        /** Sets to zero what lies beside the rows. */
        void clearSides(float[] plane) {
            for (int row = 0; row < height; row++) {
                Arrays.fill(plane, at(row, -MARGIN), at(row, 0), 0f);
                Arrays.fill(plane, at(row, width), at(row, width + MARGIN), 0f);
            }
        }
    }

    NetworkWeights weights() {
        return weights;
    }

    int dilation(int layer) {
        return dilations[layer];
    }

    /** Planes of all channels of all layers: the first layer's are the inputs, the last one's the output. */
    float[][][] workspace(Frame frame) {
        float[][][] planes = new float[weights.sizes().length][][];
        for (int n = 0; n < planes.length; n++) {
            planes[n] = new float[weights.sizes()[n]][frame.length()];
        }
        return planes;
    }

    /** Bytes of a {@link #workspace}. */
    long bytes(Frame frame) {
        return (long) Float.BYTES * Arrays.stream(weights.sizes()).sum() * frame.length();
    }

    /** Carries a picture through the layers. */
    void forward(float[][][] planes, Frame frame) {
        for (int layer = 0; layer < weights.layers(); layer++) {
            convolve(planes[layer], weights.weights()[layer], weights.biases()[layer], dilations[layer], frame,
                    planes[layer + 1]);
            for (float[] plane : planes[layer + 1]) {
                if (layer + 1 < weights.layers()) {
                    rectify(plane);
                }
                frame.clearSides(plane);
            }
        }
    }

    // Above and below the picture all is zero and stays so.
    private static void rectify(float[] plane) {
        for (int p = 0; p < plane.length; p++) {
            plane[p] = Math.max(plane[p], LEAK * plane[p]);
        }
    }

    /**
     * Sums of planes convolved with nine taps. What lies beside the rows is of no use afterwards.
     *
     * @param weights output by output, of each input by input, tap by tap
     * @param biases {@code null} for none
     */
    static void convolve(float[][] in, float[] weights, float[] biases, int dilation, Frame frame, float[][] out) {
        float[][] sums = new float[out.length][RUN];
        float[][] shifted = new float[TAPS][RUN];
        for (int from = frame.first(); from < frame.end(); from += RUN) {
            int count = Math.min(RUN, frame.end() - from);
            for (int o = 0; o < out.length; o++) {
                Arrays.fill(sums[o], biases == null ? 0 : biases[o]);
            }
            for (int i = 0; i < in.length; i++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    int shift = dilation * ((tap / 3 - 1) * frame.stride() + tap % 3 - 1);
                    System.arraycopy(in[i], from + shift, shifted[tap], 0, count);
                }
                for (int o = 0; o < out.length; o++) {
                    add(shifted, weights, (o * in.length + i) * TAPS, sums[o]);
                }
            }
            for (int o = 0; o < out.length; o++) {
                System.arraycopy(sums[o], 0, out[o], from, count);
            }
        }
    }

    private static void add(float[][] in, float[] weights, int first, float[] out) {
        add(weights[first], in[0], weights[first + 1], in[1], weights[first + 2], in[2], weights[first + 3], in[3],
                weights[first + 4], in[4], weights[first + 5], in[5], weights[first + 6], in[6], weights[first + 7], in[7],
                weights[first + 8], in[8], out);
    }

    // Every array is read and written at n alone, which is why planes are shifted before: so the compiler makes vectors.
    private static void add(float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds, float e,
            float[] es, float f, float[] fs, float g, float[] gs, float h, float[] hs, float i, float[] is, float[] out) {
        for (int n = 0; n < RUN; n++) {
            out[n] += a * as[n] + b * bs[n] + c * cs[n] + d * ds[n] + e * es[n] + f * fs[n] + g * gs[n] + h * hs[n]
                    + i * is[n];
        }
    }
}
