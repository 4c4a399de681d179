package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which engine carries out the work. */
final class EngineOptions {

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "auto", completionCandidates = Engines.class,
            description = "auto, reference, vector or tornado (default: ${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--device", paramLabel = "B:D", description = "backend and device of the tornado engine, as medgs devices lists them")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "threads to use (default: all that the machine, the container or the scheduler gives)")
    private Integer threads;

    /** For completion in a shell. */
    static final class Engines implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("auto", "reference", "vector", "tornado").iterator();
        }
    }

    int threads() {
        return threads(threads);
    }

    /** @param threads as the user said, or {@code null} for all that there are */
    static int threads(Integer threads) {
        if (threads != null && threads < 1) {
            throw new InputException("--threads " + threads, "is not a number of threads", "give 1 or more");
        }
        return threads == null ? available(System.getenv()) : threads;
    }

    /**
     * What the machine, the container and the scheduler give, whichever is least. Java knows the first two; it knows the
     * last when it was started by tornado-env.sh.
     */
    static int available(Map<String, String> environment) {
        int processors = Runtime.getRuntime().availableProcessors();
        try {
            int given = Integer.parseInt(environment.getOrDefault("SLURM_CPUS_PER_TASK", "").strip());
            return Math.clamp(given, 1, processors);
        } catch (NumberFormatException e) {
            return processors;
        }
    }

    String name() {
        return engine;
    }

    String device() {
        return device;
    }

    /** Opens the engine, and says which and why. */
    Engine open(Console console) {
        return open(console, Long.MAX_VALUE);
    }

    /**
     * Opens the engine to draw, and says which and why.
     *
     * @param splats how many are to be drawn, about
     */
    Engine open(Console console, long splats) {
        EngineChoice choice = EngineChoice.open(engine, threads(), device, splats);
        console.say(choice.reason());
        return choice.engine();
    }
}
