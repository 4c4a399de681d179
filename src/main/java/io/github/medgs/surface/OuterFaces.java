package io.github.medgs.surface;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceGeometry;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Where a structure ends that the first or the last acquired slice cuts: half a gap of the acquired slices beyond it, as
 * the surface of the acquired mask does. A field drawn more finely closes half of <em>its</em> gap beyond, so that the
 * volume of one and the same structure would fall as it is drawn more finely.
 */
public final class OuterFaces {

    private static final double SAME = 1e-9;

    private OuterFaces() {}

    /**
     * Moves what lies beyond the outermost drawn slices out, in proportion, to the acquired slices' outer faces.
     *
     * @param mesh a surface of a field on the grid, which closes half a spacing beyond its samples
     * @param drawn of equally spaced slices from the first acquired one on
     * @param acquired the slices that were learnt from
     * @return the mesh itself where nothing of it lies there
     */
    public static TriangleMesh of(TriangleMesh mesh, Grid drawn, SliceGeometry acquired) {
        double[] positions = acquired.positions();
        int slices = drawn.size(acquired.axis().index());
        if (positions.length < 2 || slices < 2 || mesh.isEmpty()) {
            return mesh;
        }
        double half = 0.5 * drawn.spacing(acquired.axis().index());
        double end = 2 * half * (slices - 1);
        int last = positions.length - 1;
        double before = 0.5 * (positions[1] - positions[0]) / half;
        double behind = (positions[last] + 0.5 * (positions[last] - positions[last - 1]) - end) / half;
        if (Math.abs(before - 1) < SAME && Math.abs(behind - 1) < SAME) {
            return mesh;
        }
        Matrix4d toFrame = MarchingCubes.inFrame(acquired.slicesToPatient(), mesh.frame());
        Matrix4d toSlices = toFrame.invert(new Matrix4d());
        float[] vertices = mesh.vertices().clone();
        boolean moved = false;
        Vector3d point = new Vector3d();
        for (int v = 0; v < vertices.length; v += 3) {
            double place = toSlices.transformPosition(point.set(vertices[v], vertices[v + 1], vertices[v + 2])).z;
            if (place >= 0 && place <= end) {
                continue;
            }
            point.z = place < 0 ? before * place : end + behind * (place - end);
            toFrame.transformPosition(point);
            vertices[v] = (float) point.x;
            vertices[v + 1] = (float) point.y;
            vertices[v + 2] = (float) point.z;
            moved = true;
        }
        return moved ? mesh.withVertices(vertices) : mesh;
    }

    /** The same of surfaces that share their triangles. */
    public static LabelMesh of(LabelMesh mesh, Grid drawn, SliceGeometry acquired) {
        return new LabelMesh(of(mesh.sheets(), drawn, acquired), mesh.labels(), mesh.inner(), mesh.outer());
    }
}
