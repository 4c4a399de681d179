package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.kernel.IntensityCorrection;
import uk.ac.manchester.tornado.api.KernelContext;

/** A start that already shows its slices: intensities corrected by what a drawing of the slice misses. */
public final class SharpenKernels {

    // What is to be corrected.
    /** First Gaussian, and the one after the last. */
    public static final int FROM = 0;
    public static final int TO = 1;
    /** Rows of the two heads' constant intensities; -1 for a head that is not. */
    public static final int IMAGE_ROW = 2;
    public static final int MASK_ROW = 3;
    public static final int RANGE_INTS = 4;

    private SharpenKernels() {}

    /**
     * Thread i corrects Gaussian from + i.
     *
     * @param ints input, the plan's integers
     * @param form input, the model's form
     * @param range input, {@code RANGE_INTS}
     * @param scale input, one value: pixels per unit of the model's coordinates
     * @param pixels input, the drawn planes
     * @param wanted input, a slice for each head, image and mask
     * @param parameters input and output, rows x capacity
     */
    public static void sharpen(KernelContext context, int[] ints, int[] form, int[] range, float[] scale,
            float[] pixels, float[] wanted, float[] parameters) {
        int g = range[FROM] + context.globalIdx;
        if (g < range[TO] && ints[HALTED] == 0) {
            int plane = form[io.github.medgs.kernel.Layout.WIDTH] * form[io.github.medgs.kernel.Layout.HEIGHT];
            for (int head = 0; head < HEADS; head++) {
                if (range[IMAGE_ROW + head] >= 0) {
                    IntensityCorrection.correct(parameters, ints[CAPACITY], form, scale[0], g, range[IMAGE_ROW + head],
                            wanted, head * plane, pixels, (2 * head + 1) * plane);
                }
            }
        }
    }
}
