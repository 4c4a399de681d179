package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.PeakKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;

/** Measures what a device can do at best, by two small kernels. */
public final class PeakPlan implements AutoCloseable {

    private static final int RUNS = 8;

    private final int length;
    private final float[] to;
    private final DevicePlan plan;

    /** @param length numbers to copy; far more than a cache holds */
    public PeakPlan(Device device, int length) {
        this.length = length;
        float[] from = new float[length];
        to = new float[length];
        float[] factor = {0.999f};
        List<KernelTask> tasks = List.of(
                new KernelTask("copy", Grids.elements(length), graph -> graph.task("copy", PeakKernels::copy,
                        new KernelContext(), from, to)),
                new KernelTask("multiplyAdd", Grids.elements(length), graph -> graph.task("multiplyAdd",
                        PeakKernels::multiplyAdd, new KernelContext(), factor, to)));
        plan = new DevicePlan(device, new Stage("peak", graph -> DevicePlan.once(graph, from, to, factor), tasks,
                graph -> graph.persistOnDevice(to)));
        plan.profile(true);
    }

    /**
     * Measures, the best of some runs.
     *
     * @return bytes a second that are copied, each read once and written once and counted twice; and floating-point
     *     operations a second, two for a multiply-add
     */
    public double[] measure() {
        double[] best = new double[2];
        for (int run = 0; run < RUNS; run++) {
            plan.execute(0);
            List<KernelTime> times = plan.times(0);
            best[0] = Math.max(best[0], 8.0 * length / seconds(times.get(0)));
            best[1] = Math.max(best[1],
                    2.0 * PeakKernels.ROUNDS * PeakKernels.CHAINS * length / seconds(times.get(1)));
        }
        return best;
    }

    private static double seconds(KernelTime time) {
        return Math.max(1, time.nanoseconds()) / 1e9;
    }

    @Override
    public void close() {
        plan.close();
    }
}
