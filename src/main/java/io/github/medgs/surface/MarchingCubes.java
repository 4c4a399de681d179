package io.github.medgs.surface;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.Isosurface;
import io.github.medgs.kernel.MarchingCubesCell;
import io.github.medgs.kernel.MarchingCubesTable;
import io.github.medgs.parallel.Workers;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * The isosurface of a field on a grid: closed, two-manifold, outward, welded, and the same bits for any number of
 * threads.
 *
 * <p><b>Closing.</b> The grid is padded by one layer that is outside, so a structure cut by a face of the volume closes
 * there, half a spacing beyond the last samples: on the outer face of the voxels.
 *
 * <p><b>How.</b> Inside or outside is one bit per sample, a row of samples some words of 64. Crossed edges are the
 * exclusive or of neighbouring words, so empty space costs a 64th; the number of a vertex is a prefix sum over words
 * plus a bit count within one, so no thread needs to know what another has numbered. Rows are counted, then filled, in
 * parallel over planes.
 */
public final class MarchingCubes {

    /** Affine that turns RAS into LPS, and back. */
    private static final Matrix4dc HALF_TURN = new Matrix4d().scaling(-1, -1, 1);

    private final float[] field;
    private final int nx;
    private final int ny;
    private final int nz;
    private final float level;
    private final Workers workers;
    private final Grid grid;
    private final Matrix4dc indexToFrame;
    private final boolean mirrored;

    // The padded grid: px = nx + 2 samples a row, "words" words of bits each; row (j, k) is row j + py * k.
    private final int py;
    private final int pz;
    private final int words;
    private final long[] inside;

    // For each word of each row, the vertices before its first edge along x, y and z.
    private final int[][] vertexStart = new int[3][];
    private final int[] triangleStart;

    private float[] vertices;
    private int[] triangles;

    private MarchingCubes(Volume field, float level, Matrix4dc indexToFrame, int threads) {
        requireNumber(level);
        this.field = field.voxels();
        this.grid = field.grid();
        this.nx = grid.nx();
        this.ny = grid.ny();
        this.nz = grid.nz();
        this.level = level;
        this.workers = new Workers(threads);
        this.indexToFrame = indexToFrame;
        this.mirrored = indexToFrame.determinant3x3() < 0;
        this.py = ny + 2;
        this.pz = nz + 2;
        this.words = (nx + 2 + 63) / 64;
        long bitWords = (long) words * py * pz;
        if (bitWords > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a grid of " + nx + " x " + ny + " x " + nz + " is too large");
        }
        this.inside = new long[(int) bitWords];
        this.triangleStart = new int[py * pz + 1];
    }

    /**
     * The surface where a field passes the level, in patient millimetres.
     *
     * @param field values at or above the level are inside; NaN is outside
     * @param level a number: an {@link IllegalArgumentException} for NaN
     * @param frame the direction of the mesh's axes
     * @param threads at least 1; the result does not depend on it
     * @return a mesh, empty where nothing is inside
     */
    public static TriangleMesh extract(Volume field, float level, Frame frame, int threads) {
        return new MarchingCubes(field, level, indexToFrame(field.grid(), frame), threads).extract(frame);
    }

    /** As above, with the engine's own kernels where it has them. */
    public static TriangleMesh extract(Engine engine, Volume field, float level, Frame frame, int threads) {
        requireNumber(level);
        return engine.isosurface(field.voxels(), field.nx(), field.ny(), field.nz(), level)
                .map(surface -> toPatient(surface, field, frame))
                .orElseGet(() -> extract(field, level, frame, threads));
    }

    // Nothing is at or above NaN: a surface that is empty would say that the field is.
    private static void requireNumber(float level) {
        if (Float.isNaN(level)) {
            throw new IllegalArgumentException("level " + level);
        }
    }

    private static TriangleMesh toPatient(Isosurface surface, Volume field, Frame frame) {
        Matrix4dc indexToFrame = indexToFrame(field.grid(), frame);
        float[] vertices = new float[surface.vertices().length];
        Vector3d point = new Vector3d();
        for (int v = 0; v < vertices.length; v += 3) {
            indexToFrame.transformPosition(point.set(
                    surface.vertices()[v], surface.vertices()[v + 1], field.grid().steps(surface.vertices()[v + 2])));
            vertices[v] = (float) point.x;
            vertices[v + 1] = (float) point.y;
            vertices[v + 2] = (float) point.z;
        }
        int[] triangles = surface.triangles().clone();
        if (indexToFrame.determinant3x3() < 0) {
            for (int t = 0; t < triangles.length; t += 3) {
                triangles[t + 1] = surface.triangles()[t + 2];
                triangles[t + 2] = surface.triangles()[t + 1];
            }
        }
        return new TriangleMesh(vertices, triangles, frame);
    }

    static Matrix4dc indexToFrame(Grid grid, Frame frame) {
        return inFrame(grid.indexToPatient(), frame);
    }

    /** An affine to patient millimetres as one to a frame. */
    static Matrix4d inFrame(Matrix4dc toPatient, Frame frame) {
        return frame == Frame.LPS ? HALF_TURN.mul(toPatient, new Matrix4d()) : new Matrix4d(toPatient);
    }

    private TriangleMesh extract(Frame frame) {
        workers.forEach(nz, (k, worker) -> classify(k));
        int[][] rowVertices = new int[py * pz][];
        workers.forEach(pz, (k, worker) -> countPlane(k, rowVertices));
        numberVertices(rowVertices);
        vertices = new float[3 * rowVertices[py * pz - 1][3]];
        triangles = new int[3 * triangleStart[py * pz]];
        workers.forEach(pz, (k, worker) -> fillPlane(k));
        return new TriangleMesh(vertices, triangles, frame);
    }

    /** Sets the inside bits of the samples of plane k, whose padded plane is k + 1. */
    private void classify(int k) {
        for (int j = 0; j < ny; j++) {
            int source = nx * (j + ny * k);
            int target = words * (j + 1 + py * (k + 1));
            long bits = 0;
            for (int i = 0; i < nx; i++) {
                bits |= (long) MarchingCubesCell.inside(field[source + i], level) << (i + 1);
                if ((i + 1 & 63) == 63) {
                    inside[target + (i + 1 >> 6)] = bits;
                    bits = 0;
                }
            }
            if ((nx & 63) != 63) {
                inside[target + (nx >> 6)] = bits;
            }
        }
    }

    // Shifting takes the bit count modulo 64: (i + 1) above is meant so.

    private long word(int j, int k, int w) {
        return j < py && k < pz && w < words ? inside[w + words * (j + py * k)] : 0;
    }

    /** The same word one sample further along x. */
    private long shifted(int j, int k, int w) {
        return word(j, k, w) >>> 1 | word(j, k, w + 1) << 63;
    }

    /** Which samples of a word have a vertex on their edge along an axis. */
    private long crossings(int axis, int j, int k, int w) {
        long here = word(j, k, w);
        return here ^ switch (axis) {
            case 0 -> shifted(j, k, w);
            case 1 -> word(j + 1, k, w);
            default -> word(j, k + 1, w);
        };
    }

    /** Which cells of a word, each named by its lowest corner, have corners both inside and outside. */
    private long activeCells(int j, int k, int w) {
        long any = 0;
        long all = -1;
        for (int corner = 0; corner < 4; corner++) {
            long bits = word(j + (corner & 1), k + (corner >> 1), w);
            long next = shifted(j + (corner & 1), k + (corner >> 1), w);
            any |= bits | next;
            all &= bits & next;
        }
        return any & ~all;
    }

    /** Vertices per axis of each row of plane k, and the triangles of its cells (left in triangleStart). */
    private void countPlane(int k, int[][] rowVertices) {
        int[] start = MarchingCubesTable.start();
        for (int j = 0; j < py; j++) {
            int[] counts = new int[4];
            int count = 0;
            for (int w = 0; w < words; w++) {
                for (int axis = 0; axis < 3; axis++) {
                    counts[axis] += Long.bitCount(crossings(axis, j, k, w));
                }
                for (long cells = activeCells(j, k, w); cells != 0; cells &= cells - 1) {
                    count += MarchingCubesCell.triangleCount(caseOf(Long.numberOfTrailingZeros(cells), j, k, w), start);
                }
            }
            rowVertices[j + py * k] = counts;
            triangleStart[j + py * k + 1] = count;
        }
    }

    /** Row by row: the vertices on x edges, then on y edges, then on z edges. */
    private void numberVertices(int[][] rowVertices) {
        for (int axis = 0; axis < 3; axis++) {
            vertexStart[axis] = new int[inside.length];
        }
        long vertexCount = 0;
        long triangleCount = 0;
        for (int row = 0; row < rowVertices.length; row++) {
            int[] counts = rowVertices[row];
            for (int axis = 0; axis < 3; axis++) {
                int first = (int) vertexCount;
                vertexCount += counts[axis];
                counts[axis] = first;
            }
            counts[3] = (int) vertexCount;
            triangleCount += triangleStart[row + 1];
            if (3 * Math.max(vertexCount, triangleCount) > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("the surface has more than 715 million vertices or triangles");
            }
            triangleStart[row + 1] = (int) triangleCount;
        }
        workers.forEach(pz, (k, worker) -> {
            for (int row = py * k; row < py * (k + 1); row++) {
                for (int axis = 0; axis < 3; axis++) {
                    int number = rowVertices[row][axis];
                    for (int w = 0; w < words; w++) {
                        vertexStart[axis][w + words * row] = number;
                        number += Long.bitCount(crossings(axis, row - py * k, k, w));
                    }
                }
            }
        });
    }

    private void fillPlane(int k) {
        for (int j = 0; j < py; j++) {
            int corner = 3 * triangleStart[j + py * k];
            for (int w = 0; w < words; w++) {
                for (int axis = 0; axis < 3; axis++) {
                    fillVertices(axis, j, k, w);
                }
                for (long cells = activeCells(j, k, w); cells != 0; cells &= cells - 1) {
                    corner = fillTriangles(Long.numberOfTrailingZeros(cells), j, k, w, corner);
                }
            }
        }
    }

    private void fillVertices(int axis, int j, int k, int w) {
        int number = vertexStart[axis][w + words * (j + py * k)];
        for (long bits = crossings(axis, j, k, w); bits != 0; bits &= bits - 1) {
            int i = 64 * w + Long.numberOfTrailingZeros(bits);
            // Back from the padded grid to the samples' own indices.
            double x = i - 1;
            double y = j - 1;
            double z = k - 1;
            switch (axis) {
                case 0 -> x += crossing(i - 1, j - 1, k - 1, i, j - 1, k - 1);
                case 1 -> y += crossing(i - 1, j - 1, k - 1, i - 1, j, k - 1);
                default -> z += crossing(i - 1, j - 1, k - 1, i - 1, j - 1, k);
            }
            z = grid.steps(z);
            vertices[3 * number] = (float) (indexToFrame.m00() * x + indexToFrame.m10() * y + indexToFrame.m20() * z
                    + indexToFrame.m30());
            vertices[3 * number + 1] = (float) (indexToFrame.m01() * x + indexToFrame.m11() * y
                    + indexToFrame.m21() * z + indexToFrame.m31());
            vertices[3 * number + 2] = (float) (indexToFrame.m02() * x + indexToFrame.m12() * y
                    + indexToFrame.m22() * z + indexToFrame.m32());
            number++;
        }
    }

    private float crossing(int i, int j, int k, int otherI, int otherJ, int otherK) {
        boolean within = i >= 0 && j >= 0 && k >= 0 && otherI < nx && otherJ < ny && otherK < nz;
        if (!within) {
            return 0.5f;
        }
        return MarchingCubesCell.crossing(
                field[i + nx * (j + ny * k)], field[otherI + nx * (otherJ + ny * otherK)], level);
    }

    private int fillTriangles(int bit, int j, int k, int w, int corner) {
        int cell = caseOf(bit, j, k, w);
        int[] edges = MarchingCubesTable.edges();
        int end = MarchingCubesTable.start()[cell + 1];
        for (int at = MarchingCubesTable.start()[cell]; at < end; at += 3) {
            int a = vertexOn(edges[at], bit, j, k, w);
            int b = vertexOn(edges[at + 1], bit, j, k, w);
            int c = vertexOn(edges[at + 2], bit, j, k, w);
            triangles[corner] = a;
            triangles[corner + 1] = mirrored ? c : b;
            triangles[corner + 2] = mirrored ? b : c;
            corner += 3;
        }
        return corner;
    }

    /** The number of the vertex on one of a cell's twelve edges. */
    private int vertexOn(int edge, int bit, int j, int k, int w) {
        int axis = MarchingCubesCell.edgeAxis(edge);
        int from = MarchingCubesCell.edgeCorner(edge);
        int at = bit + (from & 1);
        int atWord = w + (at >> 6);
        int atJ = j + (from >> 1 & 1);
        int atK = k + (from >> 2);
        long before = crossings(axis, atJ, atK, atWord) & (1L << at) - 1;
        return vertexStart[axis][atWord + words * (atJ + py * atK)] + Long.bitCount(before);
    }

    private int caseOf(int bit, int j, int k, int w) {
        return (int) (pair(bit, j, k, w) | pair(bit, j + 1, k, w) << 2 | pair(bit, j, k + 1, w) << 4
                | pair(bit, j + 1, k + 1, w) << 6);
    }

    /** The inside bits of two samples in a row. */
    private long pair(int bit, int j, int k, int w) {
        return word(j, k, w) >>> bit & 1 | (shifted(j, k, w) >>> bit & 1) << 1;
    }
}
