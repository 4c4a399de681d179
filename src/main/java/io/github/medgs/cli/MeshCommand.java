package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.LabelMesh;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.MeshVolumes;
import io.github.medgs.surface.MeshVoxels;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.LabelNames;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs mesh}: the surface of a model's mask field, or of a mask's labels. */
@Command(name = "mesh", description = "The surface of a model's mask field, or of each label of a mask, in patient millimetres.",
        mixinStandardHelpOptions = true)
final class MeshCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL|MASK", description = "a model.medgs, or a volume of labels")
    private Path source;

    @Option(names = "--label", paramLabel = "N|NAME", description = "label to take, by its number or its name; repeat for several, each its own surface (default: all)")
    private List<String> labels = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "mesh to write: .stl, .ply, .obj, .glb, .vtk or .gii; several labels go into one .glb or .obj; of the others each into NAME-LABEL.stl and so on, and those of a model together into FILE")
    private Path output;

    @Option(names = "--shared", description = "of a mask: where labels touch, their surfaces share their triangles, as those of a model do; surfaces then cut the voxels' corners")
    private boolean shared;

    @Mixin
    private SurfaceOptions surface;

    @Mixin
    private SpacingOptions spacingOptions;

    @Mixin
    private VolumeOptions volumeOptions;

    @Mixin
    private EngineOptions engineOptions;

    @Mixin
    private ConsoleOptions consoleOptions;

    private SurfaceRecipe recipe;

    /** Of a model of which several labels are wanted one surface round all of these; {@code null} otherwise. */
    private TriangleMesh together;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        recipe = surface.recipe(SurfaceSource.isModel(source), MeshFormat.of(output));
        OutputFile.requireOther(output, source);
        AtomicFile.requirePlace(output);
        SliceSpacing spacing = spacingOptions.at(null);
        if (spacingOptions.isGiven() && Files.exists(source) && !SurfaceSource.isModel(source)) {
            throw new InputException("--factor and --spacing", "say how finely a model draws, and " + source + " is a mask",
                    "leave them out");
        }
        List<MeshPart> parts = new ArrayList<>();
        if (SurfaceSource.isModel(source)) {
            parts.addAll(ofModel(spacing, console));
        } else {
            LoadedVolume loaded = volumeOptions.loadOnto(source, null, console);
            Volume mask = loaded.volume();
            Set<Long> wanted = new TreeSet<>();
            labels.forEach(label -> wanted.add(LabelNames.number(label, loaded.names(),
                    Labels.occurring(mask, source.toString()), source.toString())));
            LabelChoice choice = LabelChoice.of(wanted).knowing(loaded.names());
            if (shared) {
                parts.addAll(recipe.of(LabelField.of(mask, choice, source.toString())).parts());
            }
            for (long label : shared ? List.<Long>of() : SurfaceSource.labels(source, mask, choice.labels(), console)) {
                parts.add(ofLabel(mask, choice.named(label)));
            }
            if (parts.isEmpty()) {
                throw new InputException(source.toString(), "is empty: every voxel is 0",
                        "give a mask that marks something");
            }
        }
        write(parts, console);
        for (MeshPart part : parts) {
            MeshCheck check = MeshCheck.of(part.mesh());
            console.say(String.format(Locale.ROOT, "%s: %,d triangles, %s, volume %s mm3, area %s mm2", part.name(),
                    check.triangles(), check.sound() ? "closed and two-manifold" : String.join(", ", check.complaints()),
                    Words.measure(check.signedVolume()), Words.measure(Measures.area(part.mesh()))));
        }
        return Main.DONE;
    }

    /** GLB and OBJ tell parts apart; in the others each label gets a file of its own, beside a model's of all together. */
    private void write(List<MeshPart> parts, Console console) throws IOException {
        if (together != null && !MeshFormat.of(output).namesParts()) {
            MeshFiles.write(output, together);
            console.say("wrote " + output + ", " + (labels.isEmpty() ? "all labels" : "these labels") + " together");
        }
        boolean alone = parts.size() == 1 && together == null;
        List<Path> files = alone ? List.of(output) : MeshFiles.writeParts(output, parts);
        if (alone) {
            MeshFiles.write(output, parts);
        }
        for (Path file : files) {
            console.say("wrote " + file + ", " + recipe.frame() + " millimetres");
        }
    }

    /** Cleaned as the options say; it has the volume of the voxels that stay, whose corners the surface cuts. */
    private MeshPart ofLabel(Volume mask, Label label) {
        Volume binary = mask.withVoxels(Labels.binary(mask, Set.of(label.id()), source.toString()));
        TriangleMesh whole = MarchingCubes.extract(binary, recipe.level(), recipe.frame(), engineOptions.threads());
        TriangleMesh pieces = recipe.pieces(whole);
        MeshPart part = part(label, recipe.finished(pieces, binary.grid()));
        if (!recipe.boundsVoxels()) {
            return part;
        }
        Volume stays = pieces.triangleCount() == whole.triangleCount() ? binary
                : binary.withVoxels(MeshVoxels.of(pieces, binary.grid()));
        return MeshPart.ofLabel(label, MeshVolumes.withVolume(part.mesh(), Labels.volume(stays)));
    }

    private MeshPart part(Label label, TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            throw new InputException("--level " + recipe.level(), "is reached nowhere in the mask field",
                    "choose a lower level");
        }
        return MeshPart.ofLabel(label, mesh);
    }

    /** Drawn and meshed by the one engine. */
    private List<MeshPart> ofModel(SliceSpacing spacing, Console console) throws IOException {
        TrainedModel model = ModelFile.read(source);
        if (!model.mask()) {
            throw new InputException(source.toString(), "has no mask head", "train one with --mask");
        }
        if (!labels.isEmpty() && !model.labelled()) {
            throw new InputException(source.toString(), "knows one mask and no labels", "leave --label out");
        }
        try (Engine engine = engineOptions.open(console)) {
            if (model.labelled()) {
                return ofLabels(engine, model, spacing, console);
            }
            VolumeRenderer renderer = new VolumeRenderer(engine, model);
            double[] positions = spacing.positions(model.geometry());
            Volume field;
            try (Console.Progress progress = console.begin("drawing", positions.length)) {
                field = renderer.render(positions, false, true, progress::to).mask();
            }
            TriangleMesh mesh = recipe.clean(MarchingCubes.extract(engine, field, recipe.level(), recipe.frame(),
                    engineOptions.threads()), field.grid(), model.geometry());
            return List.of(part(new Label(1, "surface", Label.colorOf(1)), mesh));
        }
    }

    /** The wanted labels, on the triangles that they share with all others. */
    private List<MeshPart> ofLabels(Engine engine, TrainedModel model, SliceSpacing spacing, Console console) {
        List<Integer> wanted = labels.isEmpty() ? IntStream.range(0, model.labels().labels().size()).boxed().toList()
                : labels.stream().map(label -> model.labels().require(label, source.toString())).distinct().toList();
        double[] positions = spacing.positions(model.geometry());
        LabelMesh mesh;
        try (Console.Progress progress = console.begin("labels", positions.length)) {
            mesh = recipe.of(new LabelRenderer(engine, model).field(positions, true, progress::to), model.geometry());
        }
        together = wanted.size() > 1 ? mesh.union(wanted) : null;
        List<MeshPart> parts = new ArrayList<>();
        for (int label : wanted) {
            MeshPart part = mesh.part(label);
            if (part.mesh().isEmpty()) {
                console.say(part.name() + " is nowhere drawn: no surface of it was written");
            } else {
                parts.add(part);
            }
        }
        if (parts.isEmpty()) {
            throw new InputException(source.toString(), "draws none of these labels", "draw it finer, or choose others");
        }
        return parts;
    }
}
