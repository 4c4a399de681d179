package io.github.medgs.engine.tornado.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.medgs.InputException;
import io.github.medgs.engine.tornado.device.Device;
import org.junit.jupiter.api.Test;

class DeviceLimitsTest {

    private static final Device SMALL = new Device("0:0", "Small", "driver", "CUDA", "GPU", 2L << 30, 1L << 30, 1 << 15,
            1024, false, false, null);

    /** Stands for TornadoVM's, which is known by its name. */
    private static final class TornadoOutOfMemoryException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void memoryThatRanOutIsSaidInALine() {
        InputException said = DeviceLimits.outOfMemory(SMALL, new IllegalStateException(new TornadoOutOfMemoryException()));
        assertEquals("device 0:0, Small: has no memory left for this run (2048 MiB in all, and others may use it too);"
                + " take the engine vector, or to learn here, set a larger start.pixelsPerGaussian or crop the volume",
                said.getMessage());
        assertNull(DeviceLimits.outOfMemory(SMALL, new IllegalStateException("something else")));
    }

    @Test
    void aBufferLargerThanTheDeviceAllowsIsRefused() {
        DeviceLimits.requireBuffer(SMALL, "the splats", (1 << 28) - 1);
        InputException refused = assertThrows(InputException.class,
                () -> DeviceLimits.requireBuffer(SMALL, "the splats", 1 << 28));
        assertEquals("device 0:0, Small: has no room for the splats: a buffer of 1024 MiB, where it allows 1024;",
                refused.getMessage().substring(0, refused.getMessage().indexOf(" take")));
    }
}
