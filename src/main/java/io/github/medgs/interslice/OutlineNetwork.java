package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * How far a guessed outline between two sections is off: three layers that learnt it from the outlines of other
 * structures, with every few of their slices left out.
 *
 * <p>Inputs are those of {@link OutlinePatches}, two layers of rectified linear units follow, and one number comes out:
 * what is to be added to the guess's signed distance, in pixels. Plain arithmetic in a fixed order: the same bits on
 * every machine.
 */
final class OutlineNetwork implements SliceCorrection {

    /** Only pixels so near the guessed outline are corrected: what was learnt from. In pixels. */
    static final float BAND = 3f;

    /** Pixels that go through together; a loop over them is what the compiler makes vectors of. */
    static final int BATCH = 256;

    /** Each pixel is seen as it is, in a mirror, and both from the other end of the stack; the mean counts. */
    private static final int VIEWS = 4;

    private static final String RESOURCE = "outlines.bin";
    static final int FORMAT = 0x4f4c4e31;

    private final int[] sizes;
    private final float[][] weights;
    private final float[][] biases;

    OutlineNetwork(NetworkWeights learnt) {
        this.sizes = learnt.sizes();
        this.weights = learnt.weights();
        this.biases = learnt.biases();
    }

    private static final class Learnt {
        static final OutlineNetwork NETWORK = new OutlineNetwork(NetworkWeights.resource(RESOURCE, FORMAT, 1));
    }

    /** The one that comes with the program. */
    static OutlineNetwork learnt() {
        return Learnt.NETWORK;
    }

    NetworkWeights weights() {
        return new NetworkWeights(sizes, weights, biases);
    }

    /** The pixels so near a guessed outline that they are corrected. */
    static int[] band(float[] guess) {
        int count = 0;
        int[] pixels = new int[guess.length];
        for (int p = 0; p < guess.length; p++) {
            if (Math.abs(guess[p]) < BAND) {
                pixels[count++] = p;
            }
        }
        return Arrays.copyOf(pixels, count);
    }

    @Override
    public float[] correct(OutlinePatches patches, OutlinePatches.Slice slice, double evidence) {
        float[] corrected = slice.mixed().clone();
        // Between slices as close as pixels there was no truth to learn from.
        float weight = (float) evidence * Math.clamp(slice.gap() - 1, 0f, 1f);
        if (weight == 0) {
            return corrected;
        }
        int[] band = band(corrected);
        OutlinePatches.Slice reversed = slice.reversed();
        int[] batch = new int[BATCH];
        float[][][] values = workspace();
        float[] added = values[values.length - 1][0];
        for (int first = 0; first < band.length; first += BATCH) {
            int count = Math.min(BATCH, band.length - first);
            System.arraycopy(band, first, batch, 0, count);
            for (int view = 0; view < VIEWS; view++) {
                patches.describe(view < 2 ? slice : reversed, batch, count, view % 2 == 1, values[0]);
                forward(values);
                for (int n = 0; n < count; n++) {
                    corrected[batch[n]] += weight / VIEWS * added[n];
                }
            }
        }
        return corrected;
    }

    /** Room for what each unit of each layer says of each pixel of a batch. */
    float[][][] workspace() {
        float[][][] values = new float[sizes.length][][];
        for (int n = 0; n < sizes.length; n++) {
            values[n] = new float[sizes[n]][BATCH];
        }
        return values;
    }

    /**
     * Carries a batch through the layers.
     *
     * @param values of {@link #workspace}: the first layer's are the inputs, the last one's unit receives what is to be
     *     added, in pixels
     */
    void forward(float[][][] values) {
        for (int layer = 0; layer < weights.length; layer++) {
            for (int output = 0; output < sizes[layer + 1]; output++) {
                unit(values[layer], weights[layer], output * sizes[layer], biases[layer][output],
                        values[layer + 1][output], layer + 1 < weights.length);
            }
        }
    }

    // Every array is read and written at n alone, and four at a time: so the compiler makes vectors of the loops.
    private static void unit(float[][] in, float[] weights, int first, float bias, float[] out, boolean rectified) {
        Arrays.fill(out, bias);
        int input = 0;
        for (; input + 4 <= in.length; input += 4) {
            add(weights[first + input], in[input], weights[first + input + 1], in[input + 1], weights[first + input + 2],
                    in[input + 2], weights[first + input + 3], in[input + 3], out);
        }
        for (; input < in.length; input++) {
            add(weights[first + input], in[input], out);
        }
        if (rectified) {
            for (int n = 0; n < BATCH; n++) {
                out[n] = Math.max(0f, out[n]);
            }
        }
    }

    private static void add(float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds, float[] out) {
        for (int n = 0; n < BATCH; n++) {
            out[n] += a * as[n] + b * bs[n] + c * cs[n] + d * ds[n];
        }
    }

    private static void add(float a, float[] as, float[] out) {
        for (int n = 0; n < BATCH; n++) {
            out[n] += a * as[n];
        }
    }
}
