package io.github.medgs.cli;

import io.github.medgs.reconstruction.Reconstruction;
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
    private LiveOptions live;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        live.check();
        Reconstruction run = training.reconstruction(engineOptions, console);
        return training.carryOut(run, run::train, live.open(training.folder(), engineOptions, console), console);
    }
}
