package io.github.medgs.engine.tornado.plan;

import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * One kernel of a plan.
 *
 * @param name of the task within its graph
 * @param grid its launch shape
 * @param add adds it, with its buffers, to a task graph
 */
public record KernelTask(String name, WorkerGrid grid, UnaryOperator<TaskGraph> add) {}
