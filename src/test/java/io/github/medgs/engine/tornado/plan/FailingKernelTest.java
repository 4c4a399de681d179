package io.github.medgs.engine.tornado.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.device.DeviceException;
import io.github.medgs.engine.tornado.DeviceFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kernel that cannot run on the device is an error with its name and the device's, never a result. */
@Timeout(60)
class FailingKernelTest {

    @Test
    void aKernelThatDoesNotCompileIsAnError() {
        Device device = DeviceFixture.deviceOrSkip();
        DeviceException failure = assertThrows(DeviceException.class, () -> {
            try (DevicePlan plan = new DevicePlan(device, FailingKernels.rounding(new float[256]))) {
                plan.execute(0);
            }
        });
        assertTrue(failure.getMessage().contains("kernel rounds"), failure.getMessage());
        assertTrue(failure.getMessage().contains(device.name()), failure.getMessage());
    }

    @Test
    void aGroupLargerThanTheDevicesIsAnErrorBeforeTheLaunch() {
        Device device = DeviceFixture.deviceOrSkip();
        DeviceException failure = assertThrows(DeviceException.class, () -> new DevicePlan(device,
                FailingKernels.incrementing(new float[1 << 16], 2 * device.largestGroup())));
        assertTrue(failure.getMessage().contains("kernel increments"), failure.getMessage());
    }

    @Test
    void aGoodKernelRuns() {
        Device device = DeviceFixture.deviceOrSkip();
        float[] values = new float[256];
        try (DevicePlan plan = new DevicePlan(device, FailingKernels.incrementing(values, 64))) {
            plan.execute(0);
        }
        for (float value : values) {
            assertEquals(1f, value);
        }
    }
}
