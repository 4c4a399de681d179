package io.github.medgs.cli;

import io.github.medgs.engine.Engine;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.ModelFile;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.MemoryEstimate;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A training as the commands share it: read, check, learn, save the model. */
final class TrainingRun {

    static final String MODEL_FILE = "model.medgs";
    static final String CHECKPOINT_FILE = "checkpoint.medgs";
    static final String HISTORY_FILE = "history.csv";
    static final List<String> FILES = List.of(TrainingOptions.CONFIG_FILE, MODEL_FILE, CHECKPOINT_FILE, HISTORY_FILE);

    final TrainingConfig config;
    final TrainingData data;
    final Heads heads;
    final Volume image;
    final Volume mask;
    private final TrainingOptions options;
    private final Console console;

    /**
     * Reads and checks all input, and whether there is room for the run. Nothing has been written when this throws.
     *
     * @param drawing how finely it will be drawn afterwards, or {@code null} when it will not
     */
    TrainingRun(TrainingOptions options, InterpolationOptions drawing, int threads, Console console)
            throws IOException {
        this.options = options;
        this.console = console;
        options.checkOutput();
        TrainingConfig asked = options.config();
        this.image = options.volumes.load(options.image, console);
        requireRoom(asked, drawing, threads);
        SliceStack stack = SliceStack.of(image, options.axis(), options.window(image));
        this.config = asked.forSlices(stack.count());
        this.mask = options.mask == null ? null : options.volumes.loadMask(options.mask, image.grid(), console);
        this.heads = config.heads().resolve(mask != null);
        if (heads.hasMask() && mask == null) {
            throw new InputException("heads " + heads.name().toLowerCase(Locale.ROOT), "need a mask",
                    "give --mask MASK, or train the image alone");
        }
        float[] maskSlices = heads.hasMask()
                ? stack.maskOf(mask, options.labels(), options.mask.toString()) : null;
        this.data = new TrainingData(stack, maskSlices);
    }

    private void requireRoom(TrainingConfig asked, InterpolationOptions drawing, int threads) throws IOException {
        Grid grid = image.grid();
        int normal = options.axis().resolve(grid).index();
        int row = normal == 2 ? 1 : 2;
        int column = normal == 0 ? 1 : 0;
        int slices = grid.size(normal);
        int steps = grid.isRegular() ? slices : (int) Math.ceil(grid.slicePosition(slices - 1) / grid.spacing(2)) + 1;
        long drawn = drawing == null ? 0 : drawing.count(steps, grid.spacing(normal),
                Math.min(grid.spacing(row), grid.spacing(column)));
        Limits limits = new Limits(options.image.toString(), asked.forSlices(slices), new MemoryEstimate.Sizes(slices,
                grid.size(row), grid.size(column), options.mask != null, drawn, threads));
        limits.requireMemory(Runtime.getRuntime().maxMemory());
        limits.requireDisk(options.output);
    }

    private void describe() {
        SliceStack stack = data.stack();
        console.say(String.format(Locale.ROOT, "%s: %d slices of %d x %d along %s, %.4g mm apart, window %.4g to %.4g",
                options.image, stack.count(), stack.width(), stack.height(),
                stack.geometry().axis().name().toLowerCase(Locale.ROOT), stack.geometry().sourceSpacing(),
                stack.window().low(), stack.window().high()));
        if (stack.nonFiniteCount() > 0) {
            console.say(stack.nonFiniteCount() + " voxels are not finite; they are taken as the window's low end");
        }
    }

    /**
     * Trains and writes model, configuration and history.
     *
     * @param threads to use where the engine is not at work; no result depends on it
     * @return the outcome; not finished when the user interrupted, and then a checkpoint is on the disk
     */
    Trainer.Outcome train(Engine engine, int threads) throws IOException {
        describe();
        Path folder = options.output;
        Path checkpoint = folder.resolve(CHECKPOINT_FILE);
        boolean resume = options.resume && Files.exists(checkpoint);
        if (options.resume && !resume) {
            console.say("no checkpoint in " + folder + ": starting from the beginning");
        }
        options.clearOutput(FILES);
        Path saved = folder.resolve(TrainingOptions.CONFIG_FILE);
        if (!resume || !Files.exists(saved)) {
            // A resumed run has the configuration of its checkpoint, or it is refused: what stands there stays.
            AtomicFile.writeText(saved, Configs.toJson(config));
        }
        try (Interrupt interrupt = new Interrupt();
                Console.Progress progress = console.progress("training", config.iterations())) {
            InBetween inBetween = InBetween.of(config, data, heads, threads);
            Trainer trainer = new Trainer(engine, config, data, heads, inBetween, threads, progress);
            Trainer.Outcome outcome = trainer.run(checkpoint, resume, interrupt::requested);
            AtomicFile.writeText(folder.resolve(HISTORY_FILE), outcome.history().toCsv());
            if (outcome.finished()) {
                ModelFile.write(outcome.model(), folder.resolve(MODEL_FILE));
            } else {
                console.say("interrupted at step " + outcome.iteration() + "; the checkpoint is safe: go on with the"
                        + " same command and --resume");
            }
            return outcome;
        }
    }
}
