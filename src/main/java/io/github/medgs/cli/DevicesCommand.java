package io.github.medgs.cli;

import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.TornadoEngine;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code medgs devices}: the engines and devices of this machine, and which engine {@code auto} takes, and why. */
@Command(name = "devices", description = "The engines and devices of this machine, and which one auto takes.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        boolean hasDevices = false;
        for (EngineChoice.Candidate candidate : EngineChoice.survey(Runtime.getRuntime().availableProcessors())) {
            String mark = candidate.automatic() ? "auto" : candidate.available() ? "yes" : "no";
            System.out.printf("%-10s %-5s %s%n", candidate.name(), mark, candidate.reason());
            hasDevices |= candidate.name().equals(TornadoEngine.NAME) && candidate.available();
        }
        if (hasDevices) {
            listDevices();
        }
        return Main.DONE;
    }

    private static void listDevices() {
        System.out.printf("%n%-8s %-8s %-6s %-12s %-12s %-8s %-14s %s%n", "device", "backend", "kind", "memory",
                "one buffer", "doubles", "float atomics", "name");
        for (Device device : TornadoEngine.devices()) {
            System.out.printf("%-8s %-8s %-6s %-12s %-12s %-8s %-14s %s%n", device.id(), device.backend(),
                    device.kind(), gigabytes(device.memory()), gigabytes(device.largestBuffer()),
                    yes(device.doubles()), yes(device.floatAtomics()), device.name() + ", " + device.platform());
        }
        System.out.println("The kernels need neither doubles nor float atomics.");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }

    private static String yes(boolean has) {
        return has ? "yes" : "no";
    }
}
