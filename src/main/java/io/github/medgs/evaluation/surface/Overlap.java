package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.Frame;
import io.github.medgs.surface.MeshVoxels;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;

/** Overlap of volumes as the Dice coefficient: twice what both hold over the sum of what each holds. */
public final class Overlap {

    /** Voxels along the longest side of the grid on which two meshes are compared. */
    private static final int FINENESS = 192;

    private Overlap() {}

    /** Of two fields on one grid, inside at 0.5 or more; 1 where both are empty. */
    public static double dice(float[] a, float[] b) {
        long both = 0;
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            int inA = a[i] >= 0.5f ? 1 : 0;
            int inB = b[i] >= 0.5f ? 1 : 0;
            both += inA & inB;
            sum += inA + inB;
        }
        return sum == 0 ? 1 : 2.0 * both / sum;
    }

    /** Of a closed mesh and a mask, on the mask's own voxels. */
    public static double dice(TriangleMesh mesh, Volume mask) {
        return dice(MeshVoxels.of(mesh, mask.grid()), mask.voxels());
    }

    /** Of two closed meshes in one frame, on a grid of {@value #FINENESS} cubic voxels along the longest side. */
    public static double dice(TriangleMesh a, TriangleMesh b) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (TriangleMesh mesh : new TriangleMesh[] {a.in(Frame.RAS),
            b.in(Frame.RAS)}) {
            for (int i = 0; i < mesh.vertices().length; i++) {
                low[i % 3] = Math.min(low[i % 3], mesh.vertices()[i]);
                high[i % 3] = Math.max(high[i % 3], mesh.vertices()[i]);
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
