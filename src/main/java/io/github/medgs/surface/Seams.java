package io.github.medgs.surface;

import java.util.Arrays;

/**
 * Seams of a mesh as read: where triangles meet in space but name vertices of their own, because the program that wrote
 * them gives each face its own normals, or its own place in a texture. By its numbers the surface is open there.
 */
final class Seams {

    private Seams() {}

    /**
     * The mesh with equal points at its open edges made one, within each part that has fewer open edges for it; itself
     * where none has. Parts stay apart, and so do vertices where no edge is open: structures may share walls.
     *
     * @param starts the first triangle of each part, rising; the first part begins with triangle 0
     */
    static TriangleMesh joined(TriangleMesh mesh, int... starts) {
        HalfEdges edges = new HalfEdges(mesh);
        int[] open = openEdges(edges, mesh, starts);
        if (Arrays.stream(open).allMatch(count -> count == 0)) {
            return mesh;
        }
        boolean[] ends = new boolean[mesh.vertexCount()];
        for (int h = 0; h < mesh.triangles().length; h++) {
            if (edges.twin(h) == HalfEdges.BOUNDARY) {
                ends[edges.from(h)] = true;
                ends[edges.to(h)] = true;
            }
        }
        boolean[] chosen = new boolean[starts.length];
        Arrays.fill(chosen, true);
        TriangleMesh all = joined(mesh, ends, starts, chosen);
        int[] left = openEdges(new HalfEdges(all), all, starts);
        boolean any = false;
        for (int part = 0; part < starts.length; part++) {
            chosen[part] = left[part] < open[part];
            any |= chosen[part];
        }
        return any ? joined(mesh, ends, starts, chosen) : mesh;
    }

    private static int[] openEdges(HalfEdges edges, TriangleMesh mesh, int[] starts) {
        int[] open = new int[starts.length];
        for (int part = 0; part < starts.length; part++) {
            for (int h = 3 * starts[part]; h < end(mesh, starts, part); h++) {
                open[part] += edges.twin(h) == HalfEdges.BOUNDARY ? 1 : 0;
            }
        }
        return open;
    }

    private static TriangleMesh joined(TriangleMesh mesh, boolean[] ends, int[] starts, boolean[] chosen) {
        // Sets, and not numbers of each part's own: what parts have in common they keep.
        DisjointSets same = new DisjointSets(mesh.vertexCount());
        for (int part = 0; part < starts.length; part++) {
            if (chosen[part]) {
                join(mesh, ends, 3 * starts[part], end(mesh, starts, part), same);
            }
        }
        int[] triangles = new int[mesh.triangles().length];
        for (int h = 0; h < triangles.length; h++) {
            triangles[h] = same.find(mesh.triangles()[h]);
        }
        return MeshCleaning.compact(mesh.vertices(), triangles, mesh.frame());
    }

    private static void join(TriangleMesh mesh, boolean[] ends, int from, int to, DisjointSets same) {
        VertexWelder welder = new VertexWelder((to - from) / 3);
        int[] firsts = new int[to - from];
        int points = 0;
        for (int h = from; h < to; h++) {
            int vertex = mesh.triangles()[h];
            if (ends[vertex]) {
                int at = 3 * vertex;
                int point = welder.add(mesh.vertices()[at], mesh.vertices()[at + 1], mesh.vertices()[at + 2]);
                if (point == points) {
                    firsts[points++] = vertex;
                }
                same.join(firsts[point], vertex);
            }
        }
    }

    private static int end(TriangleMesh mesh, int[] starts, int part) {
        return part + 1 < starts.length ? 3 * starts[part + 1] : mesh.triangles().length;
    }
}
