package io.github.medgs.engine.tornado.kernels;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.kernel.MarchingCubesCell;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * Marching cubes on the device: classify, scan, emit.
 *
 * <p>The grid is padded by one layer that is outside, so that a structure cut by a face closes there. Each sample of the
 * padded grid owns the three edges that leave it and the cell whose lowest corner it is. Classifying counts, for each,
 * its crossed edges and its triangles; {@link ScanKernels} turns the counts into numbers; emitting writes vertices and
 * triangles where the numbers say. So vertices are shared from the start, and the result is the same bits in every run.
 */
public final class IsosurfaceKernels {

    // Integers beside those of the scan.
    /** Samples of the field along each axis. */
    public static final int NX = 0;
    public static final int NY = 1;
    public static final int NZ = 2;
    /** Room for vertices and triangles. */
    public static final int VERTEX_CAPACITY = 3;
    public static final int TRIANGLE_CAPACITY = 4;
    public static final int SIZES = 16;

    private IsosurfaceKernels() {}

    private static int isInside(int[] sizes, float[] field, float level, int i, int j, int k) {
        int isSample = i > 0 && j > 0 && k > 0 && i <= sizes[NX] && j <= sizes[NY] && k <= sizes[NZ] ? 1 : 0;
        int at = isSample != 0 ? i - 1 + sizes[NX] * (j - 1 + sizes[NY] * (k - 1)) : 0;
        return isSample * MarchingCubesCell.inside(field[at], level);
    }

    private static int isCrossed(int[] sizes, float[] field, float level, int i, int j, int k, int axis) {
        int here = isInside(sizes, field, level, i, j, k);
        int next = isInside(sizes, field, level, i + (axis == 0 ? 1 : 0), j + (axis == 1 ? 1 : 0),
                k + (axis == 2 ? 1 : 0));
        return here ^ next;
    }

    /** The case of the cell at a padded sample; 0, without triangles, where there is no cell. */
    private static int caseOf(int[] sizes, float[] field, float level, int i, int j, int k) {
        int bits = 0;
        for (int corner = 0; corner < 8; corner++) {
            int inside = isInside(sizes, field, level, i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2));
            bits = bits | inside << corner;
        }
        return bits;
    }

    /**
     * Thread s counts at padded sample s.
     *
     * @param sizes input
     * @param level input, one value
     * @param field input, x fastest
     * @param start input, where each case's triangles begin in the table
     * @param counters output: crossed edges, three for each padded sample, then triangles, one for each
     */
    public static void classify(KernelContext context, int[] sizes, float[] level, float[] field, int[] start,
            int[] counters) {
        int s = context.globalIdx;
        int px = sizes[NX] + 2;
        int py = sizes[NY] + 2;
        int samples = px * py * (sizes[NZ] + 2);
        if (s < samples) {
            int i = s % px;
            int j = s / px % py;
            int k = s / px / py;
            for (int axis = 0; axis < 3; axis++) {
                counters[3 * s + axis] = isCrossed(sizes, field, level[0], i, j, k, axis);
            }
            counters[3 * samples + s] =
                    MarchingCubesCell.triangleCount(caseOf(sizes, field, level[0], i, j, k), start);
        }
    }

    private static float value(int[] sizes, float[] field, int i, int j, int k) {
        return field[i - 1 + sizes[NX] * (j - 1 + sizes[NY] * (k - 1))];
    }

    /** The share of the way along a crossed edge; half of it where one end is padding. */
    private static float share(int[] sizes, float[] field, float level, int i, int j, int k, int axis) {
        int nextI = i + (axis == 0 ? 1 : 0);
        int nextJ = j + (axis == 1 ? 1 : 0);
        int nextK = k + (axis == 2 ? 1 : 0);
        int isWithin = i > 0 && j > 0 && k > 0 && nextI <= sizes[NX] && nextJ <= sizes[NY] && nextK <= sizes[NZ] ? 1 : 0;
        float share = 0.5f;
        if (isWithin != 0) {
            share = MarchingCubesCell.crossing(
                    value(sizes, field, i, j, k), value(sizes, field, nextI, nextJ, nextK), level);
        }
        return share;
    }

    /**
     * Thread s writes the vertices and triangles of padded sample s. Nothing is written beyond the capacities; the totals
     * say how much room there should have been.
     *
     * @param sizes input
     * @param level input, one value
     * @param field input, x fastest
     * @param start input, where each case's triangles begin in the table; {@code edges} the table
     * @param counters input, exclusive prefix sums of the counts
     * @param vertices output, three coordinates each, in samples of the field
     * @param triangles output, three vertex numbers each
     * @param totals output: vertices, triangles
     */
    public static void emit(KernelContext context, int[] sizes, float[] level, float[] field, int[] start, int[] edges,
            int[] counters, float[] vertices, int[] triangles, int[] totals) {
        int s = context.globalIdx;
        int px = sizes[NX] + 2;
        int py = sizes[NY] + 2;
        int samples = px * py * (sizes[NZ] + 2);
        if (s < samples) {
            int i = s % px;
            int j = s / px % py;
            int k = s / px / py;
            for (int axis = 0; axis < 3; axis++) {
                int vertex = counters[3 * s + axis];
                if (isCrossed(sizes, field, level[0], i, j, k, axis) != 0 && vertex < sizes[VERTEX_CAPACITY]) {
                    float share = share(sizes, field, level[0], i, j, k, axis);
                    vertices[3 * vertex] = i - 1 + (axis == 0 ? share : 0f);
                    vertices[3 * vertex + 1] = j - 1 + (axis == 1 ? share : 0f);
                    vertices[3 * vertex + 2] = k - 1 + (axis == 2 ? share : 0f);
                }
            }
            int cell = caseOf(sizes, field, level[0], i, j, k);
            int first = 3 * (counters[3 * samples + s] - counters[3 * samples]);
            int count = start[cell + 1] - start[cell];
            int fitting = first + count <= 3 * sizes[TRIANGLE_CAPACITY] ? count : 0;
            for (int corner = 0; corner < fitting; corner++) {
                int edge = edges[start[cell] + corner];
                int from = MarchingCubesCell.edgeCorner(edge);
                int sample = s + (from & 1) + px * ((from >> 1 & 1) + py * (from >> 2));
                triangles[first + corner] = counters[3 * sample + MarchingCubesCell.edgeAxis(edge)];
            }
            if (s == samples - 1) {
                totals[0] = counters[3 * samples];
                totals[1] = counters[4 * samples - 1] - counters[3 * samples];
            }
        }
    }
}
