package io.github.medgs.engine.tornado.device;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A device that TornadoVM can compile for.
 *
 * @param id backend and device as users name them: "0:0"
 * @param name of the product
 * @param platform the driver behind it
 * @param backend OPENCL, CUDA or METAL
 * @param kind GPU, CPU, ...
 * @param memory bytes
 * @param largestBuffer bytes that one buffer may have
 * @param localMemory bytes that a group's threads share
 * @param largestGroup threads of a group
 * @param doubles whether double precision works; nothing here needs it
 * @param floatAtomics whether floats can be added atomically; nothing here needs it
 * @param handle TornadoVM's own
 */
public record Device(
        String id,
        String name,
        String platform,
        String backend,
        String kind,
        long memory,
        long largestBuffer,
        long localMemory,
        long largestGroup,
        boolean doubles,
        boolean floatAtomics,
        TornadoDevice handle) {

    public boolean isGpu() {
        return kind.equals("GPU");
    }
}
