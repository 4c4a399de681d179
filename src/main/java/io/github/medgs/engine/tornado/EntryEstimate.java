package io.github.medgs.engine.tornado;

import static io.github.medgs.engine.tornado.kernels.StepLayout.TILE;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.engine.SessionSize;
import io.github.medgs.kernel.Folding;
import io.github.medgs.model.FoldedGaussians;

/** How many tile entries a model will need, so that a plan is seldom built twice. Asked when one is built, and small beside that. */
final class EntryEstimate {

    private static final int FEWEST = 1 << 12;

    /** About so many Gaussians are looked at where there are twice as many or more. */
    private static final int LOOKED_AT = 1 << 16;

    /** Of splats a few pixels wide, with the room for what training changes. */
    private static final double TILES_OF_A_SPLAT = 4;

    private EntryEstimate() {}

    /** The tiles under the boxes of all splats at these times, and half as many again for what training changes. */
    static int of(FoldedGaussians gaussians, float... times) {
        long entries = entries(gaussians, times);
        return (int) Math.min(Integer.MAX_VALUE / 16, FEWEST + entries + entries / 2);
    }

    /** Before there is a model: the tiles of as many splats as a step of such a size draws. */
    static long atMost(SessionSize size) {
        return FEWEST + (long) (TILES_OF_A_SPLAT * size.splats());
    }

    /** The tiles under the boxes of all splats; about so many, where there are many. */
    static long entries(FoldedGaussians gaussians, float[] times) {
        int[] form = gaussians.form().toKernel();
        float[] splat = new float[SPLAT_STRIDE];
        int stride = Math.max(1, gaussians.count() / LOOKED_AT);
        long entries = 0;
        for (float time : times) {
            for (int i = 0; i < gaussians.count() / stride; i++) {
                // Not at even steps: Gaussians stand in rows, and even steps could meet one column of them.
                int g = i * stride + (int) ((i * 40503L & 0xffff) * stride >> 16);
                if (Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, time, splat, 0) != 0) {
                    entries += tiles(splat[MEAN_U], splat[EXTENT_U], form[WIDTH])
                            * tiles(splat[MEAN_V], splat[EXTENT_V], form[HEIGHT]);
                }
            }
        }
        return stride * entries;
    }

    private static long tiles(float mean, float extent, int size) {
        long first = (long) Math.clamp(mean - extent, 0, size - 1) / TILE;
        long last = (long) Math.clamp(mean + extent, 0, size - 1) / TILE;
        return last - first + 1;
    }
}
