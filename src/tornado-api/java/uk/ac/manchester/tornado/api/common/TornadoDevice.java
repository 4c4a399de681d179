package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device. */
public interface TornadoDevice {
    TornadoTargetDevice getPhysicalDevice();

    TornadoDeviceContext getDeviceContext();

    String getPlatformName();

    TornadoDeviceType getDeviceType();

    TornadoVMBackendType getTornadoVMBackend();

    long getMaxGlobalMemory();

    long getMaxAllocMemory();

    long getDeviceLocalMemorySize();
}
