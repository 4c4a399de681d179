package io.github.medgs.engine.tornado;

import io.github.medgs.engine.tornado.device.Device;

/** A device for the tests of the rooms inside. */
public final class DeviceFixture {

    private DeviceFixture() {}

    /** The device that {@code --engine tornado} takes; the test is skipped, with the reason, when there is none. */
    public static Device deviceOrSkip() {
        return Launcher.openEngineOrSkip().device();
    }
}
