package io.github.medgs.surface;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Label;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The surfaces between the structures of a label map, each triangle once, whichever two structures it parts.
 *
 * <p>What bounds one structure, {@link #of}, is a closed two-manifold mesh of its own; where two touch, both have the same
 * triangles, facing opposite ways.
 *
 * @param sheets all triangles, facing out of {@code inner}
 * @param labels the structures
 * @param inner for each triangle the structure behind it, counted from 1
 * @param outer for each triangle the structure before it, counted from 1, below {@code inner}; 0 for the background
 */
public record LabelMesh(TriangleMesh sheets, List<Label> labels, int[] inner, int[] outer) {

    public LabelMesh {
        if (inner.length != sheets.triangleCount() || outer.length != inner.length) {
            throw new IllegalArgumentException("every triangle lies between two structures");
        }
    }

    /** The surface of one structure, facing out of it; empty where it has no voxel. */
    public TriangleMesh of(int structure) {
        return union(List.of(structure));
    }

    /** The surface of all structures together: what parts them from the background. */
    public TriangleMesh union() {
        return union(IntStream.range(0, labels.size()).boxed().toList());
    }

    /** The surface of some structures together, facing out of them: what parts them from the background and the others. */
    public TriangleMesh union(List<Integer> structures) {
        boolean[] within = new boolean[labels.size() + 1];
        structures.forEach(structure -> within[structure + 1] = true);
        int[] corners = new int[sheets.triangles().length];
        int filled = 0;
        for (int t = 0; t < inner.length; t++) {
            if (within[inner[t]] != within[outer[t]]) {
                boolean turned = within[outer[t]];
                corners[filled] = sheets.triangles()[3 * t];
                corners[filled + 1] = sheets.triangles()[3 * t + (turned ? 2 : 1)];
                corners[filled + 2] = sheets.triangles()[3 * t + (turned ? 1 : 2)];
                filled += 3;
            }
        }
        return MeshCleaning.compact(sheets.vertices(), Arrays.copyOf(corners, filled), sheets.frame());
    }

    /** The surface of one structure with its name and colour. */
    public MeshPart part(int structure) {
        return new MeshPart(labels.get(structure).name(), of(structure), labels.get(structure).color(), null);
    }

    /** A part for each structure that has a surface. */
    public List<MeshPart> parts() {
        return IntStream.range(0, labels.size()).mapToObj(this::part).filter(part -> !part.mesh().isEmpty()).toList();
    }

    /** For each vertex whether it is where more than two structures meet, or one of them twice. */
    boolean[] seams() {
        int[] triangles = sheets.triangles();
        int[] first = new int[sheets.vertexCount()];
        Arrays.fill(first, -1);
        boolean[] seams = new boolean[sheets.vertexCount()];
        for (int h = 0; h < triangles.length; h++) {
            int v = triangles[h];
            int t = h / 3;
            if (first[v] < 0) {
                first[v] = t;
            } else if (inner[first[v]] != inner[t] || outer[first[v]] != outer[t]) {
                seams[v] = true;
            }
        }
        return seams;
    }

    /**
     * Smoothed as {@link MeshSmoothing#taubin}, each vertex once; lines where three meet move along themselves. Each
     * structure gets back the volume that it had.
     *
     * @param grid of the field that it was made of
     */
    public LabelMesh smoothed(int iterations, Grid grid) {
        if (iterations <= 0 || inner.length == 0) {
            return this;
        }
        boolean[] held = seams();
        return withVolumesOf(this, new LabelMesh(MeshSmoothing.taubin(sheets, held, iterations), labels, inner, outer),
                held, grid);
    }

    /**
     * Without the staircase of voxels, as {@link MeshSmoothing#fair}, each vertex once: neighbours go on sharing theirs, so
     * there is neither gap nor overlap. Lines where three meet move along themselves, what lies on the grid's faces stays.
     * Each structure gets back the volume that it had.
     *
     * @param grid of the field that it was made of
     */
    public LabelMesh fair(Grid grid) {
        if (inner.length == 0) {
            return this;
        }
        boolean[] held = seams();
        LabelMesh fair = new LabelMesh(MeshSmoothing.fair(sheets, held, grid), labels, inner, outer);
        boolean[] onFaces = MeshSmoothing.onFaces(sheets, grid);
        for (int v = 0; v < held.length; v++) {
            held[v] |= onFaces[v];
        }
        return withVolumesOf(this, fair, held, grid);
    }

    private static LabelMesh withVolumesOf(LabelMesh before, LabelMesh smoothed, boolean[] held, Grid grid) {
        double voxel = Math.min(grid.spacing(0), Math.min(grid.spacing(1), grid.spacing(2)));
        return new SheetVolumes(smoothed, held, voxel).with(new SheetVolumes(before, held, voxel).volumes());
    }

    /** Fewer triangles as {@link MeshDecimation#decimate}; where more than two structures meet, vertices stay. */
    public LabelMesh decimated(double share) {
        if (share >= 1 || inner.length == 0) {
            return this;
        }
        MeshDecimation.Thinned thinned = MeshDecimation.decimate(sheets, seams(), share);
        int[] newInner = new int[thinned.kept().length];
        int[] newOuter = new int[newInner.length];
        for (int t = 0; t < newInner.length; t++) {
            newInner[t] = inner[thinned.kept()[t]];
            newOuter[t] = outer[thinned.kept()[t]];
        }
        return new LabelMesh(thinned.mesh(), labels, newInner, newOuter);
    }
}
