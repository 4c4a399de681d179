package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.ViewBuffers.*;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;

/**
 * The gradient of a chunk of Gaussians, gathered from all views' records in a fixed order.
 *
 * <p>It exists for one chunk at a time, in this scratch memory of one thread: whoever moves the parameters does so while
 * it is still in the cache, and no gradient of the whole model is ever kept.
 */
final class ChunkGradient {

    /** Fields of a record that are summed side by side: all but the last. */
    private static final int SUMMED = RECORD - 1;

    private final int rows;
    private final int bands;
    private final Activation activation;
    private final FoldingChain chain;
    private final int[] cursor;

    /** Gradients of the splats of the view under way: {@link ViewBuffers#RECORD} rows of a chunk. */
    private final float[] splatGradients = new float[RECORD * CHUNK];

    /** The same but for its last row, Gaussian by Gaussian, as the records come. */
    private final float[] sums = new float[SUMMED * CHUNK];

    /** For each vector of Gaussians, one bit each: drawn in this view; in any view; in a counted view. */
    private final int[] drawnInView = new int[GROUPS];
    private final int[] drawn = new int[GROUPS];
    private final int[] counted = new int[GROUPS];

    /** Largest norm of the gradient by the mean over the counted views, in half slice sizes. */
    private final float[] largest = new float[CHUNK];

    /** The gradient: rows of a chunk. */
    private final float[] gradient;

    /** The same, of packed Gaussians. */
    private final float[] packedGradient;

    ChunkGradient(int[] form, int rows, int bands) {
        this.activation = new Activation(form);
        this.chain = new FoldingChain(form);
        this.rows = rows;
        this.bands = bands;
        this.cursor = new int[bands + Apart.ROOM];
        this.gradient = new float[rows * CHUNK];
        this.packedGradient = new float[rows * CHUNK];
    }

    /** Rows of {@link ViewBuffers#CHUNK} floats, for the chunk of the last {@link #gather}. */
    float[] gradient() {
        return gradient;
    }

    /** Which Gaussians of a vector some view drew, one bit each. */
    int drawn(int group) {
        return drawn[group];
    }

    /**
     * Gathers the gradient of a chunk.
     *
     * @param wanted which Gaussians were folded, see {@link ChunkFolding#fold}
     * @param countedView of each view, whether it enters the statistics
     */
    void gather(FoldedGaussians gaussians, int chunk, ViewBuffers[] views, int viewCount, int[] wanted,
            boolean[] countedView) {
        Arrays.fill(drawn, 0);
        Arrays.fill(counted, 0);
        Arrays.fill(gradient, 0f);
        Arrays.fill(largest, 0f);
        boolean drewAny = false;
        for (int v = 0; v < viewCount; v++) {
            drewAny |= views[v].drawnInChunk[chunk] > 0;
        }
        if (!drewAny) {
            return;
        }
        activation.take(gaussians, chunk, wanted, chunk * GROUPS);
        boolean isPacked = activation.parameters.isPacked();
        float[] sum = gradient;
        if (isPacked) {
            Arrays.fill(packedGradient, 0f);
            sum = packedGradient;
        }
        for (int v = 0; v < viewCount; v++) {
            if (views[v].drawnInChunk[chunk] == 0) {
                continue;
            }
            activation.seeAt(views[v].time);
            activation.activateShapes(activation.firstSeen(), activation.endSeen());
            sumRecords(views[v], chunk);
            for (int group = 0; group < GROUPS; group++) {
                drawn[group] |= drawnInView[group];
                counted[group] |= countedView[v] ? drawnInView[group] : 0;
            }
            chain.add(activation, splatGradients, drawnInView, sum, countedView[v] ? largest : null);
        }
        if (isPacked) {
            unpack(activation.parameters);
        }
    }

    /** Puts what was gathered for packed Gaussians where these are in the chunk. */
    private void unpack(ChunkParameters packed) {
        int count = packed.count();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < count; i++) {
                gradient[row * CHUNK + packed.place(i)] = packedGradient[row * CHUNK + i];
            }
        }
        // From the last to the first: a Gaussian's place is never before its packed one.
        for (int i = count - 1; i >= 0; i--) {
            int place = packed.place(i);
            float norm = largest[i];
            largest[i] = 0f;
            largest[place] = norm;
            moveBit(drawn, i, place);
            moveBit(counted, i, place);
        }
    }

    private static void moveBit(int[] bits, int from, int to) {
        int bit = bits[from / LANES] >> from % LANES & 1;
        bits[from / LANES] &= ~(1 << from % LANES);
        bits[to / LANES] |= bit << to % LANES;
    }

    /** Sums the records of each of the chunk's splats over the bands it touches, top to bottom. */
    private void sumRecords(ViewBuffers view, int chunk) {
        Arrays.fill(drawnInView, 0);
        Arrays.fill(sums, 0f);
        Arrays.fill(splatGradients, MASK_INTENSITY_SUM * CHUNK, RECORD * CHUNK, 0f);
        System.arraycopy(view.entryStart, chunk * bands, cursor, 0, bands);
        float[] records = view.records;
        int firstSlot = chunk * CHUNK;
        for (int slot = firstSlot; slot < firstSlot + view.drawnInChunk[chunk]; slot++) {
            int i = view.withinChunk[slot];
            drawnInView[i / LANES] |= 1 << i % LANES;
            int last = view.lastBand(slot);
            for (int band = view.firstBand(slot); band <= last; band++) {
                int record = cursor[band]++ * RECORD;
                addRecord(records, record, sums, i * SUMMED);
                splatGradients[MASK_INTENSITY_SUM * CHUNK + i] += records[record + MASK_INTENSITY_SUM];
            }
        }
        for (int i = activation.firstSeen(); i < activation.endSeen(); i += LANES) {
            for (int field = 0; field < SUMMED; field += LANES) {
                Lanes.transpose(sums, i * SUMMED + field, SUMMED, splatGradients, field * CHUNK + i, CHUNK);
            }
        }
    }

    private static void addRecord(float[] records, int record, float[] sums, int place) {
        fromArray(FLOATS, sums, place).add(fromArray(FLOATS, records, record)).intoArray(sums, place);
        if (LANES == 4) {
            fromArray(FLOATS, sums, place + LANES).add(fromArray(FLOATS, records, record + LANES))
                    .intoArray(sums, place + LANES);
        }
    }

    /** Adds the chunk to the density statistics. */
    void addTo(DensityStatistics statistics, int chunk) {
        for (int i = 0; i < CHUNK; i++) {
            if ((counted[i / LANES] >> i % LANES & 1) != 0) {
                int g = chunk * CHUNK + i;
                statistics.meanGradient()[g] += largest[i];
                statistics.timeGradient()[g] += Math.abs(gradient[TIME * CHUNK + i]);
                statistics.visible()[g]++;
            }
        }
    }

    /** Copies the gradient into rows of the whole model. */
    void copyTo(float[] out, int capacity, int chunk, int count) {
        int first = chunk * CHUNK;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(gradient, row * CHUNK, out, row * capacity + first, Math.min(CHUNK, count - first));
        }
    }
}
