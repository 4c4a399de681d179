package io.github.medgs.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Taking pieces away from a closed mesh and filling its cavities. Every method returns a new mesh and leaves the old one. */
public final class MeshCleaning {

    private MeshCleaning() {}

    /**
     * Keeps the solid of the largest volume: a piece, with the shells of the cavities in it, which count against it.
     * Pieces hang together through shared vertices.
     */
    public static TriangleMesh largest(TriangleMesh mesh) {
        if (mesh.isEmpty()) {
            return mesh;
        }
        DisjointSets pieces = pieces(mesh);
        double[] volumes = volumes(mesh, pieces);
        List<Shell> cavities = shells(mesh, pieces, piece -> volumes[piece] < 0);
        List<Shell> solids = shells(mesh, pieces, piece -> volumes[piece] > 0);
        solids.sort(Comparator.comparingDouble((Shell solid) -> -volumes[solid.piece]).thenComparingInt(solid -> solid.piece));
        double most = 0;
        Set<Integer> kept = new HashSet<>();
        for (Shell solid : solids) {
            // Cavities make none larger, so as a rule the first is the largest.
            if (volumes[solid.piece] <= most) {
                break;
            }
            List<Shell> floating = solids.stream().filter(other -> other != solid && solid.holds(other.piece)).toList();
            List<Shell> own = cavities.stream().filter(cavity -> solid.holds(cavity.piece)
                    && floating.stream().noneMatch(other -> other.holds(cavity.piece))).toList();
            double volume = volumes[solid.piece] + own.stream().mapToDouble(cavity -> volumes[cavity.piece]).sum();
            if (volume > most) {
                most = volume;
                kept.clear();
                kept.add(solid.piece);
                own.forEach(cavity -> kept.add(cavity.piece));
            }
        }
        return keep(mesh, kept::contains, pieces);
    }

    /** Takes away the shells that bound a cavity, with all that floats inside one. */
    public static TriangleMesh fillHoles(TriangleMesh mesh) {
        DisjointSets pieces = pieces(mesh);
        double[] volumes = volumes(mesh, pieces);
        List<Shell> cavities = shells(mesh, pieces, piece -> volumes[piece] < 0);
        if (cavities.isEmpty()) {
            return mesh;
        }
        boolean[] stays = new boolean[volumes.length];
        for (int v = 0; v < volumes.length; v++) {
            int vertex = v;
            stays[v] = volumes[v] > 0 && cavities.stream().noneMatch(cavity -> cavity.holds(vertex));
        }
        return keep(mesh, piece -> stays[piece], pieces);
    }

    /** The pieces that are wanted and have triangles, each with these in the mesh's order. */
    private static List<Shell> shells(TriangleMesh mesh, DisjointSets pieces, IntPredicate wanted) {
        Map<Integer, IntStream.Builder> corners = new LinkedHashMap<>();
        for (int vertex : mesh.triangles()) {
            int piece = pieces.find(vertex);
            if (wanted.test(piece)) {
                corners.computeIfAbsent(piece, _ -> IntStream.builder()).add(vertex);
            }
        }
        List<Shell> shells = new ArrayList<>();
        corners.forEach((piece, shell) ->
                shells.add(new Shell(piece, new TriangleMesh(mesh.vertices(), shell.build().toArray(), mesh.frame()))));
        return shells;
    }

    /** One piece of a mesh. */
    private static final class Shell {

        /** The vertex that names the piece. */
        private final int piece;
        private final TriangleMesh mesh;
        /** A speckled mask has thousands of cavities, and nearly all are told apart by these. */
        private final double[] bounds;
        private TriangleTree tree;

        /** @param mesh the piece's triangles, with all vertices of the whole mesh */
        Shell(int piece, TriangleMesh mesh) {
            this.piece = piece;
            this.mesh = mesh;
            this.bounds = mesh.bounds();
        }

        /** Whether it goes round a vertex of the whole mesh. */
        boolean holds(int vertex) {
            float[] at = mesh.vertices();
            for (int axis = 0; axis < 3; axis++) {
                if (at[3 * vertex + axis] < bounds[axis] || at[3 * vertex + axis] > bounds[3 + axis]) {
                    return false;
                }
            }
            tree = tree == null ? new TriangleTree(mesh) : tree;
            return tree.encloses(at[3 * vertex], at[3 * vertex + 1], at[3 * vertex + 2]);
        }
    }

    /** The number of pieces that hang together through shared vertices, counting those with a triangle only. */
    public static int componentCount(TriangleMesh mesh) {
        DisjointSets pieces = pieces(mesh);
        boolean[] seen = new boolean[mesh.vertexCount()];
        int count = 0;
        for (int vertex : mesh.triangles()) {
            int piece = pieces.find(vertex);
            count += seen[piece] ? 0 : 1;
            seen[piece] = true;
        }
        return count;
    }

    private static TriangleMesh keep(TriangleMesh mesh, IntPredicate wanted, DisjointSets pieces) {
        int[] kept = new int[mesh.triangles().length];
        int filled = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            if (wanted.test(pieces.find(mesh.triangles()[3 * t]))) {
                System.arraycopy(mesh.triangles(), 3 * t, kept, filled, 3);
                filled += 3;
            }
        }
        return compact(mesh.vertices(), Arrays.copyOf(kept, filled), mesh.frame());
    }

    /** The signed volume of each piece, at the vertex that names it. */
    private static double[] volumes(TriangleMesh mesh, DisjointSets pieces) {
        double[] volumes = new double[mesh.vertexCount()];
        double[] normal = new double[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            mesh.areaVector(t, normal);
            int piece = pieces.find(mesh.triangles()[3 * t]);
            for (int axis = 0; axis < 3; axis++) {
                volumes[piece] += normal[axis] * (mesh.corner(t, 0, axis) - mesh.vertices()[3 * piece + axis]) / 3;
            }
        }
        return volumes;
    }

    /** Vertices by the piece that they hang together with. */
    static DisjointSets pieces(TriangleMesh mesh) {
        DisjointSets pieces = new DisjointSets(mesh.vertexCount());
        int[] corners = mesh.triangles();
        for (int at = 0; at < corners.length; at += 3) {
            pieces.join(corners[at], corners[at + 1]);
            pieces.join(corners[at], corners[at + 2]);
        }
        return pieces;
    }

    /** Drops vertices that no triangle uses; the others keep their order. */
    static TriangleMesh compact(float[] vertices, int[] triangles, Frame frame) {
        int[] number = new int[vertices.length / 3];
        for (int vertex : triangles) {
            number[vertex] = 1;
        }
        int used = 0;
        for (int v = 0; v < number.length; v++) {
            number[v] = number[v] == 1 ? used++ : -1;
        }
        float[] compact = new float[3 * used];
        for (int v = 0; v < number.length; v++) {
            if (number[v] >= 0) {
                System.arraycopy(vertices, 3 * v, compact, 3 * number[v], 3);
            }
        }
        int[] renamed = new int[triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            renamed[i] = number[triangles[i]];
        }
        return new TriangleMesh(compact, renamed, frame);
    }
}
