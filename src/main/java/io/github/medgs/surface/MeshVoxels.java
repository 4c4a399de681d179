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
        double[] places = toSteps(ras, grid);
        double[] slices = new double[grid.nz()];
        Arrays.setAll(slices, grid::steps);
        // The rows' crossings: how the winding changes from voxel i on, kept as a difference along the row.
        int nx = grid.nx();
        int[] change = new int[Math.multiplyExact(nx + 1, Math.multiplyExact(grid.ny(), grid.nz()))];
        for (int t = 0; t < ras.triangleCount(); t++) {
            cross(places, ras.triangles(), 3 * t, grid, slices, change);
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

    /** In steps of the affine, as which flat triangles stay flat also where slices lie at places of their own. */
    private static double[] toSteps(TriangleMesh mesh, Grid grid) {
        Matrix4d toIndex = new Matrix4d(grid.indexToPatient()).invert();
        double[] places = new double[mesh.vertices().length];
        Vector3d p = new Vector3d();
        for (int v = 0; v < places.length; v += 3) {
            toIndex.transformPosition(p.set(mesh.vertices()[v], mesh.vertices()[v + 1], mesh.vertices()[v + 2]));
            places[v] = p.x;
            places[v + 1] = p.y - OFF_J;
            places[v + 2] = p.z - OFF_K;
        }
        return places;
    }

    /** @param slices where each is, in steps */
    private static void cross(double[] p, int[] triangles, int at, Grid grid, double[] slices, int[] change) {
        int a = 3 * triangles[at];
        int b = 3 * triangles[at + 1];
        int c = 3 * triangles[at + 2];
        int firstJ = Math.max(0, (int) Math.ceil(Math.min(p[a + 1], Math.min(p[b + 1], p[c + 1]))));
        int lastJ = Math.min(grid.ny() - 1, (int) Math.floor(Math.max(p[a + 1], Math.max(p[b + 1], p[c + 1]))));
        int firstK = Arrays.binarySearch(slices, Math.min(p[a + 2], Math.min(p[b + 2], p[c + 2])));
        double highest = Math.max(p[a + 2], Math.max(p[b + 2], p[c + 2]));
        for (int k = firstK < 0 ? -firstK - 1 : firstK; k < slices.length && slices[k] <= highest; k++) {
            for (int j = firstJ; j <= lastJ; j++) {
                double ab = side(p, a, b, j, slices[k]);
                double bc = side(p, b, c, j, slices[k]);
                double ca = side(p, c, a, j, slices[k]);
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
    private static double side(double[] p, int from, int to, int j, double slice) {
        if (from > to) {
            return -side(p, to, from, j, slice);
        }
        return (p[to + 1] - p[from + 1]) * (slice - p[from + 2]) - (p[to + 2] - p[from + 2]) * (j - p[from + 1]);
    }
}
