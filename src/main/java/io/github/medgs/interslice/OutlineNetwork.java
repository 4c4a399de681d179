package io.github.medgs.interslice;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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

    private static final String RESOURCE = "outlines.bin";
    private static final int FORMAT = 0x4f4c4e31;

    private final int[] sizes;
    private final float[][] weights;
    private final float[][] biases;

    /**
     * @param sizes of the inputs, the hidden layers and the output
     * @param weights of each layer, output by output; {@code biases} likewise
     */
    OutlineNetwork(int[] sizes, float[][] weights, float[][] biases) {
        this.sizes = sizes;
        this.weights = weights;
        this.biases = biases;
    }

    private static final class Learnt {
        static final OutlineNetwork NETWORK = load();

        private static OutlineNetwork load() {
            try (InputStream in = OutlineNetwork.class.getResourceAsStream(RESOURCE)) {
                return read(new DataInputStream(in));
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE + " of the program is damaged", e);
            }
        }
    }

    /** The one that comes with the program. */
    static OutlineNetwork learnt() {
        return Learnt.NETWORK;
    }

    /** Its layers one after the other, weights before biases, as single-precision numbers. */
    static OutlineNetwork read(DataInputStream in) throws IOException {
        if (in.readInt() != FORMAT) {
            throw new IOException("no network of outlines");
        }
        int[] sizes = new int[in.readInt()];
        for (int n = 0; n < sizes.length; n++) {
            sizes[n] = in.readInt();
        }
        float[][] weights = new float[sizes.length - 1][];
        float[][] biases = new float[sizes.length - 1][];
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = floats(in, sizes[layer] * sizes[layer + 1]);
            biases[layer] = floats(in, sizes[layer + 1]);
        }
        return new OutlineNetwork(sizes, weights, biases);
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = in.readFloat();
        }
        return values;
    }

    /** As {@link #read} wants it. */
    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(FORMAT);
        out.writeInt(sizes.length);
        for (int size : sizes) {
            out.writeInt(size);
        }
        for (int layer = 0; layer < weights.length; layer++) {
            for (float[] values : new float[][] {weights[layer], biases[layer]}) {
                for (float value : values) {
                    out.writeFloat(value);
                }
            }
        }
        out.flush();
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
        int[] batch = new int[BATCH];
        float[][] values = workspace();
        float[] added = values[values.length - 1];
        for (int first = 0; first < band.length; first += BATCH) {
            int count = Math.min(BATCH, band.length - first);
            System.arraycopy(band, first, batch, 0, count);
            patches.describe(slice, batch, count, false, values[0], BATCH);
            forward(values);
            for (int n = 0; n < count; n++) {
                corrected[batch[n]] += weight * added[n];
            }
        }
        return corrected;
    }

    /** Room for the values of one batch in every layer. */
    float[][] workspace() {
        float[][] values = new float[sizes.length][];
        for (int n = 0; n < sizes.length; n++) {
            values[n] = new float[sizes[n] * BATCH];
        }
        return values;
    }

    /**
     * Carries a batch through the layers.
     *
     * @param values of {@link #workspace}: the first array holds the inputs, {@value #BATCH} pixels of each, the last
     *     one receives what is to be added, in pixels
     */
    void forward(float[][] values) {
        for (int layer = 0; layer < weights.length; layer++) {
            for (int output = 0; output < sizes[layer + 1]; output++) {
                unit(values[layer], sizes[layer], weights[layer], output * sizes[layer], biases[layer][output],
                        values[layer + 1], output * BATCH, layer + 1 < weights.length);
            }
        }
    }

    private static void unit(float[] in, int inputs, float[] weights, int first, float bias, float[] out, int at,
            boolean rectified) {
        for (int n = 0; n < BATCH; n++) {
            out[at + n] = bias;
        }
        int input = 0;
        // Four at a time: the sums would cross the cache for each else.
        for (; input + 4 <= inputs; input += 4) {
            float a = weights[first + input];
            float b = weights[first + input + 1];
            float c = weights[first + input + 2];
            float d = weights[first + input + 3];
            int from = input * BATCH;
            for (int n = 0; n < BATCH; n++) {
                out[at + n] += a * in[from + n] + b * in[from + BATCH + n] + c * in[from + 2 * BATCH + n]
                        + d * in[from + 3 * BATCH + n];
            }
        }
        for (; input < inputs; input++) {
            float a = weights[first + input];
            for (int n = 0; n < BATCH; n++) {
                out[at + n] += a * in[input * BATCH + n];
            }
        }
        if (rectified) {
            for (int n = 0; n < BATCH; n++) {
                out[at + n] = Math.max(0f, out[at + n]);
            }
        }
    }
}
