package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.ViewBuffers.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;
import jdk.incubator.vector.VectorMask;

/**
 * The gradient of a chunk of Gaussians, gathered from all views' records in a fixed order.
 *
 * <p>It exists for one chunk at a time, in this scratch memory of one thread: whoever moves the parameters does so while
 * it is still in the cache, and no gradient of the whole model is ever kept.
 */
final class ChunkGradient {

    private static final int GROUPS = CHUNK / Lanes.LANES;

    private final int rows;
    private final int bands;
    private final float[] activated = new float[Activation.SIZE];
    private final int[] cursor;

    /** Gradients of the splats: for each view {@link ViewBuffers#RECORD} rows of a chunk, heads in fixed places. */
    private final float[] splatGradients = new float[Step.MOST_VIEWS * RECORD * CHUNK];

    /** For each view and eight Gaussians which are drawn, one bit each. */
    private final int[] drawnInView = new int[Step.MOST_VIEWS * GROUPS];

    /** For each eight Gaussians: drawn in any view; drawn in a counted view. */
    private final int[] drawn = new int[GROUPS];
    private final int[] counted = new int[GROUPS];

    /** Largest norm of the gradient by the mean over the counted views, in half slice sizes. */
    private final float[] largest = new float[CHUNK];

    /** The gradient: rows of a chunk. */
    private final float[] gradient;

    ChunkGradient(int rows, int bands) {
        this.rows = rows;
        this.bands = bands;
        this.cursor = new int[bands];
        this.gradient = new float[rows * CHUNK];
    }

    /** Rows of {@link ViewBuffers#CHUNK} floats, for the chunk of the last {@link #gather}. */
    float[] gradient() {
        return gradient;
    }

    /** Which of eight Gaussians some view drew, one bit each. */
    int drawn(int group) {
        return drawn[group];
    }

    /** Gathers the gradient of a chunk; {@code counted} says of each view whether it enters the statistics. */
    void gather(FoldedGaussians gaussians, int[] form, int chunk, ViewBuffers[] views, int viewCount,
            boolean[] countedView) {
        Arrays.fill(drawn, 0);
        Arrays.fill(counted, 0);
        Arrays.fill(gradient, 0f);
        Arrays.fill(largest, 0f);
        for (int v = 0; v < viewCount; v++) {
            sumRecords(views[v], chunk, v);
            for (int group = 0; group < GROUPS; group++) {
                int bits = drawnInView[v * GROUPS + group];
                drawn[group] |= bits;
                counted[group] |= countedView[v] ? bits : 0;
            }
        }
        int first = chunk * CHUNK;
        for (int group = 0; group < GROUPS; group++) {
            if (drawn[group] == 0) {
                continue;
            }
            int g = first + group * Lanes.LANES;
            VectorMask<Float> alive = Lanes.first(gaussians.count() - g);
            float[] parameters = gaussians.parameters().values();
            Activation.times(parameters, gaussians.capacity(), form, g, alive, activated);
            Activation.shape(parameters, gaussians.capacity(), form, g, alive, activated);
            for (int v = 0; v < viewCount; v++) {
                int bits = drawnInView[v * GROUPS + group];
                if (bits != 0) {
                    FoldingChain.add(parameters, gaussians.capacity(), form, g, alive, views[v].time, activated,
                            splatGradients, v * RECORD * CHUNK + group * Lanes.LANES, bits, gradient,
                            group * Lanes.LANES, countedView[v] ? largest : null);
                }
            }
        }
    }

    /** Sums the records of each of the chunk's splats over the bands it touches, top to bottom. */
    private void sumRecords(ViewBuffers view, int chunk, int v) {
        Arrays.fill(drawnInView, v * GROUPS, (v + 1) * GROUPS, 0);
        int drawnHere = view.drawnInChunk[chunk];
        if (drawnHere == 0) {
            return;
        }
        int base = v * RECORD * CHUNK;
        Arrays.fill(splatGradients, base, base + RECORD * CHUNK, 0f);
        System.arraycopy(view.entryStart, chunk * bands, cursor, 0, bands);
        boolean drawsNone = !view.drawsMask && !view.drawsImage;
        boolean maskAlone = view.drawsMask && !view.drawsImage;
        int opacity = base + (maskAlone ? SECOND_OPACITY : FIRST_OPACITY) * CHUNK;
        float[] records = view.records;
        for (int slot = chunk * CHUNK; slot < chunk * CHUNK + drawnHere; slot++) {
            int i = view.withinChunk[slot];
            drawnInView[v * GROUPS + i / Lanes.LANES] |= 1 << i % Lanes.LANES;
            int last = drawsNone ? -1 : view.lastBand(slot);
            for (int band = view.firstBand(slot); band <= last; band++) {
                int record = cursor[band]++ * RECORD;
                for (int field = 0; field < FIRST_OPACITY; field++) {
                    splatGradients[base + field * CHUNK + i] += records[record + field];
                }
                splatGradients[opacity + i] += records[record + FIRST_OPACITY];
                splatGradients[opacity + CHUNK + i] += records[record + FIRST_INTENSITY];
                if (!maskAlone) {
                    splatGradients[base + SECOND_OPACITY * CHUNK + i] += records[record + SECOND_OPACITY];
                    splatGradients[base + SECOND_INTENSITY * CHUNK + i] += records[record + SECOND_INTENSITY];
                }
            }
        }
    }

    /** Adds the chunk to the density statistics. */
    void addTo(DensityStatistics statistics, int chunk) {
        for (int i = 0; i < CHUNK; i++) {
            if ((counted[i / Lanes.LANES] >> i % Lanes.LANES & 1) != 0) {
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
