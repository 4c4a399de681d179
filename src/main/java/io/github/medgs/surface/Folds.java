package io.github.medgs.surface;

import java.util.Arrays;
import org.joml.Vector3dc;

/**
 * Where a smoothed closed surface still folds: the vertices round edges whose two triangles turn away from each other by
 * more than {@value #LARGEST} degrees. On a smooth organ those are pixels that stick out of a section's outline.
 */
final class Folds {

    /** Degrees between neighbouring triangles that are left alone. */
    private static final double LARGEST = 28;

    private final int[] triangles;
    private final HalfEdges edges;
    private final boolean[] without;
    private final Vector3dc scale;
    private final double[] normals;

    /**
     * @param without vertices round which nothing is looked for
     * @param scale length of a step along each axis of the positions, so that angles are those in space
     */
    Folds(TriangleMesh mesh, boolean[] without, Vector3dc scale) {
        this.triangles = mesh.triangles();
        this.edges = new HalfEdges(mesh);
        this.without = without;
        this.scale = scale;
        this.normals = new double[triangles.length];
    }

    /**
     * Finds them.
     *
     * @param positions of the vertices, three numbers each
     * @param folded receives for each vertex whether it is at one or next to one
     */
    boolean find(double[] positions, boolean[] folded) {
        for (int t = 0; t < triangles.length; t += 3) {
            normal(positions, t);
        }
        boolean[] at = new boolean[folded.length];
        double least = Math.cos(Math.toRadians(LARGEST));
        boolean any = false;
        for (int h = 0; h < triangles.length; h++) {
            int twin = edges.twin(h);
            int a = h / 3 * 3;
            int b = twin / 3 * 3;
            if (twin > h && normals[a] * normals[b] + normals[a + 1] * normals[b + 1] + normals[a + 2] * normals[b + 2] < least
                    && !without[triangles[h]] && !without[triangles[twin]]) {
                any = true;
                at[triangles[h]] = true;
                at[triangles[twin]] = true;
            }
        }
        Arrays.fill(folded, false);
        for (int t = 0; any && t < triangles.length; t += 3) {
            if (at[triangles[t]] || at[triangles[t + 1]] || at[triangles[t + 2]]) {
                for (int corner = 0; corner < 3; corner++) {
                    folded[triangles[t + corner]] = true;
                }
            }
        }
        return any;
    }

    /** Of length 1; 0 for a triangle without area, which folds at all its edges. */
    private void normal(double[] positions, int t) {
        int a = 3 * triangles[t];
        int b = 3 * triangles[t + 1];
        int c = 3 * triangles[t + 2];
        double ux = scale.x() * (positions[b] - positions[a]);
        double uy = scale.y() * (positions[b + 1] - positions[a + 1]);
        double uz = scale.z() * (positions[b + 2] - positions[a + 2]);
        double vx = scale.x() * (positions[c] - positions[a]);
        double vy = scale.y() * (positions[c + 1] - positions[a + 1]);
        double vz = scale.z() * (positions[c + 2] - positions[a + 2]);
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double length = Math.sqrt(x * x + y * y + z * z);
        normals[t] = length > 0 ? x / length : 0;
        normals[t + 1] = length > 0 ? y / length : 0;
        normals[t + 2] = length > 0 ? z / length : 0;
    }
}
