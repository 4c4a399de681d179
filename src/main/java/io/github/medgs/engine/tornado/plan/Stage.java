package io.github.medgs.engine.tornado.plan;

import java.util.List;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * A task graph in the making: what goes up, the kernels in order, what stays or comes down.
 *
 * @param name of the graph
 */
public record Stage(
        String name, UnaryOperator<TaskGraph> before, List<KernelTask> tasks, UnaryOperator<TaskGraph> after) {

    TaskGraph graph() {
        TaskGraph graph = before.apply(new TaskGraph(name));
        for (KernelTask task : tasks) {
            graph = task.add().apply(graph);
        }
        return after.apply(graph);
    }
}
