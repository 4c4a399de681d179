package io.github.medgs.training;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TimeScale;
import io.github.medgs.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a training from its start, or from a checkpoint, to its end on one engine. */
public final class Trainer {

    /** Rounds of the last touch to every channel's own slices. */
    private static final int LAST_SHARPENING = 4;

    /** Steps between two checkpoints take at least so many times as long as writing one. */
    private static final int WORK_FOR_SAVING = 4;

    private final Engine engine;
    private final TrainingConfig config;
    private final TrainingData data;
    private final Heads heads;
    private final InBetween inBetween;
    private final int threads;
    private final TrainingListener listener;
    private final LabelTurns turns;

    /**
     * @param heads resolved, not {@link Heads#AUTO}
     * @param inBetween targets and motion between the slices
     * @param threads with two or more, the views of the next steps are made ready while the engine works on this one;
     *     the result does not depend on it
     */
    public Trainer(Engine engine, TrainingConfig config, TrainingData data, Heads heads, InBetween inBetween,
            int threads, TrainingListener listener) {
        if (heads == Heads.AUTO || heads.hasMask() && data.mask() == null) {
            throw new IllegalArgumentException("heads " + heads + " do not fit the data");
        }
        this.engine = engine;
        this.config = config.forSlices(data.stack().count());
        this.data = data;
        this.heads = heads;
        this.inBetween = inBetween;
        this.threads = threads;
        this.listener = listener;
        this.turns = turns(this.config, data);
        require(this.config, data);
    }

    /**
     * Refuses a configuration that these data cannot be trained with, as the constructor does.
     *
     * @param config for this number of slices
     */
    public static void require(TrainingConfig config, TrainingData data) {
        if (data.channels().size() > 1 && config.density().until() > config.density().after()) {
            throw new InputException("density.until", "has Gaussians added and removed, and with many labels they keep their"
                    + " number", "set it to 0, or join the labels").naming("set", "merge");
        }
    }

    private static LabelTurns turns(TrainingConfig config, TrainingData data) {
        return new LabelTurns(Math.max(1, data.channels().size()), config.iterations());
    }

    /** How many steps a training has: those of its configuration, and those that settle many labels. */
    public static int steps(TrainingConfig config, TrainingData data) {
        return turns(config, data).steps();
    }

    /**
     * How a run ended.
     *
     * @param finished false when it was asked to stop before its last step
     */
    public record Outcome(TrainedModel model, History history, boolean finished, int iteration) {}

    /** The largest number of Gaussians that this training can reach. */
    public static int capacity(TrainingConfig config, TrainingData data) {
        boolean anchored = config.start().kind() == TrainingConfig.StartKind.SLICES;
        long sure = anchored && data.labels() != null ? new SmallSections(data.labels()).pixels() : 0;
        return (int) Math.min(Integer.MAX_VALUE - 8L,
                sure + capacity(config, data.stack().count(), data.stack().height(), data.stack().width()));
    }

    /** From sizes alone, of data without labels. */
    static int capacity(TrainingConfig config, int slices, int height, int width) {
        boolean grows = config.density().until() > config.density().after();
        long start = switch (config.start().kind()) {
            case RANDOM -> config.start().gaussians();
            case SLICES -> SliceStart.mostGaussians(slices, height, width, config.start(),
                    config.density().most());
        };
        return (int) Math.min(Integer.MAX_VALUE - 8L, grows ? Math.max(start, config.density().most()) : start);
    }

    /**
     * Trains.
     *
     * @param checkpoint file to keep checkpoints in, or {@code null} for none
     * @param resume whether to go on from that file
     * @param stop asked before every step, and held from the first to the last; a run that stops, as it does when its thread
     *     is interrupted too, writes a checkpoint first
     */
    public Outcome run(Path checkpoint, boolean resume, StopRequest stop) throws IOException {
        Checkpoint state = resume ? readCheckpoint(checkpoint) : start();
        ViewPlan plan = new ViewPlan(data, config, heads, state.model().timeScale(), inBetween.image(),
                inBetween.masks(), turns, engine.blendsPictures());
        Outcome outcome;
        try (TrainingSession session = engine.train(state.model().gaussians(), state.moments());
                ViewsAhead views = new ViewsAhead(plan, state.iteration() + 1, turns.steps(), threads);
                StopRequest.Hold _ = stop.hold()) {
            session.restoreStatistics(state.statistics());
            outcome = loop(session, views, state, checkpoint, stop);
        }
        if (outcome.finished() && turns.channels() > 1) {
            state.heads().sharpen(engine, data, heads, LAST_SHARPENING);
        }
        return outcome;
    }

    /** The configuration of a checkpoint's run, as {@code config.json} has it. */
    public static String configOf(Path checkpoint) throws IOException {
        return Configs.toJson(CheckpointFile.read(checkpoint, 0).config());
    }

    private ModelForm form() {
        TrainingConfig.Model model = config.model();
        return new ModelForm(data.stack().width(), data.stack().height(), model.motionDegree(),
                model.intensityDegree(), model.compositing(), model.window(), model.headOpacity(), model.timeAxis());
    }

    Checkpoint start() {
        FoldedGaussians gaussians = new FoldedGaussians(form(), capacity(config, data));
        switch (config.start().kind()) {
            case RANDOM -> RandomStart.place(gaussians, config.start().gaussians(), heads, config.seed());
            case SLICES -> new SliceStart(data, config.start(), config.density().most(), heads, threads)
                    .place(gaussians, config.start().motion() ? inBetween.motion() : null);
        }
        TrainedModel model = new TrainedModel(gaussians, data.stack().geometry(), data.stack().window(),
                heads.hasImage(), heads.hasMask());
        AdamMoments moments = new AdamMoments(form().rows(), gaussians.capacity());
        if (data.labels() != null) {
            model = model.with(data.labels(), new MaskHeads(form(), turns.channels(), gaussians.capacity()));
        }
        LabelHeads labelHeads = data.labels() == null ? null : LabelHeads.of(model, moments);
        if (config.start().kind() == TrainingConfig.StartKind.SLICES) {
            new IntensityStart(engine, model, data, heads).sharpen(config.start().sharpening());
            if (turns.channels() > 1) {
                labelHeads.start(engine, data, heads, inBetween.masks(), config.start().sharpening());
            }
        } else if (labelHeads != null) {
            labelHeads.fill();
        }
        return new Checkpoint(model, moments, labelHeads,
                new DensityStatistics(gaussians.capacity()), 0, config, engine.name(), data.fingerprint(),
                new History());
    }

    private Checkpoint readCheckpoint(Path file) throws IOException {
        Checkpoint saved = CheckpointFile.read(file, capacity(config, data));
        // The fingerprint is of intensities in the window: not of what they mean, nor of where the slices lie.
        if (!saved.dataFingerprint().equals(data.fingerprint())
                || !saved.model().geometry().equals(data.stack().geometry())
                || !saved.model().window().equals(data.stack().window())) {
            throw new InputException(file.toString(), "was trained on other slices, masks or windows, or on slices that"
                    + " lie elsewhere", "resume with the same input, window, axis and labels, or start anew")
                    .naming("window", "axis", "label", "merge", "force");
        }
        List<String> changes = Configs.differences(saved.config(), config);
        if (!changes.isEmpty()) {
            throw new InputException(file.toString(), "was trained with another configuration: "
                    + String.join(", ", changes), "resume without settings, or start anew").naming("force");
        }
        if (!saved.engine().equals(engine.name())) {
            listener.note("resuming on the engine " + engine.name() + " what began on " + saved.engine()
                    + ": the result will not have the same bits");
        }
        if (data.labels() != null && !data.labels().labels().equals(saved.model().labels().labels())) {
            listener.note("the labels keep the names and colours that they have in " + file);
        }
        return saved;
    }

    private Outcome loop(TrainingSession session, ViewsAhead views, Checkpoint state, Path checkpoint,
            StopRequest stop) throws IOException {
        FoldedGaussians gaussians = state.model().gaussians();
        TimeScale times = state.model().timeScale();
        Schedule schedule = new Schedule(config, gaussians.form(), heads, times.meanSpacing());
        DensityControl density = new DensityControl(config.density(), heads, config.seed());
        Step.Adam adam = Schedule.adam(config, data.stack().count());
        long began = System.nanoTime();
        int iteration = state.iteration();
        int saved = iteration;
        SavingTime saving = new SavingTime();
        while (iteration < turns.steps()) {
            if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                save(session, state, iteration, checkpoint);
                return new Outcome(state.model(), state.history(), false, iteration);
            }
            iteration++;
            int submitted = iteration;
            takeTurn(session, state, iteration);
            float[] rates = turns.settles(iteration) ? schedule.settlingRates(turns.progress(iteration))
                    : schedule.rates(iteration);
            session.submit(new Step(iteration, views.next(), rates, adam, schedule.spreadPenalty(iteration), config.adam().drawnOnly(), density.watches(iteration)), losses -> {
                requireFinite(losses, submitted);
                state.history().add(losses);
            });
            adaptDensity(session, density, state, iteration);
            listener.stepped(iteration, turns.steps());
            if (listener.wantsModel()) {
                session.download();
                listener.model(state.model());
            }
            if (iteration % config.reportInterval() == 0 || iteration == turns.steps()) {
                session.await();
                double seconds = (System.nanoTime() - began) / 1e9;
                listener.reported(state.history().closeRow(iteration, gaussians.count(), seconds), turns.steps());
            }
            if (iteration % config.checkpointInterval() == 0 && iteration < turns.steps() && saving.pays()) {
                saving.begin();
                save(session, state, iteration, checkpoint);
                saving.end();
                saved = iteration;
            }
        }
        if (saved < iteration) {
            save(session, state, iteration, checkpoint);
        }
        session.download();
        return new Outcome(state.model(), state.history(), true, iteration);
    }

    /** Whether a checkpoint is worth its time: on a graphics processor writing one can take longer than the steps it saves. */
    private static final class SavingTime {

        private long began;
        private long ended;
        private long took;

        boolean pays() {
            return took == 0 || System.nanoTime() - ended >= WORK_FOR_SAVING * took;
        }

        void begin() {
            began = System.nanoTime();
        }

        void end() {
            ended = System.nanoTime();
            took = ended - began;
        }
    }

    // Puts the channel of a step into the session's model, where another stood.
    private void takeTurn(TrainingSession session, Checkpoint state, int iteration) {
        if (turns.channels() > 1 && state.heads().standing() != turns.channel(iteration)) {
            session.download();
            state.heads().stand(turns.channel(iteration));
            session.upload();
        }
    }

    private void adaptDensity(TrainingSession session, DensityControl density, Checkpoint state, int iteration) {
        boolean changes = density.changesAt(iteration);
        boolean resets = density.resetsAt(iteration);
        if (!changes && !resets) {
            return;
        }
        session.download();
        if (changes) {
            density.change(state.model().gaussians(), state.moments(), session.statistics(), iteration);
        }
        if (resets) {
            density.resetOpacity(state.model().gaussians(), state.moments());
        }
        session.upload();
        if (changes) {
            session.clearStatistics();
        }
    }

    private void save(TrainingSession session, Checkpoint state, int iteration, Path file) throws IOException {
        if (file == null) {
            return;
        }
        session.download();
        CheckpointFile.write(new Checkpoint(state.model(), state.moments(), state.heads(), session.statistics(), iteration, config,
                engine.name(), state.dataFingerprint(), state.history()), file);
        listener.checkpointed(iteration);
    }

    private static void requireFinite(StepLosses losses, int iteration) {
        if (!Double.isFinite(losses.total())) {
            throw new IllegalStateException("the loss is " + losses.total() + " at step " + iteration
                    + "; the last checkpoint is from before");
        }
    }
}
