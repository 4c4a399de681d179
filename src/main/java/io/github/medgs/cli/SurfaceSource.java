package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.evaluation.longitudinal.OrganSurface;
import io.github.medgs.files.InputFiles;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.LabelMesh;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MarchingTetrahedra;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.OuterFaces;
import io.github.medgs.surface.SharedWalls;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Surfaces from whatever holds them: a mesh file, a model, a mask with one label or many, or a mask field between 0 and 1.
 *
 * @param volume the mask or field, or null where the file was a mesh
 * @param frameAssumed whether it is a mesh whose file does not state its frame
 * @param warnings what people should know of it
 */
record SurfaceSource(Path file, List<OrganSurface> organs, Volume volume, boolean frameAssumed,
        List<String> warnings) {

    private static final float LEVEL = 0.5f;

    /** More than any atlas has. */
    private static final int MOST_LABELS = 500;

    /**
     * @param labels which labels of a mask; empty: all
     * @param mayLack whether it may lack some of the labels, or hold nothing
     * @param frame of a mesh whose file does not state it
     * @throws InputException when the file lacks a label, or nothing in it has a surface
     */
    static SurfaceSource read(Path file, Set<Long> labels, boolean mayLack, Frame frame, VolumeOptions volumes,
            EngineOptions engines, Console console) throws IOException {
        InputFiles.requireThere(file);
        if (Files.isRegularFile(file) && MeshFormat.matches(file)) {
            return ofMesh(file, frame);
        }
        SurfaceSource source;
        if (isModel(file)) {
            TrainedModel model = ModelFile.read(file);
            if (model.labelled()) {
                return ofLabels(file, model, labels, mayLack, engines, console);
            }
            Volume field = maskField(file, model, engines, console);
            TriangleMesh mesh = ofField(model, field, engines.threads());
            source = new SurfaceSource(file, mesh.isEmpty() ? List.of() : List.of(new OrganSurface(1, "field", mesh)), field, false,
                    List.of());
        } else {
            LoadedVolume loaded = volumes.loadOnto(file, null, console);
            source = new SurfaceSource(file, surfaces(file, loaded.volume(), loaded.names(), labels, mayLack, engines.threads(),
                    console), loaded.volume(), false, List.of());
        }
        if (!mayLack && source.organs().isEmpty()) {
            throw new InputException(file.toString(), "holds no surface", "give a mask that marks something");
        }
        return source;
    }

    /** Whether its surfaces are those of labels that have numbers: not a mesh, nor a field. */
    boolean knowsLabels() {
        return volume != null && !isField(volume);
    }

    /** Whether it has a surface, and does not know of which label. */
    boolean isOneOfAll() {
        return !knowsLabels() && !organs.isEmpty();
    }

    /** Whether it knows labels and has a surface of this one. */
    boolean has(long label) {
        return knowsLabels() && organs.stream().anyMatch(organ -> organ.label() == label);
    }

    /**
     * All its surfaces as one, to be compared with one that does not tell labels apart.
     *
     * @param wanted the labels that were asked for, for the name; empty: all
     */
    SurfaceSource together(Set<Long> wanted, EngineOptions engines, Console console) throws IOException {
        Set<Long> ids = new TreeSet<>();
        organs.forEach(organ -> ids.add(organ.label()));
        TrainedModel model = isModel(file) ? ModelFile.read(file) : null;
        boolean drawn = model != null && model.labels().labels().size() == ids.size();
        Volume all = drawn ? maskField(file, model, engines, console) : volume.withVoxels(Labels.binary(volume, ids, file.toString()));
        String name = wanted.isEmpty() ? "all labels together"
                : "labels " + ids.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " together";
        OrganSurface organ = drawn ? new OrganSurface(1, name, ofField(model, all, engines.threads()))
                : ofMask(1, name, all, engines.threads());
        return new SurfaceSource(file, List.of(organ), all, frameAssumed, warnings);
    }

    private static SurfaceSource ofLabels(Path file, TrainedModel model, Set<Long> wanted, boolean mayLack,
            EngineOptions engines, Console console) {
        double[] positions = SliceSpacing.AUTOMATIC.positions(model.geometry());
        try (Engine engine = engines.open(console); Console.Progress progress = console.begin("labels", positions.length)) {
            LabelField field = new LabelRenderer(engine, model).field(positions, true, progress::to);
            (mayLack ? Set.<Long>of() : wanted).forEach(id -> model.labels().require(id, file.toString()));
            LabelMesh mesh = OuterFaces.of(MarchingTetrahedra.extract(field, Frame.LPS), field.grid(), model.geometry());
            List<OrganSurface> organs = new ArrayList<>();
            for (int label = 0; label < field.labels().size(); label++) {
                long id = field.labels().get(label).id();
                if (wanted.isEmpty() || wanted.contains(id)) {
                    organs.add(new OrganSurface(id, field.labels().get(label).name(), mesh.of(label)));
                }
            }
            organs.removeIf(organ -> organ.mesh().isEmpty());
            return new SurfaceSource(file, organs, field.volume(), false, List.of());
        }
    }

    private static SurfaceSource ofMesh(Path file, Frame frame) throws IOException {
        MeshFiles.Loaded loaded = MeshFiles.read(file);
        TriangleMesh mesh = loaded.frameStated() ? loaded.mesh() : loaded.mesh().takenAs(frame);
        List<String> warnings = new ArrayList<>();
        loaded.notes().forEach(note -> warnings.add(file + ": " + note));
        MeshCheck check = MeshCheck.of(mesh);
        if (check.components() > 1 || check.tangledEdges() > 0) {
            int all = mesh.triangleCount();
            mesh = SharedWalls.without(mesh);
            if (mesh.triangleCount() < all) {
                check = MeshCheck.of(mesh);
                warnings.add(file + ": its structures share walls (" + Words.count((all - mesh.triangleCount()) / 2, "triangle", "triangles")
                        + "), which are not part of the surface of all together");
            }
        }
        if (check.openEdges() > 0) {
            warnings.add(file + ": is not closed (" + Words.count(check.openEdges(), "open edge", "open edges") + "): what is inside"
                    + " it, and its volume, are not sure");
        }
        if (check.closed() && Measures.signedVolume(mesh) < 0) {
            warnings.add(file + ": its triangles face inward; they were turned over");
            mesh = mesh.turnedOver();
        }
        return new SurfaceSource(file, List.of(new OrganSurface(1, "surface", mesh.in(Frame.LPS))), null,
                !loaded.frameStated(), warnings);
    }

    static boolean isModel(Path file) throws IOException {
        return Files.isRegularFile(file) && ModelFile.recognises(file);
    }

    private static TriangleMesh ofField(TrainedModel model, Volume field, int threads) {
        return OuterFaces.of(MarchingCubes.extract(field, LEVEL, Frame.LPS, threads), field.grid(), model.geometry());
    }

    private static Volume maskField(Path file, TrainedModel model, EngineOptions engines, Console console) throws IOException {
        if (!model.mask()) {
            throw new InputException(file.toString(), "has no mask head", "train one with --mask");
        }
        try (Engine engine = engines.open(console)) {
            VolumeRenderer renderer = new VolumeRenderer(engine, model);
            double[] positions = SliceSpacing.AUTOMATIC.positions(model.geometry());
            try (Console.Progress progress = console.begin("drawing", positions.length)) {
                return renderer.render(positions, false, true, progress::to).mask();
            }
        }
    }

    private static List<OrganSurface> surfaces(Path file, Volume volume, Map<Long, Label> names, Set<Long> wanted,
            boolean mayLack, int threads, Console console) {
        if (isField(volume)) {
            var mesh = MarchingCubes.extract(volume, LEVEL, Frame.LPS, threads);
            return mesh.isEmpty() ? List.of() : List.of(new OrganSurface(1, "field", mesh));
        }
        SortedSet<Long> labels = labels(file, volume, wanted, console);
        if (mayLack && !wanted.isEmpty()) {
            labels.retainAll(Labels.present(volume, file.toString()));
        }
        List<OrganSurface> organs = new ArrayList<>();
        for (long label : labels) {
            Volume mask = volume.withVoxels(Labels.binary(volume, Set.of(label), file.toString()));
            organs.add(ofMask(label, names.getOrDefault(label, Label.of(label)).name(), mask, threads));
        }
        return organs;
    }

    /** The surface of 0 and 1, and the volume of the voxels themselves, which is that of a mesh that medgs writes of them. */
    private static OrganSurface ofMask(long label, String name, Volume mask, int threads) {
        return new OrganSurface(label, name, MarchingCubes.extract(mask, LEVEL, Frame.LPS, threads), Labels.volume(mask));
    }

    /** The wanted labels, or all; what can only be an intensity image is refused, what may be one is told. */
    static SortedSet<Long> labels(Path file, Volume volume, Set<Long> wanted, Console console) {
        if (!wanted.isEmpty()) {
            return new TreeSet<>(wanted);
        }
        SortedSet<Long> present = Labels.present(volume, file.toString());
        if (present.size() > MOST_LABELS || !present.isEmpty() && present.first() < 0) {
            throw new InputException(file.toString(), "holds " + present.size() + " different values from "
                    + present.first() + " to " + present.last() + ", which look like intensities",
                    "give a mask, or choose labels by --label");
        }
        VolumeOptions.sayGrey(file, volume, present,
                "if they are probabilities or intensities, give a mask, or choose labels by --label", console);
        return present;
    }

    /** Whether a volume holds shares between 0 and 1 rather than labels. */
    private static boolean isField(Volume volume) {
        boolean between = false;
        for (float value : volume.voxels()) {
            if (!(value >= 0 && value <= 1)) {
                return false;
            }
            between |= value > 0.05f && value < 0.95f;
        }
        return between;
    }

    /** One label of the volume as 0 and 1, or a field as it is; null for a mesh. */
    Volume voxelsOf(OrganSurface organ) {
        if (volume == null || isField(volume)) {
            return volume;
        }
        return volume.withVoxels(Labels.binary(volume, Set.of(organ.label()), file.toString()));
    }
}
