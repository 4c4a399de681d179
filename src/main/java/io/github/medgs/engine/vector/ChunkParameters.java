package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;

import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;

/**
 * The parameters of one chunk, always a whole one: row r of the chunk's Gaussian i is at {@code values[at(r) + i]}.
 *
 * <p>They are the model's own, but for two kinds of chunks. The last one's rows may end in the middle of a vector: these
 * are copied, and filled up with zeros. What comes out of the filling is ignored, by {@link #alive}. And where only some
 * of a chunk's Gaussians are of use, these can be packed: copied side by side, so that no lane works for nothing.
 */
final class ChunkParameters {

    float[] values;
    private int capacity;
    private int first;
    private int count;
    private int rows;
    private float[] copy = new float[0];
    private boolean packed;
    private final short[] places = new short[CHUNK];

    /** Takes a chunk of the model. */
    void take(FoldedGaussians gaussians, int chunk) {
        values = gaussians.parameters().values();
        capacity = gaussians.capacity();
        first = chunk * CHUNK;
        count = Math.min(CHUNK, gaussians.count() - first);
        rows = gaussians.form().rows();
        packed = false;
        if (copy.length < rows * CHUNK) {
            copy = new float[rows * CHUNK];
        }
        if (count < CHUNK) {
            copyRows();
        }
    }

    private void copyRows() {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * capacity + first, copy, row * CHUNK, count);
            Arrays.fill(copy, row * CHUNK + count, (row + 1) * CHUNK, 0f);
        }
        useCopy();
    }

    private void useCopy() {
        values = copy;
        capacity = CHUNK;
        first = 0;
    }

    /** Keeps only those Gaussians whose bits are set, a vector in an element from {@code start}; their order stays. */
    void pack(int[] wanted, int start) {
        int kept = 0;
        for (int i = 0; i < length(); i += LANES) {
            for (int rest = wanted[start + i / LANES]; rest != 0; rest &= rest - 1) {
                places[kept++] = (short) (i + Integer.numberOfTrailingZeros(rest));
            }
        }
        for (int row = 0; row < rows; row++) {
            int from = at(row);
            int to = row * CHUNK;
            for (int i = 0; i < kept; i++) {
                copy[to + i] = values[from + places[i]];
            }
            Arrays.fill(copy, to + kept, to + Lanes.roundUp(kept), 0f);
        }
        useCopy();
        count = kept;
        packed = true;
    }

    boolean isPacked() {
        return packed;
    }

    /** How many Gaussians there are. */
    int count() {
        return count;
    }

    /** Where in the chunk the i-th of the packed Gaussians was. */
    int place(int i) {
        return places[i];
    }

    /** Where the chunk's part of a row begins. */
    int at(int row) {
        return row * capacity + first;
    }

    /** From one row to the next. */
    int rowLength() {
        return capacity;
    }

    /** Which Gaussians of the vector from the chunk's {@code i}-th exist, one bit each. */
    int alive(int i) {
        int left = count - i;
        return left >= LANES ? Lanes.ALL : left <= 0 ? 0 : (1 << left) - 1;
    }

    /** Gaussians of the chunk, rounded up to whole vectors. */
    int length() {
        return Lanes.roundUp(count);
    }
}
