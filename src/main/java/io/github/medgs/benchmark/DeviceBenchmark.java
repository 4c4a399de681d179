package io.github.medgs.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.KernelTime;
import io.github.medgs.engine.tornado.plan.PeakPlan;
import io.github.medgs.engine.tornado.plan.StepTimes;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Measures a device by the work of this system, and writes a report. */
public final class DeviceBenchmark {

    /** What predictions for an H100 assume: 85 % of 3.35 TB/s, 60 % of 67 TFLOP/s, a launch. */
    static final double H100_BANDWIDTH = 0.85 * 3.35e12;
    static final double H100_ARITHMETIC = 0.6 * 67e12;
    static final double LAUNCH = 2.5e-6;

    /** Seconds for the whole runs, of the eight minutes that a report may take. */
    private static final double PAPER_BUDGET = 210;
    private static final double DEFAULT_BUDGET = 60;

    private final String deviceId;
    private final boolean small;
    private final String commit;
    private final Consumer<String> says;

    /**
     * @param deviceId as {@code --device}, or {@code null}
     * @param small fewer and smaller workloads, and no whole run: for a CPU behind an OpenCL driver
     * @param commit what the report says it measured
     * @param says hears what is being done
     */
    public DeviceBenchmark(String deviceId, boolean small, String commit, Consumer<String> says) {
        this.deviceId = deviceId;
        this.small = small;
        this.commit = commit;
        this.says = says;
    }

    /**
     * Measures and writes {@code device-report.json} and {@code device-report.md}.
     *
     * @param mask of the volume, or {@code null}
     */
    public DeviceReport run(String name, Volume image, Volume mask, Path folder) throws IOException {
        SliceStack stack = SliceStack.of(image, SliceAxis.AUTO, IntensityWindow.automatic(image));
        float[] masks = mask == null ? null : stack.maskOf(mask, Set.of());
        TrainingData data = new TrainingData(stack, masks);
        Device device;
        try (TornadoEngine engine = new TornadoEngine(deviceId)) {
            device = engine.device();
        }
        says.accept("copying and multiplying on " + device.name());
        double[] peaks;
        try (PeakPlan peak = new PeakPlan(device, small ? 1 << 22 : 1 << 26)) {
            peaks = peak.measure();
        }
        List<DeviceReport.Workload> workloads = new ArrayList<>();
        for (String preset : List.of("paper", "default", "quick")) {
            workloads.add(measure(preset, name, data, peaks));
        }
        DeviceReport report = new DeviceReport(device.name() + ", " + device.platform() + ", " + device.backend() + ", "
                + (device.memory() >> 20) + " MiB", commit, Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(), peaks[0], peaks[1], workloads);
        Files.createDirectories(folder);
        AtomicFile.writeText(folder.resolve("device-report.json"), new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report) + "\n");
        AtomicFile.writeText(folder.resolve("device-report.md"), ReportText.of(report));
        return report;
    }

    private DeviceReport.Workload measure(String preset, String volume, TrainingData data, double[] peaks)
            throws IOException {
        // Views between the slices from the first step on: so are two thirds of a whole run's.
        List<String> settings = new ArrayList<>(List.of("between.from=0"));
        if (small) {
            settings.addAll(List.of("start.gaussians=5000", "density.most=20000", "start.pixelsPerGaussian=8",
                    "start.sharpening=1"));
        }
        MeasuredEngine.Span onDevice = small ? new MeasuredEngine.Span(2, 5, 3) : new MeasuredEngine.Span(50, 400, 11);
        MeasuredEngine.Span onVector = new MeasuredEngine.Span(20, small ? 10 : 40, 0);
        int slices = data.stack().count();
        TrainingConfig config = lasting(Math.max(onDevice.steps(), onVector.steps()), preset, settings, slices);
        Heads heads = config.heads().resolve(data.mask() != null);
        InBetween inBetween = InBetween.of(config, data, heads);
        says.accept(preset + " on the device");
        MeasuredEngine device = new MeasuredEngine(new TornadoEngine(deviceId), onDevice);
        train(device, config, data, heads, inBetween, device::isDone);
        says.accept(preset + " on the vector engine");
        MeasuredEngine vector = new MeasuredEngine(vector(), onVector);
        train(vector, config, data, heads, inBetween, vector::isDone);
        double whole = small || preset.equals("quick") ? 0 : whole(preset, data, heads);
        int iterations = Configs.load(preset, null, settings).forSlices(slices).iterations();
        return workload(preset, volume, iterations, device, vector, whole, peaks);
    }

    /** A preset's training, made longer where it would end before all is measured: few slices make a short one. */
    static TrainingConfig lasting(int steps, String preset, List<String> settings, int slices) {
        TrainingConfig config = Configs.load(preset, null, settings).forSlices(slices);
        if (config.iterations() >= steps) {
            return config;
        }
        List<String> longer = new ArrayList<>(settings);
        longer.add("iterations=" + steps);
        return Configs.load(preset, null, longer).forSlices(slices);
    }

    private static Engine vector() {
        return EngineChoice.open("vector", Runtime.getRuntime().availableProcessors(), null).engine();
    }

    private static Trainer.Outcome train(Engine engine, TrainingConfig config, TrainingData data, Heads heads,
            InBetween inBetween, StopRequest stop) throws IOException {
        try (engine) {
            return new Trainer(engine, config, data, heads, inBetween, Runtime.getRuntime().availableProcessors(),
                    new TrainingListener() {}).run(null, false, stop);
        }
    }

    /** Seconds of a whole run as shipped, 0 when it did not end in its time. */
    private double whole(String preset, TrainingData data, Heads heads) throws IOException {
        says.accept("a whole run of " + preset);
        TrainingConfig config = Configs.load(preset, null, List.of()).forSlices(data.stack().count());
        long began = System.nanoTime();
        double budget = preset.equals("paper") ? PAPER_BUDGET : DEFAULT_BUDGET;
        Trainer.Outcome outcome = train(new TornadoEngine(deviceId), config, data, heads,
                InBetween.of(config, data, heads), () -> (System.nanoTime() - began) / 1e9 > budget);
        return outcome.finished() ? (System.nanoTime() - began) / 1e9 : 0;
    }

    private static DeviceReport.Workload workload(String preset, String volume, int iterations,
            MeasuredEngine device, MeasuredEngine vector, double whole, double[] peaks) {
        List<StepTimes> times = device.times();
        double kernels = median(times, StepTimes::kernelNanoseconds) / 1e9;
        double copies = median(times, StepTimes::copyNanoseconds) / 1e9;
        double step = device.secondsPerStep();
        return new DeviceReport.Workload(preset, volume, iterations, device.timedSteps(), step,
                vector.secondsPerStep(), whole, kernels, copies, Math.max(0, step - kernels - copies),
                times.getLast().bytesUp(), times.getLast().bytesDown(), device.load(), kernels(device, peaks));
    }

    private static List<DeviceReport.Kernel> kernels(MeasuredEngine device, double[] peaks) {
        List<DeviceReport.Kernel> kernels = new ArrayList<>();
        List<KernelTime> last = device.times().getLast().kernels();
        for (int k = 0; k < last.size(); k++) {
            int index = k;
            String name = last.get(k).kernel().substring(last.get(k).kernel().indexOf('.') + 1);
            double seconds = median(device.times(), times -> times.kernels().get(index).nanoseconds()) / 1e9;
            KernelWork work = KernelWork.of(name, device.load());
            kernels.add(new DeviceReport.Kernel(name, device.launches().getOrDefault(name, ""), seconds, work.bytes(),
                    work.flops(), work.bytes() / seconds / peaks[0], work.flops() / seconds / peaks[1],
                    work.seconds(H100_BANDWIDTH, H100_ARITHMETIC, LAUNCH)));
        }
        return kernels;
    }

    private static double median(List<StepTimes> times, ToLongFunction<StepTimes> what) {
        long[] values = times.stream().mapToLong(what).toArray();
        Arrays.sort(values);
        // A profile without a time would divide by zero.
        return Math.max(1, values[values.length / 2]);
    }
}
