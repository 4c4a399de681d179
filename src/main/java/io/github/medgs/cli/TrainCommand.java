package io.github.medgs.cli;

import io.github.medgs.engine.Engine;
import io.github.medgs.training.Trainer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medgs train}: a model, its configuration and its history. */
@Command(name = "train", description = "Learn a model from a volume; writes model.medgs, config.json and history.csv.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private TrainingOptions training;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        engineOptions.check();
        TrainingRun run = new TrainingRun(training, null, engineOptions.threads(), console);
        try (Engine engine = engineOptions.open(console)) {
            Trainer.Outcome outcome = run.train(engine, engineOptions.threads());
            return outcome.finished() ? Main.DONE : Main.INTERRUPTED;
        }
    }
}
