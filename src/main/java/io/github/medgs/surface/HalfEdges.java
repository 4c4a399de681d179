package io.github.medgs.surface;

import java.util.Arrays;

/**
 * Which triangles of a mesh meet at which edge.
 *
 * <p>Half-edge h = 3 t + c runs from corner c of triangle t to corner (c + 1) % 3. Its twin is the half-edge of the
 * neighbouring triangle between the same two vertices.
 */
final class HalfEdges {

    /** No other triangle has this edge. */
    static final int BOUNDARY = -1;

    /** The edge has more than two triangles, or two that disagree about its direction. */
    static final int TANGLED = -2;

    private final int[] triangles;
    private final int[] twins;
    private int edgeCount;

    HalfEdges(TriangleMesh mesh) {
        this(mesh.triangles(), mesh.vertexCount());
    }

    HalfEdges(int[] triangles, int vertexCount) {
        this.triangles = triangles;
        this.twins = new int[triangles.length];
        int[] start = new int[vertexCount + 1];
        for (int h = 0; h < triangles.length; h++) {
            start[Math.min(from(h), to(h)) + 1]++;
        }
        for (int v = 0; v < vertexCount; v++) {
            start[v + 1] += start[v];
        }
        // Half-edges by their lower vertex, each as (higher vertex, half-edge) so that sorting brings twins together.
        long[] entries = new long[triangles.length];
        int[] filled = Arrays.copyOf(start, vertexCount);
        for (int h = 0; h < triangles.length; h++) {
            long higher = Math.max(from(h), to(h));
            entries[filled[Math.min(from(h), to(h))]++] = higher << 32 | h;
        }
        for (int v = 0; v < vertexCount; v++) {
            Arrays.sort(entries, start[v], start[v + 1]);
            for (int at = start[v]; at < start[v + 1]; ) {
                int end = at + 1;
                while (end < start[v + 1] && entries[end] >> 32 == entries[at] >> 32) {
                    end++;
                }
                join(entries, at, end);
                at = end;
            }
        }
    }

    private void join(long[] entries, int from, int end) {
        edgeCount++;
        int first = (int) entries[from];
        if (end - from == 1) {
            twins[first] = BOUNDARY;
        } else if (end - from == 2 && from(first) == to((int) entries[from + 1])) {
            int second = (int) entries[from + 1];
            twins[first] = second;
            twins[second] = first;
        } else {
            for (int at = from; at < end; at++) {
                twins[(int) entries[at]] = TANGLED;
            }
        }
    }

    /** The half-edge on the other side, {@link #BOUNDARY} or {@link #TANGLED}. */
    int twin(int halfEdge) {
        return twins[halfEdge];
    }

    int from(int halfEdge) {
        return triangles[halfEdge];
    }

    int to(int halfEdge) {
        return triangles[next(halfEdge)];
    }

    /** The next half-edge round the same triangle. */
    static int next(int halfEdge) {
        return halfEdge % 3 == 2 ? halfEdge - 2 : halfEdge + 1;
    }

    /** The corners of triangles (numbered as the half-edges that start there) that form one fan round a vertex. */
    DisjointSets fans() {
        DisjointSets fans = new DisjointSets(triangles.length);
        for (int h = 0; h < triangles.length; h++) {
            if (twins[h] >= 0) {
                fans.join(h, next(twins[h]));
                fans.join(next(h), twins[h]);
            }
        }
        return fans;
    }

    /** The number of distinct pairs of vertices that are joined by an edge. */
    int edgeCount() {
        return edgeCount;
    }
}
