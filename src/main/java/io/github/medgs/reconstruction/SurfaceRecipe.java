package io.github.medgs.reconstruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.InputException;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.LabelCleaning;
import io.github.medgs.surface.LabelMesh;
import io.github.medgs.surface.MarchingTetrahedra;
import io.github.medgs.surface.MeshCleaning;
import io.github.medgs.surface.MeshDecimation;
import io.github.medgs.surface.MeshSmoothing;
import io.github.medgs.surface.MeshVolumes;
import io.github.medgs.surface.OuterFaces;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.SliceGeometry;

/**
 * How a surface is taken from a mask field.
 *
 * @param level value of the field on the surface, between 0 and 1
 * @param frame patient coordinates of the vertices
 * @param smooth pairs of Taubin steps; 0 for none, {@link #FAIR} for {@link MeshSmoothing#fair}
 * @param largest whether only the piece with the largest volume stays
 * @param fillHoles whether cavities inside are filled
 * @param decimate share of the triangles that stays, above 0 and up to 1
 */
public record SurfaceRecipe(float level, Frame frame, int smooth, boolean largest, boolean fillHoles, double decimate) {

    /** As {@code smooth}: the staircase of voxels goes, and nothing else. */
    public static final int FAIR = -1;

    /** Half the field, LPS, without the staircase of voxels: what a run writes unless told otherwise. */
    public static final SurfaceRecipe USUAL = new SurfaceRecipe(0.5f, Frame.LPS, FAIR, false, false, 1);

    /** Half the field, LPS, as marching cubes made it. */
    public static final SurfaceRecipe PLAIN = new SurfaceRecipe(0.5f, Frame.LPS, 0, false, false, 1);

    /** Under which name a report holds it. */
    static final String IN_REPORT = "surfaces";

    private static final int MOST_STEPS = 1000;

    /** @throws InputException for a number that is out of range */
    public SurfaceRecipe {
        if (smooth < FAIR || smooth > MOST_STEPS) {
            throw new InputException("smooth " + smooth, "is no sensible number of steps", "give 0 to " + MOST_STEPS)
                    .naming("smooth");
        }
        if (!(decimate > 0 && decimate <= 1)) {
            throw new InputException("decimate " + decimate, "is no share", "give a value above 0 and up to 1")
                    .naming("decimate");
        }
        if (!(level > 0 && level < 1)) {
            throw new InputException("level " + level, "is outside the field's range", "give a value between 0 and 1")
                    .naming("level");
        }
    }

    /** As a run's report says it, without the frame, which each surface has itself. */
    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("level", level);
        if (smooth == FAIR) {
            node.put("smooth", "fair");
        } else {
            node.put("smooth", smooth);
        }
        return node.put("largest", largest).put("fillHoles", fillHoles).put("decimate", decimate);
    }

    /**
     * The recipe of a report, in LPS; what it does not say is as in {@link #USUAL}.
     *
     * @throws InputException for a number that is out of range
     */
    public static SurfaceRecipe ofReport(JsonNode report) {
        JsonNode node = report.path(IN_REPORT);
        return new SurfaceRecipe((float) node.path("level").asDouble(USUAL.level), USUAL.frame,
                node.path("smooth").asInt(USUAL.smooth), node.path("largest").asBoolean(USUAL.largest),
                node.path("fillHoles").asBoolean(USUAL.fillHoles), node.path("decimate").asDouble(USUAL.decimate));
    }

    /** The same in other patient coordinates. */
    public SurfaceRecipe in(Frame other) {
        return new SurfaceRecipe(level, other, smooth, largest, fillHoles, decimate);
    }

    /**
     * The surface as it is wanted: pieces first, then smoothing, then fewer triangles.
     *
     * @param mesh of marching cubes on the grid
     */
    public TriangleMesh clean(TriangleMesh mesh, Grid grid) {
        return finished(pieces(mesh), grid);
    }

    /** The same of pieces that stay, see {@link #pieces}. */
    public TriangleMesh finished(TriangleMesh pieces, Grid grid) {
        return MeshDecimation.decimate(smoothed(pieces, grid), decimate);
    }

    /**
     * The same of a field that a model drew: a structure that the outermost slices cut ends where the acquired ones do.
     *
     * @param acquired the model's slices
     */
    public TriangleMesh clean(TriangleMesh mesh, Grid grid, SliceGeometry acquired) {
        TriangleMesh pieces = pieces(mesh);
        TriangleMesh smoothed = smoothed(pieces, grid);
        TriangleMesh whole = OuterFaces.of(smoothed, grid, acquired);
        // What smoothing takes off the rims of a cut grows with the way to the faces, and is given back once more.
        return MeshDecimation.decimate(whole == smoothed || smoothed == pieces ? whole
                : MeshVolumes.restored(whole, OuterFaces.of(pieces, grid, acquired)), decimate);
    }

    private TriangleMesh smoothed(TriangleMesh pieces, Grid grid) {
        return smooth == FAIR ? MeshSmoothing.fair(pieces, grid) : MeshSmoothing.taubin(pieces, smooth);
    }

    /** The pieces that stay, without the cavities that are filled; as they were. */
    public TriangleMesh pieces(TriangleMesh mesh) {
        TriangleMesh filled = fillHoles ? MeshCleaning.fillHoles(mesh) : mesh;
        return largest ? MeshCleaning.largest(filled) : filled;
    }

    /** @throws InputException for another level than one half, as {@link #of} */
    void requireLevelOfLabels() {
        if (level != PLAIN.level) {
            throw new InputException("level " + level, "has no meaning between labels, which meet where they are equal",
                    "leave it out, or learn all labels as one structure, without names").naming("level", "merge", "names");
        }
    }

    /**
     * The surfaces between all structures of a label map, as they are wanted.
     *
     * @throws InputException for another level than one half: two structures meet where they are equal
     */
    public LabelMesh of(LabelField field) {
        requireLevelOfLabels();
        LabelField clean = fillHoles ? LabelCleaning.fillHoles(field) : field;
        clean = largest ? LabelCleaning.largest(clean) : clean;
        LabelMesh mesh = MarchingTetrahedra.extract(clean, frame);
        return (smooth == FAIR ? mesh.fair(clean.grid()) : mesh.smoothed(smooth, clean.grid())).decimated(decimate);
    }

    /**
     * The same of labels that a model drew: structures that the outermost slices cut end where the acquired ones do.
     *
     * @param acquired the model's slices
     */
    public LabelMesh of(LabelField field, SliceGeometry acquired) {
        return OuterFaces.of(of(field), field.grid(), acquired);
    }

    /** Whether the surface of voxels that are inside or outside runs half way between them: then it is round their volume. */
    public boolean boundsVoxels() {
        return level == PLAIN.level;
    }
}
