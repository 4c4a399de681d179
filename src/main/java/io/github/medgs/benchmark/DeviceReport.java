package io.github.medgs.benchmark;

import java.util.List;

/**
 * What was measured on one machine.
 *
 * @param device what ran it: name, driver, backend, memory
 * @param commit of the source, or "unknown"
 * @param java the runtime
 * @param processors of the host
 * @param bandwidth bytes a second that a small kernel copied, reads and writes counted
 * @param arithmetic operations a second that a small kernel did
 * @param workloads what was trained
 */
public record DeviceReport(String device, String commit, String java, int processors, double bandwidth,
        double arithmetic, List<Workload> workloads) {

    /**
     * A training.
     *
     * @param name of the preset
     * @param volume what it was of
     * @param steps of a whole run
     * @param measuredSteps how many were timed on the device
     * @param secondsPerStep on the device
     * @param vectorSecondsPerStep of the vector engine on the same machine; 0 when it was not asked
     * @param wholeSeconds of the whole run, from slices to model; 0 when it did not end in its time
     * @param kernelSeconds of a step
     * @param copySeconds of a step
     * @param waitSeconds of a step: neither in kernels nor in copies, the host's work in it
     * @param bytesUp of a step; {@code bytesDown} likewise
     * @param load what a step had to do; {@code null} when none was looked into
     */
    public record Workload(String name, String volume, int steps, int measuredSteps, double secondsPerStep,
            double vectorSecondsPerStep, double wholeSeconds, double kernelSeconds, double copySeconds,
            double waitSeconds, long bytesUp, long bytesDown, Load load, List<Kernel> kernels) {}

    /**
     * One kernel of a step.
     *
     * @param launch how it is launched
     * @param seconds of a step, the median
     * @param bytes that it must move; {@code flops} that it must do; see {@link KernelWork}
     * @param ofBandwidth the share of the measured bandwidth that it reached
     * @param ofArithmetic likewise
     * @param predictedH100 seconds
     */
    public record Kernel(String name, String launch, double seconds, double bytes, double flops, double ofBandwidth,
            double ofArithmetic, double predictedH100) {}
}
