package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Transcendental;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How many Gaussians violate the bounds of the temporal spread, and by how much: the sigma regulariser's means. */
public final class SpreadKernels {

    private SpreadKernels() {}

    /**
     * Thread g looks at Gaussian g; the group sums in local memory.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param parameters input, rows x capacity
     * @param partials output, {@code SPREAD_SUMS} for each group
     */
    public static void violations(KernelContext context, int[] ints, FloatArray floats, float[] parameters,
            float[] partials) {
        int thread = context.localIdx;
        int g = context.globalIdx;
        float[] below = context.allocateFloatLocalArray(GROUP);
        float[] sumBelow = context.allocateFloatLocalArray(GROUP);
        float[] above = context.allocateFloatLocalArray(GROUP);
        float[] sumAbove = context.allocateFloatLocalArray(GROUP);
        float lowest = floats.get(SPREAD_LOWEST);
        float highest = floats.get(SPREAD_HIGHEST);
        float spread = lowest;
        float excess = 0f;
        if (g < ints[COUNT] && floats.get(SPREAD_WEIGHT) != 0f) {
            spread = Transcendental.exp(parameters[SPREAD * ints[CAPACITY] + g]);
            excess = spread - highest;
        }
        below[thread] = spread < lowest ? 1f : 0f;
        sumBelow[thread] = spread < lowest ? lowest - spread : 0f;
        above[thread] = excess > 0f ? 1f : 0f;
        sumAbove[thread] = excess > 0f ? excess : 0f;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                below[thread] = below[thread] + below[thread + stride];
                sumBelow[thread] = sumBelow[thread] + sumBelow[thread + stride];
                above[thread] = above[thread] + above[thread + stride];
                sumAbove[thread] = sumAbove[thread] + sumAbove[thread + stride];
            }
        }
        if (thread == 0) {
            int out = SPREAD_SUMS * context.groupIdx;
            partials[out + BELOW] = below[0];
            partials[out + SUM_BELOW] = sumBelow[0];
            partials[out + ABOVE] = above[0];
            partials[out + SUM_ABOVE] = sumAbove[0];
        }
    }

    /**
     * One group sums the groups' sums: thread kind x 64 + l takes every 64th of one kind, then thread kind x 64 sums
     * its 64.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param partials input
     * @param sums output, {@code SPREAD_SUMS}
     * @param log output, the same in the step's row
     */
    public static void sumViolations(KernelContext context, int[] ints, FloatArray floats, float[] partials,
            float[] sums, float[] log) {
        int thread = context.localIdx;
        float[] local = context.allocateFloatLocalArray(GROUP);
        int share = GROUP / SPREAD_SUMS;
        int kind = thread / share;
        int groups = (ints[COUNT] + GROUP - 1) / GROUP;
        float sum = 0f;
        for (int group = thread - kind * share; group < groups; group += share) {
            sum = sum + partials[SPREAD_SUMS * group + kind];
        }
        local[thread] = sum;
        context.localBarrier();
        if (thread < SPREAD_SUMS) {
            float total = 0f;
            for (int i = 0; i < share; i++) {
                total = total + local[thread * share + i];
            }
            sums[thread] = total;
            int row = logRow(ints[VIEW_CAPACITY]);
            log[(int) floats.get(LOG_ROW) * row + row - SPREAD_SUMS + thread] = total;
        }
    }
}
