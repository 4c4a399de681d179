package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshVoxels;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Volume;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Overlap of volumes as the Dice coefficient: twice what both hold over the sum of what each holds. */
public final class Overlap {

    /** Voxels along the longest side of the grid on which two meshes are compared. */
    private static final int FINENESS = 192;

    /** Most voxels that are looked at together, a slice of them at least, and most that are looked at at all. */
    private static final long SLAB = 1 << 24;
    private static final long MOST = 1L << 31;

    private Overlap() {}

    /** Of two fields on one grid, inside at 0.5 or more; 1 where both are empty. */
    public static double dice(float[] a, float[] b) {
        return dice(a, b, 0);
    }

    private static double dice(float[] a, float[] b, long elsewhere) {
        long both = 0;
        long sum = elsewhere;
        for (int i = 0; i < a.length; i++) {
            int inA = a[i] >= 0.5f ? 1 : 0;
            int inB = b[i] >= 0.5f ? 1 : 0;
            both += inA & inB;
            sum += inA + inB;
        }
        return sum == 0 ? 1 : 2.0 * both / sum;
    }

    /** Of a closed mesh and a mask, on the mask's own voxels, which go on beyond its grid as far as the mesh does. */
    public static double dice(TriangleMesh mesh, Volume mask) {
        float[] inside = MeshVoxels.of(mesh, mask.grid());
        return dice(inside, mask.voxels(), beyond(mesh, mask.grid(), inside));
    }

    /** How many voxels a mesh has beyond a grid. */
    private static long beyond(TriangleMesh mesh, Grid grid, float[] inside) {
        int[][] reach = reach(mesh.in(Frame.RAS), grid);
        int[] low = reach[0];
        int[] sizes = new int[3];
        double count = 1;
        boolean held = true;
        for (int axis = 0; axis < 3; axis++) {
            held &= low[axis] == 0 && reach[1][axis] == grid.size(axis) - 1;
            sizes[axis] = reach[1][axis] - low[axis] + 1;
            count *= (double) reach[1][axis] - low[axis] + 1;
        }
        if (held) {
            return 0;
        }
        if (count > MOST || (long) sizes[0] * sizes[1] > SLAB) {
            // A mesh in micrometres, say: what it encloses stands for voxels that nobody could count.
            double all = Math.abs(Measures.signedVolume(mesh)) / grid.voxelVolume();
            return Math.max(0, Math.round(all - count(inside)));
        }
        long beyond = 0;
        int slices = (int) Math.min(SLAB / ((long) sizes[0] * sizes[1]), sizes[2]);
        for (int from = low[2]; from <= reach[1][2]; from += slices) {
            Grid slab = part(grid, low[0], low[1], from, sizes[0], sizes[1], Math.min(slices, reach[1][2] + 1 - from));
            float[] voxels = MeshVoxels.of(mesh, slab);
            for (int row = 0; row < slab.ny() * slab.nz(); row++) {
                int j = row % slab.ny() + low[1];
                int k = row / slab.ny() + from;
                if (j >= 0 && j < grid.ny() && k >= 0 && k < grid.nz()) {
                    Arrays.fill(voxels, row * slab.nx() - low[0], row * slab.nx() - low[0] + grid.nx(), 0);
                }
            }
            beyond += count(voxels);
        }
        return beyond;
    }

    private static long count(float[] voxels) {
        long count = 0;
        for (float voxel : voxels) {
            count += voxel >= 0.5f ? 1 : 0;
        }
        return count;
    }

    /** The first and the last index along each axis that hold the whole grid and the whole mesh (RAS). */
    private static int[][] reach(TriangleMesh mesh, Grid grid) {
        int[] low = {0, 0, 0};
        int[] high = {grid.nx() - 1, grid.ny() - 1, grid.nz() - 1};
        Matrix4d toIndex = new Matrix4d(grid.indexToPatient()).invert();
        Vector3d p = new Vector3d();
        for (int vertex : mesh.triangles()) {
            toIndex.transformPosition(p.set(mesh.vertices()[3 * vertex], mesh.vertices()[3 * vertex + 1],
                    mesh.vertices()[3 * vertex + 2]));
            p.z = grid.sliceIndex(p.z);
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], (int) Math.floor(p.get(axis)));
                high[axis] = Math.max(high[axis], (int) Math.ceil(p.get(axis)));
            }
        }
        return new int[][] {low, high};
    }

    /** Voxels of a grid from the given ones on, or beyond it, where its outermost gaps go on. */
    private static Grid part(Grid grid, int i, int j, int k, int nx, int ny, int nz) {
        Matrix4d moved = new Matrix4d(grid.indexToPatient()).translate(i, j, grid.steps(k));
        if (grid.isRegular()) {
            return new Grid(nx, ny, nz, moved);
        }
        double[] positions = new double[nz];
        for (int n = 1; n < nz; n++) {
            positions[n] = (grid.steps(k + n) - grid.steps(k)) * grid.spacing(2);
        }
        return new Grid(nx, ny, nz, moved, positions);
    }

    /** Of two closed meshes in one frame, on a grid of {@value #FINENESS} cubic voxels along the longest side. */
    public static double dice(TriangleMesh a, TriangleMesh b) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (TriangleMesh mesh : new TriangleMesh[] {a, b}) {
            double[] bounds = mesh.in(Frame.RAS).bounds();
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], bounds[axis]);
                high[axis] = Math.max(high[axis], bounds[3 + axis]);
            }
        }
        double step = Math.max(high[0] - low[0], Math.max(high[1] - low[1], high[2] - low[2])) / FINENESS;
        int[] sizes = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            sizes[axis] = 2 + (int) Math.ceil((high[axis] - low[axis]) / step);
        }
        Grid grid = new Grid(sizes[0], sizes[1], sizes[2],
                new Matrix4d().translation(low[0], low[1], low[2]).scale(step));
        return dice(MeshVoxels.of(a, grid), MeshVoxels.of(b, grid));
    }
}
