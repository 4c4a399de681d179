package uk.ac.manchester.tornado.api;

/** What an execution took. */
public class TornadoProfilerResult {
    TornadoProfilerResult() {}

    public String getProfileLog() {
        throw new UnsupportedOperationException();
    }

    public long getDeviceKernelTime() {
        throw new UnsupportedOperationException();
    }
}
