package io.github.medgs.engine.tornado.plan;

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

    /** @throws DeviceException when a buffer of this many elements of four bytes is larger than the device allows */
    static void requireBuffer(Device device, String what, long elements) {
        long bytes = 4 * elements;
        if (bytes >= device.largestBuffer() || elements > Integer.MAX_VALUE - 8) {
            throw new DeviceException(what + " would take a buffer of " + (bytes >> 20) + " MiB, and " + device.name()
                    + " allows " + (Math.min(device.largestBuffer(), 1L << 33) >> 20));
        }
    }
}
