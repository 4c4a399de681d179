package io.github.medgs.reconstruction;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Sha256;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.CopiedSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run learns, settled: slices, mask, heads, configuration.
 *
 * @param name how messages call the volume
 * @param image the volume itself
 * @param config for this number of slices
 * @param heads resolved
 * @param only the label that its mask is of, where the model does not know of it; {@code null} where it knows its labels,
 *     or where the mask is soft or of several as one
 * @param threads where the engine is not at work; no result depends on it
 * @param notes what had to be done to the mask
 */
record LearningTask(String name, Volume image, TrainingConfig config, TrainingData data, Heads heads, Label only,
        int threads, List<String> notes) {

    private static final String TAKEN_AS_LOW = ", and taken as the window's low end";

    /**
     * Checks all input. Nothing has been written when this throws.
     *
     * @param window {@code null} for the automatic one
     * @param mask {@code null} for none
     * @param choice which of its labels are learnt, unless it is soft
     */
    static LearningTask of(String name, Volume image, SliceAxis axis, IntensityWindow window, Mask mask,
            LabelChoice choice, TrainingConfig asked, int threads) {
        if (mask == null && !choice.equals(LabelChoice.ALL)) {
            throw new InputException("labels", "speak of a mask, and there is none", "give the mask").naming("mask");
        }
        SliceStack stack = SliceStack.of(image, axis, window == null ? IntensityWindow.automatic(image, name) : window);
        TrainingConfig config = asked.forSlices(stack.count());
        Heads heads = config.heads().resolve(mask != null);
        if (heads.hasMask() && mask == null) {
            throw new InputException("heads " + heads.name().toLowerCase(Locale.ROOT), "need a mask",
                    "give one, or train the image alone").naming("mask");
        }
        List<String> notes = new ArrayList<>();
        Mask placed = heads.hasMask() ? mask.onto(image.grid(), false, notes) : null;
        if (mask != null && !heads.hasMask()) {
            notes.add("is not learnt, since the configuration has the image alone learnt (heads)");
        }
        notes.replaceAll(note -> mask.name() + ": " + note);
        // Probabilities have no labels.
        LabelSlices labels = placed == null || placed.soft() ? null : stack.labelsOf(placed, choice);
        TrainingData data = data(stack, placed, labels, choice);
        Trainer.require(config, data);
        boolean merged = choice.mergeAll() || !choice.merges().isEmpty();
        Label only = labels == null || data.labels() != null || merged ? null : labels.labels().getFirst();
        return new LearningTask(name, image, config, data, heads, only, threads, List.copyOf(notes));
    }

    // Of one structure without a name it is a mask, as ever.
    private static TrainingData data(SliceStack stack, Mask mask, LabelSlices labels, LabelChoice choice) {
        return labels == null || labels.labels().size() == 1 && choice.names().isEmpty()
                ? new TrainingData(stack, mask == null ? null : labels == null ? stack.maskOf(mask) : labels.union())
                : TrainingData.of(stack, labels);
    }

    /**
     * What training came to.
     *
     * @param model with the acquired slices where an image was learnt
     * @param motion of the slices, where it was the target between them; else {@code null}
     */
    record Learnt(Trainer.Outcome outcome, TrainedModel model, MotionPredictor motion) {}

    /**
     * Trains and writes model, configuration and history.
     *
     * @return not finished when it was stopped, and then a checkpoint is on the disk
     */
    Learnt train(Engine engine, RunFolder folder, RunListener listener, StopRequest stop)
            throws IOException {
        describe(listener);
        Path checkpoint = folder.file(RunFolder.CHECKPOINT);
        boolean resume = folder.holdsCheckpoint();
        if (folder.resume() && !resume) {
            listener.say("no checkpoint in " + folder.path() + ": starting from the beginning");
        }
        Path saved = folder.file(RunFolder.CONFIG);
        if (!resume || !Files.exists(saved)) {
            // A resumed run has the configuration of its checkpoint, or it is refused: what stands there stays.
            AtomicFile.writeText(saved, Configs.toJson(config));
        }
        try (RunListener.Progress progress = listener.begin("training", Trainer.steps(config, data))) {
            InBetween inBetween = InBetween.of(config, data, heads, threads);
            Trainer trainer = new Trainer(engine, config, data, heads, inBetween, threads, progress);
            Trainer.Outcome outcome = trainer.run(checkpoint, resume, stop);
            AtomicFile.writeText(folder.file(RunFolder.HISTORY), outcome.history().toCsv());
            TrainedModel model = outcome.model();
            if (outcome.finished()) {
                model = heads.hasImage() ? model.with(AcquiredSlices.of(image, data.stack().geometry().axis())) : model;
                write(model, folder.file(RunFolder.MODEL), resume, listener);
            }
            return new Learnt(outcome, model, inBetween.imageMotion());
        }
    }

    private static void write(TrainedModel model, Path file, boolean resumed, RunListener listener) throws IOException {
        String before = resumed && Files.isRegularFile(file) ? new Sha256().add(file).hex() : null;
        ModelFile.write(model, file);
        if (before != null && !before.equals(new Sha256().add(file).hex())) {
            listener.say(file + " was not the one that its checkpoint gives (edited since?): it was written anew; keep an"
                    + " edited model under another name");
        }
    }

    private void describe(RunListener listener) {
        notes.forEach(listener::say);
        SliceStack stack = data.stack();
        listener.say(String.format(Locale.ROOT, "%s: %d slices of %d x %d along %s, %.4g mm apart, window %.4g to %.4g",
                name, stack.count(), stack.width(), stack.height(),
                stack.geometry().axis().name().toLowerCase(Locale.ROOT), stack.geometry().sourceSpacing(),
                stack.window().low(), stack.window().high()));
        int beyond = image.stored().beyondFloats();
        if (stack.nonFiniteCount() > beyond) {
            listener.say(Words.count(stack.nonFiniteCount() - beyond, "voxel is", "voxels are") + " not finite"
                    + TAKEN_AS_LOW);
        }
        if (beyond > 0) {
            listener.say(StoredVoxels.beyondFloats(beyond) + TAKEN_AS_LOW);
        }
        String copied = heads.hasImage() ? CopiedSlices.note(image, stack.geometry().axis()) : null;
        if (copied != null) {
            listener.say(name + ": " + copied);
        }
        int far = stack.farOutsideCount();
        if (far > 0) {
            listener.say(name + ": " + Words.count(far, "voxel lies", "voxels lie") + " more than a million widths of the window"
                    + " outside it (a mark for missing data?); between slices " + (far == 1 ? "it is" : "they are")
                    + " taken as the window's end, unless a wider window is given");
        }
    }
}
