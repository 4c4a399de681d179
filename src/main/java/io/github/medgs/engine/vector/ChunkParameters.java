package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;

import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;

/**
 * The parameters of one chunk, always a whole one: row r of the chunk's Gaussian i is at {@code values[at(r) + i]}.
 *
 * <p>They are the model's own, but for the last chunk, whose rows may end in the middle of a vector: these are copied,
 * and filled up with zeros. What comes out of the filling is ignored, by {@link #alive}.
 */
final class ChunkParameters {

    float[] values;
    private int capacity;
    private int first;
    private int count;
    private float[] copy = new float[0];

    /** Takes a chunk of the model. */
    void take(FoldedGaussians gaussians, int chunk) {
        values = gaussians.parameters().values();
        capacity = gaussians.capacity();
        first = chunk * CHUNK;
        count = Math.min(CHUNK, gaussians.count() - first);
        if (count < CHUNK) {
            copyRows(gaussians.form().rows());
        }
    }

    private void copyRows(int rows) {
        if (copy.length < rows * CHUNK) {
            copy = new float[rows * CHUNK];
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * capacity + first, copy, row * CHUNK, count);
            Arrays.fill(copy, row * CHUNK + count, (row + 1) * CHUNK, 0f);
        }
        values = copy;
        capacity = CHUNK;
        first = 0;
    }

    /** Where the chunk's part of a row begins. */
    int at(int row) {
        return row * capacity + first;
    }

    /** From one row to the next. */
    int rowLength() {
        return capacity;
    }

    /** Which of eight Gaussians from the chunk's {@code i}-th exist, one bit each. */
    int alive(int i) {
        int left = count - i;
        return left >= LANES ? 0xff : left <= 0 ? 0 : (1 << left) - 1;
    }

    /** Gaussians of the chunk, rounded up to whole vectors. */
    int length() {
        return Lanes.roundUp(count);
    }
}
