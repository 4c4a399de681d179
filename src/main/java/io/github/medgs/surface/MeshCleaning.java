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

/** Taking pieces away from a mesh and closing its holes. Every method returns a new mesh and leaves the old one. */
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
        if (Measures.signedVolume(mesh) < 0) {
            // Inside out: its solids would seem to be cavities.
            return largest(mesh.turnedOver()).turnedOver();
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

    /**
     * Closes what a solid should not have: each open rim gets a fan round its centre, and shells that bound a cavity,
     * with all that floats inside one, are taken away.
     */
    public static TriangleMesh fillHoles(TriangleMesh mesh) {
        TriangleMesh closed = closeRims(mesh);
        DisjointSets pieces = pieces(closed);
        double[] volumes = volumes(closed, pieces);
        List<Shell> cavities = shells(closed, pieces, piece -> volumes[piece] < 0);
        if (cavities.isEmpty()) {
            return closed;
        }
        boolean[] stays = new boolean[volumes.length];
        for (int v = 0; v < volumes.length; v++) {
            int vertex = v;
            stays[v] = volumes[v] > 0 && cavities.stream().noneMatch(cavity -> cavity.holds(vertex));
        }
        return keep(closed, piece -> stays[piece], pieces);
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

    private static TriangleMesh closeRims(TriangleMesh mesh) {
        HalfEdges edges = new HalfEdges(mesh);
        boolean[] done = new boolean[mesh.triangles().length];
        List<int[]> rims = new ArrayList<>();
        int corners = 0;
        for (int h = 0; h < done.length; h++) {
            if (edges.twin(h) == HalfEdges.BOUNDARY && !done[h]) {
                int[] rim = rim(edges, h, done);
                rims.add(rim);
                corners += 3 * rim.length;
            }
        }
        if (rims.isEmpty()) {
            return mesh;
        }
        float[] vertices = Arrays.copyOf(mesh.vertices(), mesh.vertices().length + 3 * rims.size());
        int[] triangles = Arrays.copyOf(mesh.triangles(), mesh.triangles().length + corners);
        int at = mesh.triangles().length;
        int centre = mesh.vertexCount();
        for (int[] rim : rims) {
            for (int halfEdge : rim) {
                triangles[at++] = edges.to(halfEdge);
                triangles[at++] = edges.from(halfEdge);
                triangles[at++] = centre;
                for (int axis = 0; axis < 3; axis++) {
                    vertices[3 * centre + axis] += mesh.vertices()[3 * edges.from(halfEdge) + axis] / rim.length;
                }
            }
            centre++;
        }
        return parted(new TriangleMesh(vertices, triangles, mesh.frame()));
    }

    /** Where several fans of triangles meet in one vertex, each but the first gets a copy of it. */
    private static TriangleMesh parted(TriangleMesh mesh) {
        HalfEdges edges = new HalfEdges(mesh);
        DisjointSets fans = edges.fans();
        int[] triangles = mesh.triangles().clone();
        int[] vertexOfFan = new int[triangles.length];
        boolean[] taken = new boolean[mesh.vertexCount()];
        int count = mesh.vertexCount();
        float[] vertices = mesh.vertices();
        for (int h = 0; h < triangles.length; h++) {
            int vertex = mesh.triangles()[h];
            if (fans.find(h) == h) {
                vertexOfFan[h] = taken[vertex] ? count++ : vertex;
                taken[vertex] = true;
                if (vertexOfFan[h] >= mesh.vertexCount()) {
                    vertices = Arrays.copyOf(vertices, 3 * count);
                    System.arraycopy(vertices, 3 * vertex, vertices, 3 * count - 3, 3);
                }
            }
            // A fan is named by its lowest corner, which has been seen by now.
            triangles[h] = vertexOfFan[fans.find(h)];
        }
        return new TriangleMesh(vertices, triangles, mesh.frame());
    }

    /** The open half-edges of one rim, each starting where the one before ends. */
    private static int[] rim(HalfEdges edges, int first, boolean[] done) {
        int[] rim = new int[16];
        int count = 0;
        for (int h = first; !done[h]; ) {
            done[h] = true;
            if (count == rim.length) {
                rim = Arrays.copyOf(rim, 2 * count);
            }
            rim[count++] = h;
            int next = HalfEdges.next(h);
            // Round the vertex to the open edge that leaves it in the same fan; a tangled edge ends the walk.
            while (edges.twin(next) >= 0) {
                next = HalfEdges.next(edges.twin(next));
            }
            h = edges.twin(next) == HalfEdges.BOUNDARY ? next : h;
        }
        return Arrays.copyOf(rim, count);
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
