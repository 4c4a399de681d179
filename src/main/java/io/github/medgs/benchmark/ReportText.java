package io.github.medgs.benchmark;

import java.util.Locale;

/** A report for people, in Markdown. */
final class ReportText {

    private ReportText() {}

    static String of(DeviceReport report) {
        StringBuilder text = new StringBuilder("# Device report\n\n");
        line(text, "- device: %s", report.device());
        line(text, "- commit %s, Java %s, %d processors", report.commit(), report.java(), report.processors());
        line(text, "- a copying kernel moved %.1f GB/s, a multiplying one did %.1f GFLOP/s", report.bandwidth() / 1e9,
                report.arithmetic() / 1e9);
        line(text, "\n| workload | steps a second | vector engine | a step, ms | kernels | copies | waits and host | up, bytes |"
                + " down, bytes | whole run |\n|---|---|---|---|---|---|---|---|---|---|");
        for (DeviceReport.Workload w : report.workloads()) {
            line(text, "| %s, %s | %.1f | %s | %.3f | %.3f | %.3f | %.3f | %d | %d | %s |", w.name(), w.volume(),
                    1 / w.secondsPerStep(), w.vectorSecondsPerStep() > 0
                            ? String.format(Locale.ROOT, "%.1f", 1 / w.vectorSecondsPerStep()) : "-",
                    1e3 * w.secondsPerStep(), 1e3 * w.kernelSeconds(), 1e3 * w.copySeconds(), 1e3 * w.waitSeconds(),
                    w.bytesUp(), w.bytesDown(), whole(w));
        }
        line(text, "\nA step is timed as a training takes it, on CUDA recorded and replayed; kernels, copies and bytes are those of"
                + " steps that were launched one kernel at a time.");
        for (DeviceReport.Workload w : report.workloads()) {
            if (w.load() != null) {
                kernels(text, w);
            }
        }
        return text.toString();
    }

    private static String whole(DeviceReport.Workload w) {
        return w.wholeSeconds() > 0 ? String.format(Locale.ROOT, "%.1f s", w.wholeSeconds())
                : String.format(Locale.ROOT, "about %.0f s for %d steps", w.steps() * w.secondsPerStep(), w.steps());
    }

    private static void kernels(StringBuilder text, DeviceReport.Workload w) {
        Load l = w.load();
        line(text, "\n## %s, %s\n", w.name(), w.volume());
        line(text, "G %d Gaussians of R %d parameters (motion of degree m %d), V %d views of P %d pixels, S %d with SSIM;"
                + " D %d splats drawn, E %d tile entries, N %d counters, M %d moved.\n", l.gaussians(), l.rows(),
                l.motionDegree(), l.views(), l.pixels(), l.similar(), l.drawn(), l.entries(), l.counters(), l.moved());
        line(text, "| kernel | launch | ms | MB | MFLOP | of bandwidth | of arithmetic | bytes; flops | H100 predicted, us |\n"
                + "|---|---|---|---|---|---|---|---|---|");
        double all = 0;
        for (DeviceReport.Kernel k : w.kernels()) {
            all += k.predictedH100();
            line(text, "| %s | %s | %.3f | %.2f | %.1f | %.0f %% | %.0f %% | %s | %.1f |", k.name(), k.launch(),
                    1e3 * k.seconds(), k.bytes() / 1e6, k.flops() / 1e6, 100 * k.ofBandwidth(), 100 * k.ofArithmetic(),
                    KernelWork.of(k.name(), l).formula(), 1e6 * k.predictedH100());
        }
        line(text, "| all | | %.3f | | | | | | %.1f |", 1e3 * w.kernelSeconds(), 1e6 * all);
        line(text, "\nPredicted for an H100: %.1f us for the launch and the longer of bytes over %.2f TB/s and flops over %.0f"
                + " TFLOP/s. Waiting for memory, for barriers and for the longest list comes on top.",
                1e6 * DeviceBenchmark.LAUNCH, DeviceBenchmark.H100_BANDWIDTH / 1e12,
                DeviceBenchmark.H100_ARITHMETIC / 1e12);
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
