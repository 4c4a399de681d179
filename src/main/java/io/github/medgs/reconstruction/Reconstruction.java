package io.github.medgs.reconstruction;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.files.FolderLock;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.training.Configs;
import io.github.medgs.training.History;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A run: learns a volume, and writes model, in-between slices, surface, preview and report into a folder.
 *
 * <pre>{@code
 * Volume image = VolumeFiles.read(Path.of("ct.nii.gz"));
 * Volume kidney = VolumeFiles.read(Path.of("kidney.nii.gz"));
 * Reconstruction.Result result = Reconstruction.of(image).mask(kidney).preset("quick").run(Path.of("out"));
 * System.out.println(result.engine());
 * }</pre>
 *
 * <p>Each method but the last sets one thing and returns this; what is not set is as on the command line. Wrong values
 * and input are {@link InputException}s, thrown before anything is written. One object may run several times.
 */
public final class Reconstruction {

    private static final int MOST_CHANNELS = 9;

    private final Volume image;
    private String name = "the volume";
    private Path imageFile;
    private Path maskFile;
    private Volume mask;
    private String maskName = "the mask";
    private Map<Long, Label> maskNames = Map.of();
    private Set<Long> labels = Set.of();
    private List<List<Long>> merges = List.of();
    private boolean mergeAll;
    private Map<Long, Label> names = Map.of();
    private boolean soft;
    private TrainingConfig config = Configs.load("default", null, List.of());
    private SliceAxis axis = SliceAxis.AUTO;
    private IntensityWindow window;
    private SliceSpacing spacing = SliceSpacing.AUTOMATIC;
    private DrawingRecipe drawing = DrawingRecipe.USUAL;
    private SurfaceRecipe surface = SurfaceRecipe.USUAL;
    private MeshFormat meshFormat = MeshFormat.STL;
    private String engine = "auto";
    private String device;
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean resume;
    private boolean replace;
    private RunListener listener = RunListener.SILENT;
    private StopRequest stop = StopRequest.NEVER;

    /**
     * What a run came to.
     *
     * @param finished false when it was stopped before its last step; then there is a checkpoint, and nothing was drawn
     * @param iteration the last step that was done; 0 when it was stopped while it waited for memory, and then nothing was
     *     written
     * @param model {@code null} when it was stopped while it waited
     * @param engine which engine did the work, and why that one
     * @param summary lines for people: own slices, surface
     */
    public record Result(boolean finished, int iteration, TrainedModel model, History history, String engine,
            List<String> summary) {

        private static final Result NOT_BEGUN = new Result(false, 0, null, new History(),
                "no engine: it was stopped while it waited for memory", List.of());
    }

    private Reconstruction(Volume image) {
        this.image = Objects.requireNonNull(image, "image");
    }

    /** @param image the volume to learn from */
    public static Reconstruction of(Volume image) {
        return new Reconstruction(image);
    }

    /** How messages call the volume: its file, as a rule. */
    public Reconstruction named(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Where the volume and its mask (or {@code null}) were read from: the report says so, seen from the run's folder. */
    public Reconstruction readFrom(Path image, Path mask) {
        this.imageFile = image;
        this.maskFile = mask;
        return this;
    }

    /** @param mask whose voxels are the image's, in any order ({@link Mask#onto}): the {@link #labels}, or all but 0 */
    public Reconstruction mask(Volume mask) {
        return mask(mask, maskName);
    }

    /** @param name how messages call it */
    public Reconstruction mask(Volume mask, String name) {
        this.mask = Objects.requireNonNull(mask, "mask");
        this.maskName = Objects.requireNonNull(name, "name");
        this.maskNames = Map.of();
        return this;
    }

    /** A mask as it was read: with the labels that were chosen, and what its file calls them. */
    public Reconstruction mask(Mask read) {
        mask(read.volume(), read.name());
        this.maskNames = read.names();
        return labels(read.labels()).soft(read.soft());
    }

    /** Labels of the mask to learn, each as a structure of its own; none for every label but 0. */
    public Reconstruction labels(Set<Long> labels) {
        Objects.requireNonNull(labels, "labels").forEach(label -> Objects.requireNonNull(label, "label"));
        this.labels = new LinkedHashSet<>(labels);
        return this;
    }

    /** @param groups of labels to learn as one structure each, which gets the number of the first: disjoint */
    public Reconstruction merge(List<List<Long>> groups) {
        Objects.requireNonNull(groups, "groups").forEach(group ->
                Objects.requireNonNull(group, "group").forEach(label -> Objects.requireNonNull(label, "label")));
        this.merges = groups.stream().map(List::copyOf).toList();
        return this;
    }

    /** Learns all labels together as one structure. */
    public Reconstruction mergeAll(boolean all) {
        this.mergeAll = all;
        return this;
    }

    /** Names and colours of labels, by their numbers. */
    public Reconstruction names(Map<Long, Label> names) {
        Objects.requireNonNull(names, "names").forEach((number, label) -> {
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(label, "label");
        });
        this.names = Map.copyOf(names);
        return this;
    }

    /** Takes the mask's voxels as probabilities, from 0 to 1 or from 0 to 255, in place of labels. */
    public Reconstruction soft(boolean soft) {
        this.soft = soft;
        return this;
    }

    /**
     * @param preset default, quick, mesh, compact or paper
     * @param settings as {@code key=value}, over the preset's
     */
    public Reconstruction preset(String preset, String... settings) {
        return config(Configs.load(Objects.requireNonNull(preset, "preset"), null, List.of(settings)));
    }

    public Reconstruction config(TrainingConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    public Reconstruction axis(SliceAxis axis) {
        this.axis = Objects.requireNonNull(axis, "axis");
        return this;
    }

    /** @param window intensities that become 0 and 1; {@code null} for the automatic one */
    public Reconstruction window(IntensityWindow window) {
        this.window = window;
        return this;
    }

    public Reconstruction spacing(SliceSpacing spacing) {
        this.spacing = Objects.requireNonNull(spacing, "spacing");
        return this;
    }

    public Reconstruction drawing(DrawingRecipe drawing) {
        this.drawing = Objects.requireNonNull(drawing, "drawing");
        return this;
    }

    /** @param surface its frame counts where the format leaves a choice */
    public Reconstruction surface(SurfaceRecipe surface, MeshFormat format) {
        this.meshFormat = Objects.requireNonNull(format, "format");
        this.surface = Objects.requireNonNull(surface, "surface").in(format.frame(surface.frame()));
        return this;
    }

    /**
     * @param engine auto, reference, vector or tornado
     * @param device of the tornado engine, or {@code null}
     */
    public Reconstruction engine(String engine, String device) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.device = device;
        return this;
    }

    /** @param threads 1 or more; no result depends on it */
    public Reconstruction threads(int threads) {
        if (threads < 1) {
            throw new InputException("threads " + threads, "is not a number of threads", "give 1 or more").naming("threads");
        }
        this.threads = threads;
        return this;
    }

    /** Goes on with the run in the folder, if there is one. */
    public Reconstruction resume(boolean resume) {
        this.resume = resume;
        return this;
    }

    /** Replaces the run in the folder, if there is one. */
    public Reconstruction replace(boolean replace) {
        this.replace = replace;
        return this;
    }

    public Reconstruction listener(RunListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * @param stop asked before every step, and while the run waits for memory; when it says true, or the thread is
     *     interrupted, a checkpoint is written and the run ends. It is held while steps are done
     */
    public Reconstruction stopWhen(StopRequest stop) {
        this.stop = Objects.requireNonNull(stop, "stop");
        return this;
    }

    /** Trains, and writes the model, its configuration and its history. */
    public Result train(Path folder) throws IOException {
        return run(folder, false);
    }

    /** Trains, draws, meshes and measures; writes all files of a run. */
    public Result run(Path folder) throws IOException {
        return run(folder, true);
    }

    private Result run(Path path, boolean draws) throws IOException {
        RunFolder folder = new RunFolder(Objects.requireNonNull(path, "folder"), resume, replace);
        folder.check(imageFile, maskFile);
        EngineChoice choice = EngineChoice.open(engine, threads, device);
        try (Engine open = choice.engine()) {
            Limits.Need need = Limits.require(name, image, axis, mask != null, channels(), draws ? spacing : null, drawing,
                    config, threads, open, path);
            try (MemoryBudget.Claim memory = MemoryBudget.PROCESS.take(need.heap(), listener::say, stop)) {
                return memory == null ? Result.NOT_BEGUN : run(choice, folder, draws, need);
            }
        }
    }

    // Before labels are looked at closely: a body's organs take up to nine channels, whatever their number.
    private int channels() {
        return mask == null || soft || mergeAll ? 1
                : Math.clamp(labels.isEmpty() ? Labels.present(mask, maskName).size() : labels.size(), 1, MOST_CHANNELS);
    }

    private Result run(EngineChoice choice, RunFolder folder, boolean draws, Limits.Need need) throws IOException {
        LearningTask task = LearningTask.of(name, image, axis, window,
                mask == null ? null : new Mask(mask, maskName, soft ? labels : Set.of(), soft, maskNames),
                new LabelChoice(labels, merges, mergeAll, names), config, threads);
        if (draws && task.data().labels() != null) {
            // Else refused only after the training, when the run that it replaces is gone.
            surface.requireLevelOfLabels();
            folder.checkSurfaces(meshFormat, task.data().labels().labels().stream().map(Label::name).toList());
        }
        Engine open = choice.engine();
        try (FolderLock _ = FolderLock.of(folder.path())) {
            listener.say(choice.reason());
            // Once more: another run may have ended in it since.
            folder.check();
            open.prepareToTrain();
            if (listener.wantsForecast() && Forecast.worthwhile(task) && !folder.holdsCheckpoint()) {
                listener.expects(Forecast.of(open, task, need, draws ? drawing : null));
            }
            listener.learns(new RunListener.Subject(image, task.data(), task.heads()));
            folder.clear();
            LearningTask.Learnt learnt = task.train(open, folder, listener, stop);
            Trainer.Outcome outcome = learnt.outcome();
            List<String> summary = draws && outcome.finished() ? draw(open, task, learnt, folder) : List.of();
            return new Result(outcome.finished(), outcome.iteration(), learnt.model(), outcome.history(),
                    choice.reason(), summary);
        }
    }

    private List<String> draw(Engine engine, LearningTask task, LearningTask.Learnt learnt, RunFolder folder)
            throws IOException {
        folder.clearDrawn();
        Report report = new Report(task, learnt.outcome(), engine);
        report.sources(folder.path(), imageFile, task.heads().hasMask() ? maskFile : null, labels, soft);
        report.drawing(spacing);
        List<MeshPart> surfaces = List.of();
        DrawnSlices drawn = DrawnSlices.of(engine, learnt.model(), learnt.motion(), spacing, drawing, true, true, threads,
                listener);
        if (drawn.image() != null) {
            drawn.writeImage(folder.file(RunFolder.INTERPOLATED));
            report.volume(RunFolder.INTERPOLATED, drawn.image());
            drawn.writeTable(folder.file(RunFolder.SLICES));
            report.slices(drawn);
        }
        if (drawn.uncertainty() != null) {
            drawn.writeUncertainty(folder.file(RunFolder.UNCERTAINTY), folder.file(RunFolder.BAND));
            report.volume(RunFolder.UNCERTAINTY, drawn.uncertainty().expected());
            report.volume(RunFolder.BAND, drawn.uncertainty().band());
        }
        if (drawn.mask() != null) {
            VolumeFiles.write(drawn.mask(), folder.file(RunFolder.MASK));
            report.volume(RunFolder.MASK, drawn.mask());
            RunSurfaces of = new RunSurfaces(surface, meshFormat, drawing.uncertainty(), task, report, folder, listener);
            if (drawn.labels() == null) {
                surfaces = of.write(engine, drawn.mask());
            } else {
                VolumeFiles.write(drawn.labels().volume(), folder.file(RunFolder.LABELS), drawn.labels().remark());
                report.labels(RunFolder.LABELS, drawn.labels());
                surfaces = of.write(drawn.labels());
            }
        }
        Preview.write(folder.file(RunFolder.PREVIEW), learnt.model(), image, drawn);
        report.ownSlices(OwnSlices.of(engine, learnt.model(), task.data()));
        folder.write(report);
        ReportPage.write(folder.file(RunFolder.REPORT_PAGE), name, report.root(), learnt.model(), image, drawn, surfaces,
                learnt.outcome().history());
        report.summary().forEach(listener::say);
        return report.summary();
    }
}
