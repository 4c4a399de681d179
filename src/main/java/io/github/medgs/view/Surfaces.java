package io.github.medgs.view;

import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.MeshVolumes;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Surfaces of what a page shows: those that a run or {@code medgs mesh} makes of it, so that volumes and areas are the same.
 */
final class Surfaces {

    /** As many as {@code medgs mesh} takes: what has more is hardly a label map, and a few of its surfaces say so. */
    private static final int MOST_LABELS = 500;
    private static final int FEW_LABELS = 64;

    private Surfaces() {}

    static Scene.Surface named(String name, TriangleMesh mesh, int label) {
        return new Scene.Surface(name, MeshPart.ofLabel(name, mesh, label).color(), mesh);
    }

    /** One for each label that a model draws, in its colour. */
    static List<Scene.Surface> of(LabelField field, SurfaceRecipe recipe, SliceGeometry acquired) {
        return recipe.of(field, acquired).parts().stream()
                .map(part -> new Scene.Surface(part.name(), part.color(), part.mesh())).toList();
    }

    /** Of a mask field, as a model of these slices draws it. */
    static List<Scene.Surface> of(Volume field, SurfaceRecipe recipe, SliceGeometry acquired, int threads) {
        TriangleMesh mesh = MarchingCubes.extract(field, recipe.level(), recipe.frame(), threads);
        return List.of(named("surface", recipe.clean(mesh, field.grid(), acquired), 1));
    }

    /** Of how far voxels are inside. */
    static List<Scene.Surface> of(Volume field, int threads) {
        return List.of(named("surface", SurfaceRecipe.USUAL.clean(plain(field, threads), field.grid()), 1));
    }

    /**
     * One for each label of a mask; it has the volume of the label's voxels.
     *
     * @param notes told of labels that are too many
     */
    static List<Scene.Surface> ofMask(Volume labels, String name, int threads, CopyOnWriteArrayList<String> notes) {
        SortedSet<Long> present = Labels.present(labels, name);
        boolean few = present.size() > MOST_LABELS;
        if (few) {
            notes.addIfAbsent("Of the " + present.size() + " different values of " + name + " the first " + FEW_LABELS
                    + " have a surface here: if it is no label map, give one.");
        }
        return present.stream().limit(few ? FEW_LABELS : MOST_LABELS).map(label -> {
            Volume inside = labels.withVoxels(Labels.binary(labels, Set.of(label), name));
            return named("label " + label, MeshVolumes.withVolume(plain(inside, threads), Labels.volume(inside)),
                    label.intValue());
        }).toList();
    }

    private static TriangleMesh plain(Volume field, int threads) {
        return MarchingCubes.extract(field, SurfaceRecipe.USUAL.level(), SurfaceRecipe.USUAL.frame(), threads);
    }
}
