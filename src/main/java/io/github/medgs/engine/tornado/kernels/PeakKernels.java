package io.github.medgs.engine.tornado.kernels;

import uk.ac.manchester.tornado.api.KernelContext;

/** What a device can do at best: how fast it copies memory, how fast it multiplies and adds. */
public final class PeakKernels {

    /** Multiply-adds of a thread: so many rounds of {@link #CHAINS} that do not wait for one another. */
    public static final int ROUNDS = 512;
    public static final int CHAINS = 8;

    private PeakKernels() {}

    /**
     * Thread i copies element i.
     *
     * @param from input; {@code to} output, as long
     */
    public static void copy(KernelContext context, float[] from, float[] to) {
        int i = context.globalIdx;
        if (i < to.length) {
            to[i] = from[i];
        }
    }

    /**
     * Thread i works on eight numbers of its own.
     *
     * @param factor input, one number that no compiler knows
     * @param out output, one sum for each thread
     */
    public static void multiplyAdd(KernelContext context, float[] factor, float[] out) {
        int i = context.globalIdx;
        if (i < out.length) {
            float f = factor[0];
            float a = i;
            float b = i + 1;
            float c = i + 2;
            float d = i + 3;
            float e = i + 4;
            float g = i + 5;
            float h = i + 6;
            float k = i + 7;
            for (int round = 0; round < ROUNDS; round++) {
                a = a * f + 0.5f;
                b = b * f + 0.5f;
                c = c * f + 0.5f;
                d = d * f + 0.5f;
                e = e * f + 0.5f;
                g = g * f + 0.5f;
                h = h * f + 0.5f;
                k = k * f + 0.5f;
            }
            out[i] = a + b + c + d + e + g + h + k;
        }
    }
}
