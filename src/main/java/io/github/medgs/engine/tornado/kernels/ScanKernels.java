package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;

/**
 * The exclusive prefix sum of an integer array of any length, in three kernels: sums of blocks, a scan of those sums by
 * one group, and a scan within each block that starts from its sum. Integers, so the result is exact in any order.
 */
public final class ScanKernels {

    private ScanKernels() {}

    /**
     * Group b sums block b; a thread adds every {@code GROUP}-th element, so that neighbours read side by side.
     *
     * @param sizes input: length of the array at {@code COUNTERS}
     * @param values input
     * @param sums output, one per block
     */
    public static void sumBlocks(KernelContext context, int[] sizes, int[] values, int[] sums) {
        int thread = context.localIdx;
        int[] partial = context.allocateIntLocalArray(GROUP);
        int base = context.groupIdx * SCAN_BLOCK + thread;
        int sum = 0;
        for (int i = 0; i < SCAN_RUN; i++) {
            int at = base + i * GROUP;
            sum = sum + (at < sizes[COUNTERS] ? values[at < sizes[COUNTERS] ? at : 0] : 0);
        }
        partial[thread] = sum;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                partial[thread] = partial[thread] + partial[thread + stride];
            }
        }
        if (thread == 0) {
            sums[context.groupIdx] = partial[0];
        }
    }

    /**
     * One group turns the block sums into their exclusive prefix sums: each thread adds a run of them, the runs are
     * scanned in local memory by doubling, each thread walks its run again.
     *
     * @param sizes input: number of blocks at {@code SCAN_BLOCKS}
     * @param sums input and output
     */
    public static void scanSums(KernelContext context, int[] sizes, int[] sums) {
        int thread = context.localIdx;
        int[] runs = context.allocateIntLocalArray(GROUP);
        int blocks = sizes[SCAN_BLOCKS];
        int run = (blocks + GROUP - 1) / GROUP;
        int first = thread * run < blocks ? thread * run : blocks;
        int end = first + run < blocks ? first + run : blocks;
        int sum = 0;
        for (int i = first; i < end; i++) {
            sum = sum + sums[i];
        }
        runs[thread] = sum;
        for (int stride = 1; stride < GROUP; stride <<= 1) {
            context.localBarrier();
            int before = thread >= stride ? runs[thread >= stride ? thread - stride : 0] : 0;
            context.localBarrier();
            runs[thread] = runs[thread] + before;
        }
        int prefix = runs[thread] - sum;
        for (int i = first; i < end; i++) {
            int value = sums[i];
            sums[i] = prefix;
            prefix = prefix + value;
        }
    }

    /**
     * Group b turns block b into exclusive prefix sums in the same way, from its block's own.
     *
     * @param sizes input: length of the array at {@code COUNTERS}
     * @param sums input, exclusive prefix sums of the blocks
     * @param values input and output
     */
    public static void scanBlocks(KernelContext context, int[] sizes, int[] sums, int[] values) {
        int thread = context.localIdx;
        int[] runs = context.allocateIntLocalArray(GROUP);
        int length = sizes[COUNTERS];
        int start = context.groupIdx * SCAN_BLOCK + thread * SCAN_RUN;
        int first = start < length ? start : length;
        int end = first + SCAN_RUN < length ? first + SCAN_RUN : length;
        int sum = 0;
        for (int i = first; i < end; i++) {
            sum = sum + values[i];
        }
        runs[thread] = sum;
        for (int stride = 1; stride < GROUP; stride <<= 1) {
            context.localBarrier();
            int before = thread >= stride ? runs[thread >= stride ? thread - stride : 0] : 0;
            context.localBarrier();
            runs[thread] = runs[thread] + before;
        }
        int prefix = sums[context.groupIdx] + runs[thread] - sum;
        for (int i = first; i < end; i++) {
            int value = values[i];
            values[i] = prefix;
            prefix = prefix + value;
        }
    }
}
