package io.github.medgs.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.RunFolder;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.training.History;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Slicing;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes a {@link Scene} of what a path holds: a run's folder, a model, a volume or a mesh. */
public final class SceneFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Engine> engines;
    private final int threads;
    private final ReadOptions reading;
    private final boolean soft;

    /**
     * @param engines opens the engine that draws, once, where there is a model
     * @param threads for surfaces
     * @param soft whether a mask that is named holds probabilities, not labels
     */
    public SceneFiles(Supplier<Engine> engines, int threads, ReadOptions reading, boolean soft) {
        this.engines = engines;
        this.threads = threads;
        this.reading = reading;
        this.soft = soft;
    }

    /**
     * Opens what a path holds.
     *
     * @param image the input to show beside a model, or {@code null} for what its report names
     * @param mask laid over the input, or {@code null} likewise
     * @throws InputException when it holds nothing that can be shown
     */
    public Scene open(Path path, Path image, Path mask) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(path.toString(), "does not exist", "check the path");
        }
        if (Files.isDirectory(path) && Files.exists(path.resolve(RunFolder.CONFIG))) {
            return run(path, image, mask);
        }
        if (Files.isRegularFile(path) && ModelFile.recognises(path)) {
            Scene scene = new Scene(title(path), Scene.Kind.MODEL);
            TrainedModel model = model(scene, path, null);
            if (image == null && model.acquired() != null) {
                held(scene, model, mask);
            } else {
                input(scene, image, mask);
            }
            return scene;
        }
        if (image != null) {
            throw new InputException("the image", "belongs to a model or a run, and " + path + " is neither", "leave it out")
                    .naming("image");
        }
        return Files.isRegularFile(path) && MeshFormat.matches(path) ? mesh(path) : volume(path, mask);
    }

    /** What a path is called; the root of a file system has no name but its path. */
    static String title(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    private Scene run(Path folder, Path image, Path mask) throws IOException {
        Path model = folder.resolve(RunFolder.MODEL);
        if (!Files.exists(model)) {
            throw new InputException(folder.toString(), "holds a run that is not finished: it has no " + RunFolder.MODEL,
                    "go on with it first").naming("resume", "view");
        }
        Scene scene = new Scene(title(folder), Scene.Kind.RUN);
        Path report = folder.resolve(RunFolder.REPORT);
        if (Files.exists(report)) {
            scene.report = report(scene, report);
        }
        TrainedModel learnt = model(scene, model, folder);
        Path history = folder.resolve(RunFolder.HISTORY);
        if (Files.exists(history)) {
            List<History.Row> rows = History.read(history);
            scene.history = () -> rows;
        }
        if (image == null && mask == null && scene.report != null && scene.report.at("/input/image").isTextual()) {
            inputOfReport(scene, folder, learnt);
        } else if (image == null && learnt.acquired() != null) {
            held(scene, learnt, mask);
        } else {
            input(scene, image, mask);
        }
        return scene;
    }

    private static JsonNode report(Scene scene, Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            scene.notes.add("The report is not shown: " + file + " is damaged, or may not be read; run it again, or put a copy there.");
            return null;
        }
    }

    /** What a run's report says of how it drew: what is edited has to differ by the edit alone. */
    private static <T> T asTheRun(Scene scene, Function<JsonNode, T> ofReport, T usual, String what) {
        try {
            return scene.report == null ? usual : ofReport.apply(scene.report);
        } catch (InputException e) {
            scene.notes.add(what + " as usual, not as the report says: " + e.getMessage());
            return usual;
        }
    }

    private TrainedModel model(Scene scene, Path file, Path folder) throws IOException {
        TrainedModel model = ModelFile.read(file);
        scene.geometry = model.geometry();
        scene.window = model.window();
        scene.drawn = asTheRun(scene, report -> SliceSpacing.ofReport(report).positions(model.geometry()),
                SliceSpacing.AUTOMATIC.positions(model.geometry()), "Slices are drawn");
        scene.edits = new EditSession(model, scene.masks);
        scene.drawing = new SliceDrawing(engines.get(), scene.edits, threads);
        if (model.image()) {
            scene.volumes.add(layer(scene, "model", "the model", false, folder, RunFolder.INTERPOLATED));
        }
        if (model.mask()) {
            Scene.Layer field = layer(scene, "mask", "the model's mask", true, folder, RunFolder.MASK);
            scene.volumes.add(field);
            SurfaceRecipe recipe = asTheRun(scene, SurfaceRecipe::ofReport, SurfaceRecipe.USUAL, "Surfaces are made");
            if (model.labelled()) {
                scene.surfaces = new Once<>(() -> Surfaces.of(scene.drawing.labels(scene.drawn), recipe, model.geometry()));
                return model;
            }
            TriangleMesh stored = surfaceIn(scene, folder);
            scene.surfaces = new Once<>(() -> stored == null || scene.edits.isEdited()
                    ? Surfaces.of(whole(scene, field.volume().get()), recipe, model.geometry(), threads)
                    : List.of(Surfaces.named("surface", stored, 1)));
        }
        return model;
    }

    /** A volume of the run, from its file where it has one that is still the same, else drawn. */
    private static Scene.Layer layer(Scene scene, String id, String name, boolean mask, Path folder, String file) {
        SeenFile seen = folder == null ? null : SeenFile.of(folder.resolve(file));
        return new Scene.Layer(id, name, mask, new Once<>(() -> {
            Volume stored = seen != null && !scene.edits.isEdited() && seen.stands() ? stored(scene, name, seen.path()) : null;
            // It may have been replaced while it was read.
            return BrowserVolume.of(stored != null && seen.stands() ? stored : scene.drawing.volume(scene.drawn, mask));
        }));
    }

    private static Volume stored(Scene scene, String name, Path file) {
        try {
            return VolumeFiles.read(file);
        } catch (InputException e) {
            scene.notes.addIfAbsent("Three planes have " + name + " as it is drawn, not read: " + e.getMessage());
            return null;
        }
    }

    /** What a browser takes may have been thinned; a surface is of all of it. */
    private static Volume whole(Scene scene, Volume field) throws Exception {
        long drawn = (long) scene.drawn.length * scene.geometry.width() * scene.geometry.height();
        return field.grid().count() == drawn ? field : scene.drawing.volume(scene.drawn, true);
    }

    /** The run's surface, if it has one that can be read; else it is made of the model. */
    private static TriangleMesh surfaceIn(Scene scene, Path folder) {
        for (MeshFormat format : MeshFormat.values()) {
            Path file = folder == null ? null : folder.resolve(RunFolder.surface(format));
            if (file != null && format.isRead() && Files.exists(file)) {
                try {
                    return MeshFiles.read(file).mesh();
                } catch (IOException | InputException e) {
                    scene.notes.add("The surface is drawn from the model, not read: " + e.getMessage());
                }
            }
        }
        return null;
    }

    /** The input that the model holds itself. */
    private void held(Scene scene, TrainedModel model, Path mask) {
        Volume volume = model.geometry().volumeOf(model.acquired().intensities());
        float[] inside = mask == null ? null : slices(maskOf(scene, volume, mask, Set.of(), soft), scene.geometry);
        scene.input = InputSlices.heldBy(model, inside);
        inputLayers(scene);
    }

    /**
     * The input that the model holds, or that the report names if it is still there and the same, and the mask that the
     * report names; what is wrong with them becomes a note.
     */
    private void inputOfReport(Scene scene, Path folder, TrainedModel model) {
        JsonNode input = scene.report.path("input");
        Path image = folder.resolve(input.path("image").asText()).normalize();
        Path mask = input.has("mask") ? folder.resolve(input.path("mask").asText()).normalize() : null;
        Set<Long> labels = new LinkedHashSet<>();
        input.path("labels").forEach(label -> labels.add(label.asLong()));
        boolean held = model.acquired() != null;
        try {
            Volume volume = held ? model.geometry().volumeOf(model.acquired().intensities()) : VolumeFiles.load(image, reading).volume();
            TrainingData data = model.labelled() ? inputOfLabels(scene, volume, image.toString(), model.labels())
                    : input(scene, volume, image.toString(), mask, labels, input.path("soft").asBoolean());
            // A file of the same name and grid may hold another patient, or another frame.
            if (!data.fingerprint().equals(input.path("fingerprint").asText())) {
                throw held && (mask == null || model.acquired().anyEdited())
                        ? new InputException(folder.resolve(RunFolder.MODEL).toString(), "was changed since the run",
                                "name the files to show beside it")
                        : new InputException(held ? mask.toString() : image + (mask == null ? "" : " or " + mask),
                                "is not what the model was learnt from", "name the files to show beside it");
            }
        } catch (InputException e) {
            scene.notes.add((!held ? "The input is not shown: " : mask == null ? "" : "The input's mask is not shown: ")
                    + e.getMessage());
            scene.input = held ? InputSlices.heldBy(model, null) : null;
        }
        if (scene.input != null) {
            inputLayers(scene);
        }
    }

    private void input(Scene scene, Path image, Path mask) {
        if (image != null) {
            input(scene, VolumeFiles.load(image, reading).volume(), image.toString(), mask, Set.of(), soft);
            inputLayers(scene);
        } else if (mask != null) {
            throw new InputException("the mask", "is laid over an image, and there is none", "give the image as well")
                    .naming("image");
        }
    }

    /** Lays the input under a model. */
    private TrainingData input(Scene scene, Volume volume, String name, Path mask, Set<Long> labels, boolean soft) {
        SliceStack stack = SliceStack.of(volume, scene.geometry.axis(), scene.window);
        float[] inside = mask == null ? null : slices(maskOf(scene, volume, mask, labels, soft), scene.geometry);
        scene.input = InputSlices.under(scene.geometry, volume, inside, name);
        return new TrainingData(stack, scene.drawing.frame().mask() ? inside : null);
    }

    /** The same with the labels that the model itself holds. */
    private static TrainingData inputOfLabels(Scene scene, Volume volume, String name, LabelSlices labels) {
        scene.input = InputSlices.under(scene.geometry, volume, labels.union(), name);
        return TrainingData.of(SliceStack.of(volume, scene.geometry.axis(), scene.window), labels);
    }

    private static float[] slices(Volume volume, SliceGeometry geometry) {
        int[] all = IntStream.range(0, volume.size(geometry.axis().index())).toArray();
        return Slicing.toSlices(volume.voxels(), volume.grid(), geometry.axis(), all);
    }

    /** How much of each voxel of the image is inside a mask. */
    private Volume maskOf(Scene scene, Volume image, Path mask, Set<Long> labels, boolean soft) {
        SeenFile seen = SeenFile.of(mask);
        if (!soft) {
            scene.masks.put(mask.getFileName().toString(), new Once<>(() -> again(mask, seen, image.grid())));
        }
        Mask read = new Mask(VolumeFiles.load(mask, reading.onto(image.grid())).volume(), mask.toString(), labels, soft);
        Mask placed = read.onto(image.grid(), true, new ArrayList<>());
        return image.withVoxels(placed.inside(new ArrayList<>()));
    }

    /** A mask read once more, which must be what it was when the page was opened: what is shown is of that. */
    private Volume again(Path mask, SeenFile seen, Grid grid) {
        Volume volume = VolumeFiles.load(mask, reading.onto(grid)).volume();
        if (!Objects.equals(seen, SeenFile.of(mask))) {
            throw new InputException(mask.toString(), "was replaced since the page was opened", "open the page again");
        }
        return volume;
    }

    static void inputLayers(Scene scene) {
        InputSlices input = scene.input;
        if (!input.image().grid().isRegular()) {
            scene.notes.add("The input's slices lie at uneven distances, and three planes need even ones: there the nearest"
                    + " slice stands where none was acquired.");
        }
        scene.volumes.add(new Scene.Layer("input", input.edited().length > 0 ? "the edited slices" : "the input", false, new Once<>(() -> BrowserVolume.of(input.image()))));
        if (input.hasMask() && input.isWhole()) {
            scene.volumes.add(new Scene.Layer("labels", "the input's mask", true,
                    new Once<>(() -> BrowserVolume.of(input.maskVolume()))));
        }
    }

    private Scene volume(Path path, Path mask) {
        Scene scene = new Scene(title(path), Scene.Kind.VOLUME);
        Volume volume = VolumeFiles.load(path, reading).volume();
        scene.geometry = SliceGeometry.of(volume.grid(), SliceAxis.AUTO);
        scene.window = IntensityWindow.automatic(volume);
        SeenFile seen = mask == null ? null : SeenFile.of(mask);
        Volume inside = mask == null ? null : maskOf(scene, volume, mask, Set.of(), soft);
        scene.input = InputSlices.all(volume, inside == null ? null : slices(inside, scene.geometry), scene.geometry);
        inputLayers(scene);
        if (mask != null) {
            scene.surfaces = new Once<>(() -> soft ? Surfaces.of(inside, threads) : Surfaces.ofMask(
                    again(mask, seen, volume.grid()), mask.toString(), threads, scene.notes));
        }
        return scene;
    }

    private static Scene mesh(Path path) throws IOException {
        Scene scene = new Scene(title(path), Scene.Kind.MESH);
        MeshFiles.Loaded loaded = MeshFiles.read(path);
        if (!loaded.frameStated()) {
            scene.notes.add("The file does not say in which frame its coordinates are: they are taken as LPS.");
        }
        List<Scene.Surface> surfaces = List.of(Surfaces.named(title(path), loaded.mesh(), 1));
        scene.surfaces = new Once<>(() -> surfaces);
        return scene;
    }
}
