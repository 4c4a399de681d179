package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;

/**
 * The exclusive prefix sum of an integer array of any length, in two kernels: sums of blocks, and a scan within each block
 * that starts from the sum of those before it. Integers, so the result is exact in any order.
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
     * Group b turns block b into exclusive prefix sums: it adds up the blocks before its own; each thread adds up a run
     * of elements, the runs are scanned in local memory by doubling, each thread walks its run again. The block passes
     * through local memory, so that neighbours read and write side by side.
     *
     * @param sizes input: length of the array at {@code COUNTERS}
     * @param sums input, the sum of each block
     * @param values input and output
     */
    public static void scanBlocks(KernelContext context, int[] sizes, int[] sums, int[] values) {
        int thread = context.localIdx;
        int[] block = context.allocateIntLocalArray(SCAN_ROOM);
        int[] runs = context.allocateIntLocalArray(GROUP);
        int length = sizes[COUNTERS];
        int base = context.groupIdx * SCAN_BLOCK;
        for (int i = 0; i < SCAN_RUN; i++) {
            int at = i * GROUP + thread;
            int isInside = base + at < length ? 1 : 0;
            int value = values[isInside != 0 ? base + at : 0];
            block[at + at / SCAN_RUN] = isInside != 0 ? value : 0;
        }
        int before = 0;
        for (int i = thread; i < context.groupIdx; i += GROUP) {
            before = before + sums[i];
        }
        runs[thread] = before;
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            context.localBarrier();
            if (thread < stride) {
                runs[thread] = runs[thread] + runs[thread + stride];
            }
        }
        context.localBarrier();
        int start = runs[0];
        context.localBarrier();
        int run = thread * (SCAN_RUN + 1);
        int sum = 0;
        for (int i = 0; i < SCAN_RUN; i++) {
            sum = sum + block[run + i];
        }
        runs[thread] = sum;
        for (int stride = 1; stride < GROUP; stride <<= 1) {
            context.localBarrier();
            int left = thread >= stride ? runs[thread >= stride ? thread - stride : 0] : 0;
            context.localBarrier();
            runs[thread] = runs[thread] + left;
        }
        int prefix = start + runs[thread] - sum;
        for (int i = 0; i < SCAN_RUN; i++) {
            int value = block[run + i];
            block[run + i] = prefix;
            prefix = prefix + value;
        }
        context.localBarrier();
        for (int i = 0; i < SCAN_RUN; i++) {
            int at = i * GROUP + thread;
            if (base + at < length) {
                values[base + at] = block[at + at / SCAN_RUN];
            }
        }
    }
}
