package io.github.medgs.interslice;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * What a network of layers has learnt.
 *
 * @param sizes of the inputs, the hidden layers and the output, in units
 * @param weights of each layer, output by output, of each input by input; {@code biases} of each layer's outputs
 */
record NetworkWeights(int[] sizes, float[][] weights, float[][] biases) {

    int layers() {
        return weights.length;
    }

    /**
     * A network that comes with the program.
     *
     * @param resource beside this class
     * @param format number that the file begins with
     * @param taps weights for each pair of an input and an output
     */
    static NetworkWeights resource(String resource, int format, int taps) {
        try (InputStream in = NetworkWeights.class.getResourceAsStream(resource)) {
            return read(new DataInputStream(new BufferedInputStream(in)), format, taps);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " of the program is damaged", e);
        }
    }

    /** The layers one after the other, weights before biases, as single-precision numbers. */
    static NetworkWeights read(DataInputStream in, int format, int taps) throws IOException {
        if (in.readInt() != format) {
            throw new IOException("no such network");
        }
        int[] sizes = new int[in.readInt()];
        for (int n = 0; n < sizes.length; n++) {
            sizes[n] = in.readInt();
        }
        float[][] weights = new float[sizes.length - 1][];
        float[][] biases = new float[sizes.length - 1][];
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = floats(in, taps * sizes[layer] * sizes[layer + 1]);
            biases[layer] = floats(in, sizes[layer + 1]);
        }
        return new NetworkWeights(sizes, weights, biases);
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = in.readFloat();
        }
        return values;
    }

    /** As {@link #read} wants it. */
    void write(OutputStream stream, int format) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(format);
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
}
