package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** Task graphs, ready to be executed on a device. */
public class TornadoExecutionPlan implements AutoCloseable {
    public TornadoExecutionPlan(ImmutableTaskGraph... graphs) {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionResult execute() {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withGraph(int index) {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withGridScheduler(GridScheduler scheduler) {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withPreCompilation() {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withCUDAGraph() {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withProfiler(ProfilerMode mode) {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionPlan withoutProfiler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws TornadoExecutionPlanException {
        throw new UnsupportedOperationException();
    }
}
