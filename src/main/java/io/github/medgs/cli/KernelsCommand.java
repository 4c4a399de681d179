package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.tornado.FormTrial;
import io.github.medgs.engine.tornado.KernelCatalogue;
import io.github.medgs.engine.tornado.KernelCatalogue.Kernel;
import io.github.medgs.engine.tornado.KernelSources;
import io.github.medgs.engine.tornado.KernelSources.Compiled;
import io.github.medgs.engine.tornado.TornadoEngine;
import io.github.medgs.engine.tornado.plan.DrawForm;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs kernels}: how each kernel is launched and, where TornadoVM is, the source that it generates. */
@Command(name = "kernels", description = "List the device kernels; with a name, print what TornadoVM makes of one.",
        mixinStandardHelpOptions = true)
final class KernelsCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "a kernel; all when it is left out")
    private String name;

    @Option(names = "--device", paramLabel = "B:D",
            description = "backend and device to compile for, as medgs devices lists them")
    private String device;

    @Option(names = "--form", paramLabel = "FORM", description = "of draw: try one of its three forms, ${COMPLETION-CANDIDATES}"
            + " (see kernels.md), time it on the device and print the source of that")
    private DrawForm form;

    @Override
    public Integer call() throws IOException {
        if (form != null) {
            return tryForm();
        }
        if (name == null) {
            list();
            return Main.DONE;
        }
        Kernel kernel = KernelCatalogue.find(name).orElseThrow(() -> new InputException(name, "is no kernel",
                "choose one of " + String.join(", ", KernelCatalogue.ALL.stream().map(Kernel::name).toList())));
        print(kernel);
        return Main.DONE;
    }

    private int tryForm() throws IOException {
        if (!"draw".equals(name)) {
            throw new InputException("--form", "is of the kernel draw alone", "give medgs kernels draw --form "
                    + form.name().toLowerCase(Locale.ROOT));
        }
        FormTrial trial = FormTrial.of(device, form);
        System.out.println("form:    " + form.name().toLowerCase(Locale.ROOT) + ", kernel " + form.kernel());
        System.out.println("launch:  " + trial.launch());
        System.out.println("a slice of 128 x 128 pixels, 20,000 Gaussians, milliseconds:");
        double all = 0;
        for (Map.Entry<String, Double> kernel : trial.milliseconds().entrySet()) {
            System.out.printf(Locale.ROOT, "  %-12s %10.3f%n", kernel.getKey(), kernel.getValue());
            all += kernel.getValue();
        }
        System.out.printf(Locale.ROOT, "  %-12s %10.3f%n%n%s%n", "all", all, trial.source());
        return Main.DONE;
    }

    private static void list() {
        System.out.printf("%-14s %-18s %-48s %s%n", "kernel", "in", "a thread is", "does");
        for (Kernel kernel : KernelCatalogue.ALL) {
            System.out.printf("%-14s %-18s %-48s %s%n", kernel.name(), kernel.source(), kernel.thread(), kernel.does());
        }
        System.out.println("medgs kernels NAME says which threads make a group, and what they share.");
        if (!TornadoEngine.isLauncherPresent()) {
            System.out.println("Under the tornado launcher (./tornado-env.sh medgs kernels NAME) the source that"
                    + " TornadoVM generates is printed too.");
        }
    }

    private void print(Kernel kernel) throws IOException {
        System.out.println("kernel:  " + kernel.name() + ", method of " + kernel.source());
        System.out.println("does:    " + kernel.does());
        System.out.println("thread:  " + kernel.thread());
        System.out.println("group:   " + kernel.group());
        if (!TornadoEngine.isLauncherPresent()) {
            System.out.println("source:  only under the tornado launcher: set TORNADOVM_HOME and start with"
                    + " ./tornado-env.sh medgs kernels " + kernel.name());
            return;
        }
        Map<String, Compiled> all = KernelSources.generate(device);
        Compiled compiled = all.get(kernel.name());
        System.out.println("launch:  " + compiled.launch() + (KernelCatalogue.STEP.contains(kernel)
                ? " (five views of 256 x 256 pixels, room for 100,000 Gaussians)" : ""));
        System.out.println();
        System.out.println(compiled.source());
    }
}
