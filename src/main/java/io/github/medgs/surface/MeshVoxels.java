package io.github.medgs.surface;

import io.github.medgs.volume.Grid;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Which voxels of a grid lie inside a closed mesh.
 *
 * <p>A ray runs along each row of voxels; every triangle that it crosses changes how often the row is wound round by the
 * surface. Rays are set a hair off the voxel centres, by amounts that no regular mesh shares, so that none passes
 * through an edge or a corner.
 */
public final class MeshVoxels {

    private static final double OFF_J = 1.2345e-6 * Math.sqrt(2);
    private static final double OFF_K = 1.2345e-6 * Math.sqrt(3);

    private MeshVoxels() {}

    /**
     * 1 for voxels whose centre is inside, else 0.
     *
     * @param mesh closed, in either frame
     * @return one value per voxel, i fastest
     */
    public static float[] of(TriangleMesh mesh, Grid grid) {
        TriangleMesh ras = mesh.in(Frame.RAS);
        double[] index = toIndex(ras, grid);
        // The rows' crossings: how the winding changes from voxel i on, kept as a difference along the row.
        int nx = grid.nx();
        int[] change = new int[Math.multiplyExact(nx + 1, Math.multiplyExact(grid.ny(), grid.nz()))];
        for (int t = 0; t < ras.triangleCount(); t++) {
            cross(index, ras.triangles(), 3 * t, grid, change);
        }
        float[] inside = new float[nx * grid.ny() * grid.nz()];
        for (int row = 0; row < grid.ny() * grid.nz(); row++) {
            int winding = 0;
            for (int i = 0; i < nx; i++) {
                winding += change[(nx + 1) * row + i];
                inside[nx * row + i] = winding != 0 ? 1 : 0;
            }
        }
        return inside;
    }

    private static double[] toIndex(TriangleMesh mesh, Grid grid) {
        Matrix4d toIndex = new Matrix4d(grid.indexToPatient()).invert();
        double[] index = new double[mesh.vertices().length];
        Vector3d p = new Vector3d();
        for (int v = 0; v < index.length; v += 3) {
            toIndex.transformPosition(p.set(mesh.vertices()[v], mesh.vertices()[v + 1], mesh.vertices()[v + 2]));
            index[v] = p.x;
            index[v + 1] = p.y - OFF_J;
            index[v + 2] = grid.sliceIndex(p.z) - OFF_K;
        }
        return index;
    }

    private static void cross(double[] p, int[] triangles, int at, Grid grid, int[] change) {
        int a = 3 * triangles[at];
        int b = 3 * triangles[at + 1];
        int c = 3 * triangles[at + 2];
        int firstJ = Math.max(0, (int) Math.ceil(Math.min(p[a + 1], Math.min(p[b + 1], p[c + 1]))));
        int lastJ = Math.min(grid.ny() - 1, (int) Math.floor(Math.max(p[a + 1], Math.max(p[b + 1], p[c + 1]))));
        int firstK = Math.max(0, (int) Math.ceil(Math.min(p[a + 2], Math.min(p[b + 2], p[c + 2]))));
        int lastK = Math.min(grid.nz() - 1, (int) Math.floor(Math.max(p[a + 2], Math.max(p[b + 2], p[c + 2]))));
        for (int k = firstK; k <= lastK; k++) {
            for (int j = firstJ; j <= lastJ; j++) {
                double ab = side(p, a, b, j, k);
                double bc = side(p, b, c, j, k);
                double ca = side(p, c, a, j, k);
                boolean front = ab > 0 && bc > 0 && ca > 0;
                boolean back = ab < 0 && bc < 0 && ca < 0;
                if (!front && !back) {
                    continue;
                }
                double i = (bc * p[a] + ca * p[b] + ab * p[c]) / (ab + bc + ca);
                int from = Math.clamp((long) Math.ceil(i), 0, grid.nx());
                change[(grid.nx() + 1) * (j + grid.ny() * k) + from] += front ? 1 : -1;
            }
        }
    }

    /** On which side of the line through two vertices the ray passes; the same number, negated, in the other order. */
    private static double side(double[] p, int from, int to, int j, int k) {
        if (from > to) {
            return -side(p, to, from, j, k);
        }
        return (p[to + 1] - p[from + 1]) * (k - p[from + 2]) - (p[to + 2] - p[from + 2]) * (j - p[from + 1]);
    }
}
