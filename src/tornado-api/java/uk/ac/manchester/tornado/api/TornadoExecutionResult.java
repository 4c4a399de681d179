package uk.ac.manchester.tornado.api;

/** What an execution left. */
public class TornadoExecutionResult {
    TornadoExecutionResult() {}

    public TornadoProfilerResult getProfilerResult() {
        throw new UnsupportedOperationException();
    }

    public TornadoExecutionResult transferToHost(Object... objects) {
        throw new UnsupportedOperationException();
    }
}
