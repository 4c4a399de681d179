package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import picocli.CommandLine.Option;

/** Which engine carries out the work. */
final class EngineOptions {

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "auto",
            description = "auto, reference, vector or tornado (default: ${DEFAULT-VALUE})")
    private String engine;

    @Option(names = "--device", paramLabel = "B:D", description = "backend and device of the tornado engine, as medgs devices lists them")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "threads to use (default: all cores)")
    private Integer threads;

    int threads() {
        return threads(threads);
    }

    /** @param threads as the user said, or {@code null} for all that there are */
    static int threads(Integer threads) {
        if (threads != null && threads < 1) {
            throw new InputException("--threads " + threads, "is not a number of threads", "give 1 or more");
        }
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    String name() {
        return engine;
    }

    String device() {
        return device;
    }

    /** Opens the engine, and says which and why. */
    Engine open(Console console) {
        EngineChoice choice = EngineChoice.open(engine, threads(), device);
        console.say(choice.reason());
        return choice.engine();
    }
}
