package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;

/** Kernels for tests, apart from them: a test class is looked through by reflection also where TornadoVM is absent. */
final class FailingKernels {

    private static final int[] ONE = {1};

    private FailingKernels() {}

    /** Math.rint has no translation. */
    static void rounds(KernelContext context, int[] one, float[] values) {
        int i = context.globalIdx;
        values[i] = (float) Math.rint(values[i] + one[0]);
    }

    static void increments(KernelContext context, int[] one, float[] values) {
        int i = context.globalIdx;
        values[i] = values[i] + one[0];
    }

    static Stage rounding(float[] values) {
        return stage(values, new KernelTask("rounds", Grids.elements(values.length), graph -> graph.task("rounds",
                FailingKernels::rounds, new KernelContext(), ONE, values)));
    }

    /** @param group threads of a group */
    static Stage incrementing(float[] values, long group) {
        WorkerGrid grid = Grids.elements(values.length);
        grid.setLocalWork(group, 1, 1);
        return stage(values, new KernelTask("increments", grid, graph -> graph.task("increments",
                FailingKernels::increments, new KernelContext(), ONE, values)));
    }

    private static Stage stage(float[] values, KernelTask task) {
        return new Stage("test", graph -> DevicePlan.always(graph, ONE, values), List.of(task),
                graph -> DevicePlan.back(graph, values));
    }
}
