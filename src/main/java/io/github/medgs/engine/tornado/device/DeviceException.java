package io.github.medgs.engine.tornado.device;

/** A kernel did not compile or run on its device; there is no falling back. */
public final class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
