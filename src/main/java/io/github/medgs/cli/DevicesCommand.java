package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.benchmark.DeviceBenchmark;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import io.github.medgs.volume.phantom.Phantom;
import io.github.medgs.volume.phantom.Phantoms;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medgs devices}: the engines and devices of this machine, and which engine {@code auto} takes, and why. */
@Command(name = "devices", description = "The engines and devices of this machine, and which one auto takes;"
        + " with --benchmark, how fast a device is.", mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    @Option(names = "--benchmark", paramLabel = "DIR",
            description = "measure a device and write device-report.json and device-report.md into this folder")
    private Path folder;

    @Option(names = "--device", paramLabel = "B:D", description = "which device to measure (default: the first graphics"
            + " processor, or the first device)")
    private String device;

    @Option(names = "--volume", paramLabel = "FILE",
            description = "the volume to train on (default: the analytic brain)")
    private Path volume;

    @Option(names = "--mask", paramLabel = "FILE", description = "its mask")
    private Path mask;

    @Option(names = "--short", description = "few steps of small models and no whole run; so it is in any case where"
            + " the device is a CPU")
    private boolean small;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws IOException {
        if (folder != null) {
            return measure();
        }
        if (device != null || volume != null || mask != null || small) {
            throw new InputException("--device, --volume, --mask and --short", "say what to measure",
                    "give --benchmark DIR too");
        }
        boolean hasDevices = false;
        for (EngineChoice.Candidate candidate : EngineChoice.survey(Runtime.getRuntime().availableProcessors())) {
            String mark = candidate.automatic() ? "auto" : candidate.available() ? "yes" : "no";
            consoleOptions.show(String.format(Locale.ROOT, "%-10s %-5s %s", candidate.name(), mark, candidate.reason()));
            hasDevices |= candidate.name().equals(TornadoEngine.NAME) && candidate.available();
        }
        if (hasDevices) {
            listDevices();
        }
        return Main.DONE;
    }

    private int measure() throws IOException {
        Console console = consoleOptions.console();
        Volume image = volume == null ? null : VolumeFiles.read(volume);
        Volume masks = mask == null ? null : VolumeFiles.read(mask);
        String name = volume == null ? "the analytic brain" : volume.getFileName().toString();
        if (image == null) {
            if (masks != null) {
                throw new InputException("--mask", "has no image", "give --volume FILE too");
            }
            Phantom brain = Phantoms.make("brain");
            image = brain.image();
            masks = brain.mask();
        }
        boolean isGpu;
        try (TornadoEngine engine = new TornadoEngine(device)) {
            isGpu = engine.device().isGpu();
        }
        String commit = System.getProperty("medgs.commit", "unknown");
        new DeviceBenchmark(device, small || !isGpu, commit, console::say).run(name, image, masks, folder);
        console.say("wrote " + folder.resolve("device-report.md") + " and " + folder.resolve("device-report.json"));
        return Main.DONE;
    }

    private void listDevices() {
        if (!consoleOptions.json()) {
            System.out.println();
        }
        consoleOptions.show(String.format(Locale.ROOT, "%-8s %-8s %-6s %-12s %-12s %-8s %-14s %s", "device", "backend", "kind", "memory",
                "one buffer", "doubles", "float atomics", "name"));
        for (Device device : TornadoEngine.devices()) {
            consoleOptions.show(String.format(Locale.ROOT, "%-8s %-8s %-6s %-12s %-12s %-8s %-14s %s", device.id(), device.backend(),
                    device.kind(), Words.gibibytes(device.memory()) + " GiB", Words.gibibytes(device.largestBuffer()) + " GiB",
                    yes(device.doubles()), yes(device.floatAtomics()), device.name() + ", " + device.platform()));
        }
        consoleOptions.show("The kernels need neither doubles nor float atomics.");
    }

    private static String yes(boolean has) {
        return has ? "yes" : "no";
    }
}
