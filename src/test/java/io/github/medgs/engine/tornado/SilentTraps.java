package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.KernelTask;
import io.github.medgs.engine.tornado.plan.Stage;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.List;
import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;

/**
 * What TornadoVM 5.2 compiles to something else without a word, each as small as it gets: the right number from plain
 * Java, the wrong one from the device. Where a device or a release is right the test is skipped, and says so.
 *
 * <p>Apart from the test, whose class must load where there is no TornadoVM.
 */
final class SilentTraps {

    private SilentTraps() {}

    private static final int THREADS = 64;

    /** What the device and plain Java make of one kernel, from 64 inputs. */
    private static void show(String trap, Task3<KernelContext, float[], float[]> kernel,
            BiConsumer<Integer, float[][]> plain, float[] in) {
        Device device = Launcher.openEngineOrSkip().device();
        float[] out = new float[THREADS];
        try (DevicePlan plan = new DevicePlan(device, new Stage("trap",
                graph -> DevicePlan.always(graph, in, out),
                List.of(new KernelTask("kernel1", Grids.heavyElements(THREADS),
                        graph -> graph.task("kernel1", kernel, new KernelContext(), in, out))),
                graph -> DevicePlan.back(graph, out)))) {
            plan.execute(0);
        }
        float[] expected = new float[THREADS];
        int wrong = -1;
        for (int i = 0; i < THREADS; i++) {
            plain.accept(i, new float[][] {in, expected});
            // More than rounding: a multiply-add may round once where Java rounds twice.
            boolean same = Math.abs(expected[i] - out[i]) <= 1e-3f * Math.abs(expected[i]);
            wrong = wrong < 0 && !same ? i : wrong;
        }
        assumeTrue(wrong >= 0, trap + ": right on " + device.name());
        System.out.println(trap + ": Java says " + expected[wrong] + ", " + device.name() + " says " + out[wrong]);
        assertNotEquals(expected[wrong], out[wrong], trap);
    }

    private static float[] numbers() {
        float[] in = new float[THREADS];
        for (int i = 0; i < THREADS; i++) {
            in[i] = i - 20;
        }
        return in;
    }

    static void unsignedShift(KernelContext context, float[] in, float[] out) {
        shift(context.globalIdx, in, out);
    }

    private static void shift(int i, float[] in, float[] out) {
        out[i] = (int) in[i] >>> 4;
    }

    static void anUnsignedShiftIsSigned() {
        show(">>> of a negative number", SilentTraps::unsignedShift, (i, a) -> shift(i, a[0], a[1]), numbers());
    }

    static void liveAfterBreak(KernelContext context, float[] in, float[] out) {
        leave(context.globalIdx, in, out);
    }

    private static void leave(int i, float[] in, float[] out) {
        float last = -1f;
        float sum = 0f;
        for (int k = 0; k < 64; k++) {
            if (in[k] < 0f) {
                continue;
            }
            float next = sum + in[k];
            if (next > 10f * i) {
                break;
            }
            sum = next;
            last = k;
        }
        out[i] = sum + 1000f * last;
    }

    static void aValueThatLivesAfterABreakIsWrong() {
        show("a value after a loop with continue and break", SilentTraps::liveAfterBreak,
                (i, a) -> leave(i, a[0], a[1]), numbers());
    }

    static void trailing(KernelContext context, float[] in, float[] out) {
        trail(context.globalIdx, in, out);
    }

    private static void trail(int i, float[] in, float[] out) {
        float below = 0f;
        float order = 1f;
        for (int k = 0; k < 5; k++) {
            below = order;
            order = order * in[i];
        }
        out[i] = below;
    }

    static void aVariableThatTrailsAnotherIsAheadOfIt() {
        show("below = order; order = order * u", SilentTraps::trailing, (i, a) -> trail(i, a[0], a[1]), numbers());
    }

    static void notANumber(KernelContext context, float[] in, float[] out) {
        compare(context.globalIdx, in, out);
    }

    private static void compare(int i, float[] in, float[] out) {
        float x = in[i];
        out[i] = x >= -100f ? 1f : 0f;
    }

    static void notANumberPassesAComparison() {
        float[] in = numbers();
        in[7] = Float.NaN;
        show("NaN >= -100", SilentTraps::notANumber, (i, a) -> compare(i, a[0], a[1]), in);
    }

    static void localHandedOn(KernelContext context, float[] in, float[] out) {
        float[] local = context.allocateFloatLocalArray(THREADS);
        local[context.localIdx] = in[context.globalIdx];
        context.localBarrier();
        out[context.globalIdx] = neighbour(local, context.localIdx);
    }

    private static float neighbour(float[] local, int i) {
        float sum = 0f;
        for (int k = 0; k < 3; k++) {
            sum += local[(i + k) % THREADS];
        }
        return sum;
    }

    static void aLocalArrayHandedToAMethodIsAddressedWrongly() {
        show("a local array handed to a method", SilentTraps::localHandedOn,
                (i, a) -> a[1][i] = neighbour(a[0], i), numbers());
    }
}
