package uk.ac.manchester.tornado.api;

/** A device as its backend uses it. */
public interface TornadoDeviceContext {
    boolean isFP64Supported();
}
