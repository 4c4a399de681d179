package io.github.medgs.cli;

import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.files.ThisProcess;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code medgs doctor}: what this machine has, whether that is enough, and what to do where it is not. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Say in ten lines what this machine has, and what to do where something is missing.")
final class DoctorCommand implements Callable<Integer> {

    private static final long LITTLE_HEAP = 2L << 30;
    private static final long LITTLE_DISK = 2L << 30;

    /** The first update of JDK 25 that does not corrupt pinned arrays under G1 (JDK-8377811). */
    private static final Runtime.Version SOUND = Runtime.Version.parse("25.0.3");

    @Override
    public Integer call() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        line("program", "medgs " + Main.version(), null);
        Runtime.Version java = Runtime.version();
        line("Java", java + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"),
                java.compareTo(SOUND) < 0 ? "update to 25.0.3 or newer: before it G1 may corrupt arrays; medgs itself"
                        + " starts with the parallel collector" : null);
        line("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"), null);
        line("processors", runtime.availableProcessors() + " for Java", runtime.availableProcessors() == 1
                ? "one is slow: give the container or the job more" : null);
        line("memory", Words.gibibytes(runtime.maxMemory()) + " GiB for Java", runtime.maxMemory() < LITTLE_HEAP
                ? "enough for small volumes only: give more with " + ThisProcess.withHeap(4) : null);
        for (EngineChoice.Candidate engine : EngineChoice.survey(runtime.availableProcessors())) {
            String mark = engine.automatic() ? "taken by auto: " : engine.available() ? "there: " : "not there: ";
            line("engine", engine.name() + " is " + mark + engine.reason(), null);
        }
        Path here = Path.of("").toAbsolutePath();
        long usable = Files.getFileStore(here).getUsableSpace();
        line("disk", Words.gibibytes(usable) + " GiB free in " + here, usable < LITTLE_DISK ? "make room before long runs" : null);
        line("writing", Files.isWritable(here) ? "allowed in " + here : "not allowed in " + here,
                Files.isWritable(here) ? null : "write elsewhere with -o");
        System.out.flush();
        return Main.DONE;
    }

    private static void line(String what, String found, String remedy) {
        System.out.printf(Locale.ROOT, "%-4s %-11s%s%n", remedy == null ? "ok" : "!", what,
                found + (remedy == null ? "" : "; " + remedy));
    }
}
