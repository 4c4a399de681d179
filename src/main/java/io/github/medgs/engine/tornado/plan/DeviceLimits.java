package io.github.medgs.engine.tornado.plan;

import io.github.medgs.InputException;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.device.DeviceException;

/** What a device cannot do, said before a driver says it by ending the process. */
final class DeviceLimits {

    private DeviceLimits() {}

    /** @throws DeviceException when the device has no groups as large as the task's */
    static void requireGroup(Device device, KernelTask task) {
        long threads = 1;
        for (long size : task.grid().getLocalWork()) {
            threads *= Math.max(1, size);
        }
        if (threads > device.largestGroup()) {
            throw new DeviceException("kernel " + task.name() + " needs groups of " + threads + " threads, and "
                    + device.name() + " has at most " + device.largestGroup());
        }
    }

    /** @throws InputException when a buffer of this many elements of four bytes is larger than the device allows */
    static void requireBuffer(Device device, String what, long elements) {
        long bytes = 4 * elements;
        if (bytes >= device.largestBuffer() || elements > Integer.MAX_VALUE - 8) {
            throw tooSmall(device, "has no room for " + what + ": a buffer of " + (bytes >> 20) + " MiB, where it allows "
                    + (Math.min(device.largestBuffer(), 1L << 33) >> 20), null);
        }
    }

    /**
     * What to say when the device's memory ran out.
     *
     * @return {@code null} where something else went wrong
     */
    static InputException outOfMemory(Device device, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            // By its name: the class is TornadoVM's, and comes with it.
            if (t.getClass().getSimpleName().equals("TornadoOutOfMemoryException")) {
                return tooSmall(device, "has no memory left for this run (" + (device.memory() >> 20)
                        + " MiB in all, and others may use it too)", cause);
            }
        }
        return null;
    }

    private static InputException tooSmall(Device device, String problem, Throwable cause) {
        return new InputException("device " + device.id() + ", " + device.name(), problem, "take the engine"
                + " vector, or to learn here, set a larger start.pixelsPerGaussian or crop the volume", cause)
                .naming("engine", "set");
    }
}
