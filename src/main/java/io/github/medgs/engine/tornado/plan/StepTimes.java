package io.github.medgs.engine.tornado.plan;

import java.util.List;

/**
 * What TornadoVM's profiler says of one execution.
 *
 * @param kernels in their order
 * @param copyNanoseconds of everything that was copied up or down, TornadoVM's own 24 bytes a launch included
 * @param bytesUp copied up, as TornadoVM counts: an array twice, since its header is a copy of its own, and 24 bytes for
 *     each launch; {@code bytesDown} likewise
 * @param entries pairs of a tile and a splat that the execution had
 */
public record StepTimes(List<KernelTime> kernels, long copyNanoseconds, long bytesUp, long bytesDown, int entries) {

    /** Of all kernels together. */
    public long kernelNanoseconds() {
        return kernels.stream().mapToLong(KernelTime::nanoseconds).sum();
    }
}
