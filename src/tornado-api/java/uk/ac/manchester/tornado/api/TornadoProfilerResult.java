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

    public long getDeviceWriteTime() {
        throw new UnsupportedOperationException();
    }

    public long getDeviceReadTime() {
        throw new UnsupportedOperationException();
    }

    public long getTotalBytesCopyIn() {
        throw new UnsupportedOperationException();
    }

    public long getTotalBytesCopyOut() {
        throw new UnsupportedOperationException();
    }
}
