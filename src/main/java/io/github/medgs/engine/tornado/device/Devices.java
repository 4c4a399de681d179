package io.github.medgs.engine.tornado.device;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of every backend of the TornadoVM that runs this process. Nothing here loads without one. */
public final class Devices {

    private Devices() {}

    /** Backend by backend, in TornadoVM's order: the first is its default. */
    public static List<Device> list() {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        List<Device> devices = new ArrayList<>();
        for (int b = 0; b < runtime.getNumBackends(); b++) {
            TornadoBackend backend = runtime.getBackend(b);
            for (int d = 0; d < backend.getNumDevices(); d++) {
                devices.add(describe(b + ":" + d, runtime.getBackendType(b).name(), backend.getDevice(d)));
            }
        }
        return devices;
    }

    private static Device describe(String id, String backend, TornadoDevice device) {
        TornadoTargetDevice hardware = device.getPhysicalDevice();
        long[] groups = hardware.getDeviceMaxWorkGroupSize();
        return new Device(id, hardware.getDeviceName().strip(), device.getPlatformName().strip(), backend,
                device.getDeviceType().name(), device.getMaxGlobalMemory(), device.getMaxAllocMemory(),
                device.getDeviceLocalMemorySize(), groups == null || groups.length == 0 ? 256 : groups[0],
                device.getDeviceContext().isFP64Supported(), hasFloatAtomics(backend, hardware), device);
    }

    /** TornadoVM has no query for it: CUDA always has them, OpenCL by extension. */
    private static boolean hasFloatAtomics(String backend, TornadoTargetDevice hardware) {
        return backend.equals("CUDA") || backend.equals("OPENCL")
                && String.valueOf(hardware.getDeviceInfo()).contains("cl_ext_float_atomics");
    }
}
