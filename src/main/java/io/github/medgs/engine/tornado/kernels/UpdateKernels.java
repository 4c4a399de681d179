package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AdamUpdate;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.FoldingGradient;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The end of a step: a thread gathers all that the views said of its Gaussian, passes it on to the raw parameters and
 * moves them by Adam. The gradient lives in the thread alone: of the D polynomial gradients du u^i none is ever stored.
 */
public final class UpdateKernels {

    private UpdateKernels() {}

    /**
     * Thread g gathers, updates the density statistics and steps. Does nothing from a step on whose tile entries did not
     * fit: the host, when it next looks, makes room and repeats what did not happen.
     *
     * @param ints input, the plan's integers
     * @param floats input, the step's floats
     * @param form input, the model's form
     * @param splats input, views x capacity x {@code SPLAT_STRIDE}
     * @param firstSlot input, views x capacity + 1: a splat's first record; it has none when the next one's is the same
     * @param records input, {@code GRADIENT_STRIDE} for each entry
     * @param spreadSums input, {@code SPREAD_SUMS}
     * @param parameters input and output, rows x capacity; {@code first} and {@code second}, Adam's moments, likewise
     * @param meanGradient input and output, per Gaussian; {@code timeGradient} and {@code visible} likewise
     */
    public static void adam(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] splats,
            int[] firstSlot, float[] records, float[] spreadSums, float[] parameters, float[] first, float[] second,
            float[] meanGradient, float[] timeGradient, int[] visible) {
        int g = context.globalIdx;
        float[] gradient = new float[MOST_ROWS];
        float[] splatGradient = new float[GRADIENT_STRIDE];
        if (g < ints[COUNT] && ints[HALTED] == 0) {
            int capacity = ints[CAPACITY];
            clear(gradient, ints[ROWS]);
            int drawn = 0;
            int counted = 0;
            float largest = 0f;
            for (int view = 0; view < views(floats); view++) {
                int splat = view * capacity + g;
                if (firstSlot[splat + 1] > firstSlot[splat]) {
                    sumRecords(firstSlot, records, splat, splatGradient);
                    float t = floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * view + StepLayout.TIME);
                    FoldingGradient.add(parameters, capacity, form, g, t, splats, SPLAT_STRIDE * splat, splatGradient,
                            0, gradient, 1, 0);
                    float norm = meanGradientNorm(form, splatGradient);
                    int isCounted = (int) floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * view + COUNTED);
                    largest = isCounted != 0 && norm > largest ? norm : largest;
                    counted = counted | isCounted;
                    drawn = 1;
                }
            }
            gradient[SPREAD] = gradient[SPREAD] + spreadGradient(floats, spreadSums, parameters[SPREAD * capacity + g]);
            if (floats.get(STATISTICS) != 0f && counted != 0) {
                float slope = gradient[io.github.medgs.kernel.Layout.TIME];
                meanGradient[g] = meanGradient[g] + largest;
                timeGradient[g] = timeGradient[g] + (slope < 0f ? -slope : slope);
                visible[g] = visible[g] + 1;
            }
            int rows = drawn != 0 || floats.get(DRAWN_ONLY) == 0f ? ints[ROWS] : 0;
            int rates = StepLayout.rates(ints[VIEW_CAPACITY]);
            for (int row = 0; row < rows; row++) {
                if (floats.get(rates + row) != 0f) {
                    AdamUpdate.apply(parameters, first, second, row * capacity + g, gradient[row],
                            floats.get(rates + row), floats.get(SECOND_CORRECTION), floats.get(BETA_1),
                            floats.get(BETA_2), floats.get(EPSILON));
                }
            }
        }
    }

    /**
     * Thread g gathers and writes its gradient out, to be looked at; nothing moves.
     *
     * @param gradients output, rows x capacity; the columns of live Gaussians are written
     */
    public static void gradient(KernelContext context, int[] ints, FloatArray floats, int[] form, float[] splats,
            int[] firstSlot, float[] records, float[] spreadSums, float[] parameters,
            float[] gradients) {
        int g = context.globalIdx;
        float[] gradient = new float[MOST_ROWS];
        float[] splatGradient = new float[GRADIENT_STRIDE];
        if (g < ints[COUNT]) {
            int capacity = ints[CAPACITY];
            clear(gradient, ints[ROWS]);
            for (int view = 0; view < views(floats); view++) {
                int splat = view * capacity + g;
                if (firstSlot[splat + 1] > firstSlot[splat]) {
                    sumRecords(firstSlot, records, splat, splatGradient);
                    float t = floats.get(FIRST_VIEW_FLOAT + VIEW_FLOATS * view + StepLayout.TIME);
                    FoldingGradient.add(parameters, capacity, form, g, t, splats, SPLAT_STRIDE * splat, splatGradient,
                            0, gradient, 1, 0);
                }
            }
            gradient[SPREAD] = gradient[SPREAD] + spreadGradient(floats, spreadSums, parameters[SPREAD * capacity + g]);
            for (int row = 0; row < ints[ROWS]; row++) {
                gradients[row * capacity + g] = gradient[row];
            }
        }
    }

    private static void clear(float[] gradient, int rows) {
        for (int row = 0; row < rows; row++) {
            gradient[row] = 0f;
        }
    }

    private static void sumRecords(int[] firstSlot, float[] records, int splat, float[] splatGradient) {
        for (int field = 0; field < GRADIENT_STRIDE; field++) {
            splatGradient[field] = 0f;
        }
        int start = firstSlot[splat];
        int end = firstSlot[splat + 1];
        for (int slot = start; slot < end; slot++) {
            for (int field = 0; field < GRADIENT_STRIDE; field++) {
                splatGradient[field] = splatGradient[field] + records[GRADIENT_STRIDE * slot + field];
            }
        }
    }

    /** Norm of the gradient by the mean, in half slice sizes. */
    private static float meanGradientNorm(int[] form, float[] splatGradient) {
        float u = 0.5f * form[WIDTH] * splatGradient[D_MEAN_U];
        float v = 0.5f * form[HEIGHT] * splatGradient[D_MEAN_V];
        return Folding.squareRoot(u * u + v * v);
    }

    private static float spreadGradient(FloatArray floats, float[] spreadSums, float rawSpread) {
        float below = spreadSums[BELOW];
        float above = spreadSums[ABOVE];
        float perBelow = below > 0f ? floats.get(SPREAD_WEIGHT) / below : 0f;
        float perAbove = above > 0f ? floats.get(SPREAD_WEIGHT) / above : 0f;
        return FoldingGradient.spreadPenaltyGradient(
                rawSpread, floats.get(SPREAD_LOWEST), floats.get(SPREAD_HIGHEST), perBelow, perAbove);
    }
}
