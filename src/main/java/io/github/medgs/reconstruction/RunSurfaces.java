package io.github.medgs.reconstruction;

import io.github.medgs.engine.Engine;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.surface.LabelMesh;
import io.github.medgs.surface.MarchingCubes;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.trust.StructureBoxes;
import io.github.medgs.trust.SurfaceBands;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The surfaces of what a run drew: written into its folder, and entered into its report.
 *
 * @param uncertainty whether bands of their measures are wanted
 * @param listener told of structures that have no surface
 */
record RunSurfaces(SurfaceRecipe recipe, MeshFormat format, boolean uncertainty, LearningTask task, Report report,
        RunFolder folder, RunListener listener) {

    /**
     * All labels together, as of a mask; and each label, in files of their own where the format does not name parts.
     *
     * @return a part for each label that is drawn somewhere
     */
    List<MeshPart> write(LabelField field) throws IOException {
        report.surfaces(recipe);
        LabelMesh mesh = recipe.of(field, task.data().stack().geometry());
        String name = RunFolder.surface(format);
        List<MeshPart> all = IntStream.range(0, field.labels().size()).mapToObj(mesh::part).toList();
        TriangleMesh union = mesh.union();
        if (!union.isEmpty()) {
            if (!format.namesParts()) {
                MeshFiles.write(folder.file(name), union);
            }
            // A file that names parts holds them alone: the measures are those of all together, the triangles its own.
            report.surface(name, union, !format.namesParts() ? union.triangleCount()
                    : all.stream().mapToInt(part -> part.mesh().triangleCount()).sum(), recipe.level(), bands());
        }
        StructureBoxes boxes = uncertainty ? StructureBoxes.of(task.data().labels(), task.threads()) : null;
        List<MeshPart> parts = new ArrayList<>();
        for (int label = 0; label < all.size(); label++) {
            MeshPart part = all.get(label);
            if (part.mesh().isEmpty()) {
                listener.say(part.name() + " is nowhere drawn: no surface of it was written");
            } else {
                parts.add(part);
                report.surface(part, field.labels().get(label), recipe.level(),
                        boxes == null ? null : SurfaceBands.of(task.data().labels(), label, boxes,
                                task.data().stack().geometry(), task.threads()));
            }
        }
        if (!parts.isEmpty()) {
            folder.writeSurfaces(format, parts);
        }
        return parts;
    }

    /** The one surface of a mask field; none where the field is below the level everywhere. */
    List<MeshPart> write(Engine engine, Volume field) throws IOException {
        report.surfaces(recipe);
        TriangleMesh mesh = recipe.clean(
                MarchingCubes.extract(engine, field, recipe.level(), recipe.frame(), task.threads()), field.grid(),
                task.data().stack().geometry());
        if (mesh.isEmpty()) {
            listener.say("the mask field reaches " + recipe.level() + " nowhere: no surface was written");
            return List.of();
        }
        String name = RunFolder.surface(format);
        MeshFiles.write(folder.file(name), mesh);
        report.surface(name, mesh, mesh.triangleCount(), recipe.level(), bands());
        return List.of(MeshPart.ofLabel("surface", mesh, 1));
    }

    private SurfaceBands bands() {
        SliceStack stack = task.data().stack();
        KeptSlices mask = KeptSlices.of(stack, task.data().mask());
        return uncertainty ? SurfaceBands.of(mask, stack.geometry(), task.threads()) : null;
    }
}
