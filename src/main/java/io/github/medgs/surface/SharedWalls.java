package io.github.medgs.surface;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Walls between the parts of one file: where two structures touch, each is closed by the same triangles, turned the other way.
 * All together they enclose what they do without them.
 */
public final class SharedWalls {

    private record Corners(int first, int second, int third) {

        /** The same for all three ways to begin. */
        static Corners of(int a, int b, int c) {
            return a < b && a < c ? new Corners(a, b, c) : b < c ? new Corners(b, c, a) : new Corners(c, a, b);
        }

        Corners turned() {
            return new Corners(first, third, second);
        }
    }

    private SharedWalls() {}

    /**
     * The mesh without pairs of equal triangles that face each other, its equal vertices one; itself where there are none, or
     * nothing else.
     */
    public static TriangleMesh without(TriangleMesh mesh) {
        VertexWelder welder = new VertexWelder(mesh.vertexCount());
        int[] welded = new int[mesh.vertexCount()];
        for (int v = 0; v < welded.length; v++) {
            welded[v] = welder.add(mesh.vertices()[3 * v], mesh.vertices()[3 * v + 1], mesh.vertices()[3 * v + 2]);
        }
        int[] corners = Arrays.stream(mesh.triangles()).map(vertex -> welded[vertex]).toArray();
        int left = mesh.triangleCount();
        boolean[] gone = new boolean[left];
        Map<Corners, Integer> seen = new HashMap<>();
        for (int t = 0; t < gone.length; t++) {
            Corners here = Corners.of(corners[3 * t], corners[3 * t + 1], corners[3 * t + 2]);
            Integer facing = seen.remove(here.turned());
            if (facing == null) {
                seen.put(here, t);
            } else {
                gone[t] = true;
                gone[facing] = true;
                left -= 2;
            }
        }
        if (left == gone.length || left == 0) {
            return mesh;
        }
        int[] kept = new int[3 * left];
        int filled = 0;
        for (int t = 0; t < gone.length; t++) {
            if (!gone[t]) {
                System.arraycopy(corners, 3 * t, kept, filled, 3);
                filled += 3;
            }
        }
        return MeshCleaning.compact(welder.vertices(), kept, mesh.frame());
    }
}
