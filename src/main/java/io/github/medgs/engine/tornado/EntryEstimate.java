package io.github.medgs.engine.tornado;

import static io.github.medgs.engine.tornado.kernels.StepLayout.TILE;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Folding;
import io.github.medgs.model.FoldedGaussians;
import java.util.stream.IntStream;

/** How many tile entries a model will need, so that a plan is seldom built twice. */
final class EntryEstimate {

    private static final int FEWEST = 1 << 12;

    /** Gaussians that one thread folds at a time. */
    private static final int PIECE = 1 << 14;

    private EntryEstimate() {}

    /** The tiles under the boxes of all splats at these times, and half as many again for what training changes. */
    static int of(FoldedGaussians gaussians, float... times) {
        long entries = IntStream.range(0, Math.ceilDiv(gaussians.count(), PIECE)).parallel()
                .mapToLong(piece -> entries(gaussians, piece * PIECE, Math.min(gaussians.count(), (piece + 1) * PIECE),
                        times))
                .sum();
        return (int) Math.min(Integer.MAX_VALUE / 16, FEWEST + entries + entries / 2);
    }

    /** The tiles under the boxes of some splats. */
    static long entries(FoldedGaussians gaussians, int from, int to, float[] times) {
        int[] form = gaussians.form().toKernel();
        float[] splat = new float[SPLAT_STRIDE];
        long entries = 0;
        for (float time : times) {
            for (int g = from; g < to; g++) {
                if (Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, time, splat, 0) != 0) {
                    entries += tiles(splat[MEAN_U], splat[EXTENT_U], form[WIDTH])
                            * tiles(splat[MEAN_V], splat[EXTENT_V], form[HEIGHT]);
                }
            }
        }
        return entries;
    }

    private static long tiles(float mean, float extent, int size) {
        long first = (long) Math.clamp(mean - extent, 0, size - 1) / TILE;
        long last = (long) Math.clamp(mean + extent, 0, size - 1) / TILE;
        return last - first + 1;
    }
}
