package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import uk.ac.manchester.tornado.api.KernelContext;

/** The model, the moments and the statistics come up from the host: once, and after density control. */
public final class StateKernels {

    private StateKernels() {}

    /**
     * Thread 0 takes up a model that is only drawn. (A transfer alone makes no task graph.)
     *
     * @param ints input, the plan's integers; {@code form} the model's
     * @param parameters input, rows x capacity
     */
    public static void hold(KernelContext context, int[] ints, int[] form, float[] parameters) {
        if (context.globalIdx == 0) {
            ints[COUNT] = ints[COUNT];
            form[0] = form[0];
            parameters[0] = parameters[0];
        }
    }

    /**
     * Thread g sets to zero the statistics of places that hold no Gaussian. (A transfer alone makes no task graph.)
     *
     * @param ints input, the plan's integers; {@code form} the model's
     * @param parameters input, rows x capacity; {@code first} and {@code second}, Adam's moments, likewise
     * @param meanGradient input and output, per place; {@code timeGradient} and {@code visible} likewise
     */
    public static void accept(KernelContext context, int[] ints, int[] form, float[] parameters, float[] first,
            float[] second, float[] meanGradient, float[] timeGradient, int[] visible) {
        int g = context.globalIdx;
        if (g == 0) {
            ints[COUNT] = ints[COUNT];
            form[0] = form[0];
        }
        if (g < ints[CAPACITY]) {
            int isAlive = g < ints[COUNT] ? 1 : 0;
            meanGradient[g] = isAlive * meanGradient[g];
            timeGradient[g] = isAlive * timeGradient[g];
            visible[g] = isAlive * visible[g];
            parameters[g] = parameters[g];
            first[g] = first[g];
            second[g] = second[g];
        }
    }
}
