package io.github.medgs.surface;

import io.github.medgs.volume.Grid;
import java.util.Arrays;
import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * Smoothing that does not shrink.
 *
 * <p>Taubin's pair of steps, one towards the mean of the neighbours and a slightly longer one away from it, takes away
 * ripples of a few edges' length and leaves longer shapes. What little volume is still lost or gained is given back
 * piece by piece ({@link MeshVolumes}); a piece too small or thin to be smoothed stays as it was.
 *
 * <p>Source: G. Taubin, A signal processing approach to fair surface design, SIGGRAPH 1995.
 */
public final class MeshSmoothing {

    private static final double INWARD = 0.5;
    private static final double OUTWARD = -0.53;

    /** Pairs of steps of {@link #fair}, and how far along an axis of the grid a vertex may move, in voxels. */
    private static final int FAIRING = 40;
    private static final double REACH = 0.5;

    /** Pairs of steps round {@link Folds} between two looks for them, and how often they are looked for. */
    private static final int ROUND = 10;
    private static final int MOST_ROUNDS = 8;

    /** Closer to the grid's outer face than this, in voxels, a vertex lies on it; or than so many steps of single precision. */
    private static final double FACE = 1e-3;
    private static final double COARSE_FACE = 4;

    private MeshSmoothing() {}

    /**
     * @param mesh closed; triangles keep their vertices
     * @param iterations pairs of steps; 10 takes the staircase of voxels away, 50 rounds a lot
     */
    public static TriangleMesh taubin(TriangleMesh mesh, int iterations) {
        if (iterations <= 0 || mesh.isEmpty()) {
            return mesh;
        }
        return MeshVolumes.restored(taubin(mesh, new Neighbours(mesh), iterations), mesh);
    }

    /**
     * Takes the staircase of voxels out of a surface: {@value #FAIRING} of Taubin's pairs of steps in voxels, in which no
     * vertex moves further than half a voxel along an axis of the grid, so that nothing thin is lost; and more of them
     * where it still {@linkplain Folds folds}. What lies on the grid's outer faces stays on them: flat where a structure
     * was cut off. The volume stays.
     *
     * @param mesh closed, of marching cubes on the grid
     */
    public static TriangleMesh fair(TriangleMesh mesh, Grid grid) {
        if (mesh.isEmpty()) {
            return mesh;
        }
        return MeshVolumes.restored(faired(mesh, grid, new Neighbours(mesh), true), mesh);
    }

    /**
     * The same of sheets that meet in seams: a vertex on a seam moves along it, one where seams meet or end stays.
     *
     * @param seams for each vertex whether it is on one
     */
    static TriangleMesh fair(TriangleMesh sheets, boolean[] seams, Grid grid) {
        return faired(sheets, grid, new Neighbours(sheets, seams), false);
    }

    private static TriangleMesh faired(TriangleMesh mesh, Grid grid, Neighbours neighbours, boolean closed) {
        Matrix4dc toFrame = MarchingCubes.indexToFrame(grid, mesh.frame());
        double[] from = indices(mesh, grid);
        double[] positions = from.clone();
        boolean[] onFace = onFace(from, grid);
        double[] means = new double[positions.length];
        for (int iteration = 0; iteration < FAIRING; iteration++) {
            fair(positions, from, means, onFace, neighbours, null);
        }
        if (closed) {
            Folds folds = new Folds(mesh, onFaces(mesh, grid), toFrame.getScale(new Vector3d()));
            boolean[] folded = new boolean[mesh.vertexCount()];
            for (int round = 0; round < MOST_ROUNDS && folds.find(positions, folded); round++) {
                for (int iteration = 0; iteration < ROUND; iteration++) {
                    fair(positions, from, means, onFace, neighbours, folded);
                }
            }
        }
        Vector3d point = new Vector3d();
        for (int v = 0; v < positions.length; v += 3) {
            toFrame.transformPosition(point.set(positions[v], positions[v + 1], grid.steps(positions[v + 2])));
            positions[v] = point.x;
            positions[v + 1] = point.y;
            positions[v + 2] = point.z;
        }
        return withPositions(mesh, positions);
    }

    private static void fair(double[] positions, double[] from, double[] means, boolean[] onFace,
            Neighbours neighbours, boolean[] only) {
        neighbours.step(positions, means, INWARD, only);
        neighbours.step(positions, means, OUTWARD, only);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = onFace[i] ? from[i]
                    : Math.clamp(positions[i], from[i] - REACH, from[i] + REACH);
        }
    }

    /** For each coordinate whether it is that of an outer face. */
    private static boolean[] onFace(double[] indices, Grid grid) {
        double[] face = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            face[axis] = Math.max(FACE, COARSE_FACE * grid.coarseness() / grid.spacing(axis));
        }
        boolean[] onFace = new boolean[indices.length];
        for (int i = 0; i < indices.length; i++) {
            onFace[i] = indices[i] < face[i % 3] - 0.5 || indices[i] > grid.size(i % 3) - 0.5 - face[i % 3];
        }
        return onFace;
    }

    /** For each vertex whether it lies on an outer face of the grid. */
    static boolean[] onFaces(TriangleMesh mesh, Grid grid) {
        boolean[] onFace = onFace(indices(mesh, grid), grid);
        boolean[] onFaces = new boolean[mesh.vertexCount()];
        for (int i = 0; i < onFace.length; i++) {
            onFaces[i / 3] |= onFace[i];
        }
        return onFaces;
    }

    /** Where the vertices are among the grid's samples. */
    private static double[] indices(TriangleMesh mesh, Grid grid) {
        Matrix4d toIndex = MarchingCubes.indexToFrame(grid, mesh.frame()).invert(new Matrix4d());
        float[] vertices = mesh.vertices();
        double[] indices = new double[vertices.length];
        Vector3d point = new Vector3d();
        for (int v = 0; v < vertices.length; v += 3) {
            toIndex.transformPosition(point.set(vertices[v], vertices[v + 1], vertices[v + 2]));
            indices[v] = point.x;
            indices[v + 1] = point.y;
            indices[v + 2] = grid.sliceIndex(point.z);
        }
        return indices;
    }

    /**
     * The same of sheets that meet in seams: a vertex on a seam moves along it, one where seams meet or end stays. The
     * volume may change by what smoothing alone changes.
     *
     * @param sheets every edge is on a seam but those of two triangles
     * @param seams for each vertex whether it is on one
     */
    static TriangleMesh taubin(TriangleMesh sheets, boolean[] seams, int iterations) {
        return taubin(sheets, new Neighbours(sheets, seams), iterations);
    }

    private static TriangleMesh taubin(TriangleMesh mesh, Neighbours neighbours, int iterations) {
        double[] positions = new double[mesh.vertices().length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = mesh.vertices()[i];
        }
        double[] means = new double[positions.length];
        for (int iteration = 0; iteration < iterations; iteration++) {
            neighbours.step(positions, means, INWARD, null);
            neighbours.step(positions, means, OUTWARD, null);
        }
        return withPositions(mesh, positions);
    }

    private static TriangleMesh withPositions(TriangleMesh mesh, double[] positions) {
        float[] vertices = new float[positions.length];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = (float) positions[i];
        }
        return mesh.withVertices(vertices);
    }

    /** The vertices joined to each vertex by an edge. */
    private static final class Neighbours {

        private final int[] start;
        private final int[] other;

        Neighbours(TriangleMesh mesh) {
            int[] triangles = mesh.triangles();
            start = new int[mesh.vertexCount() + 1];
            for (int vertex : triangles) {
                start[vertex + 1]++;
            }
            for (int v = 0; v < mesh.vertexCount(); v++) {
                start[v + 1] += start[v];
            }
            // In a closed mesh each edge leaves a vertex once: the next corner of each triangle names every neighbour.
            other = new int[triangles.length];
            int[] filled = Arrays.copyOf(start, mesh.vertexCount());
            for (int h = 0; h < triangles.length; h++) {
                other[filled[triangles[h]]++] = triangles[HalfEdges.next(h)];
            }
        }

        // An edge of a seam has three triangles or more; it is met in each of them.
        Neighbours(TriangleMesh sheets, boolean[] seams) {
            int[] triangles = sheets.triangles();
            long[] pairs = new long[2 * triangles.length];
            for (int h = 0; h < triangles.length; h++) {
                long a = triangles[h];
                long b = triangles[HalfEdges.next(h)];
                pairs[2 * h] = a << 32 | b;
                pairs[2 * h + 1] = b << 32 | a;
            }
            Arrays.sort(pairs);
            start = new int[sheets.vertexCount() + 1];
            int[] found = new int[pairs.length];
            int count = 0;
            int v = 0;
            for (int from = 0; from < pairs.length; ) {
                int to = from;
                while (to < pairs.length && pairs[to] == pairs[from]) {
                    to++;
                }
                int own = (int) (pairs[from] >> 32);
                while (v <= own) {
                    start[v++] = count;
                }
                if (!seams[own] || to - from > 2) {
                    found[count++] = (int) pairs[from];
                }
                from = to;
            }
            while (v < start.length) {
                start[v++] = count;
            }
            other = onlyLines(found, seams);
        }

        // Where a seam does not simply go on, its vertex stays.
        private int[] onlyLines(int[] found, boolean[] seams) {
            for (int v = 0; v < seams.length; v++) {
                if (seams[v] && start[v + 1] - start[v] != 2) {
                    for (int at = start[v]; at < start[v + 1]; at++) {
                        found[at] = v;
                    }
                }
            }
            return found;
        }

        /** @param only which vertices move, or {@code null} for all */
        void step(double[] positions, double[] means, double share, boolean[] only) {
            for (int v = 0; v + 1 < start.length; v++) {
                if (only != null && !only[v]) {
                    System.arraycopy(positions, 3 * v, means, 3 * v, 3);
                    continue;
                }
                int count = start[v + 1] - start[v];
                for (int axis = 0; axis < 3; axis++) {
                    double sum = 0;
                    for (int at = start[v]; at < start[v + 1]; at++) {
                        sum += positions[3 * other[at] + axis];
                    }
                    means[3 * v + axis] = count > 0 ? sum / count : positions[3 * v + axis];
                }
            }
            for (int i = 0; i < positions.length; i++) {
                positions[i] += share * (means[i] - positions[i]);
            }
        }
    }
}
