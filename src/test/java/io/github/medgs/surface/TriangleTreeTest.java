package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class TriangleTreeTest {

    @Test
    void equalsTheSearchOverAllTriangles() {
        Random random = new Random(1);
        for (int count : new int[] {1, 2, 5, 64, 700}) {
            float[] vertices = new float[9 * count];
            for (int i = 0; i < vertices.length; i++) {
                vertices[i] = (float) (10 * random.nextGaussian());
            }
            int[] triangles = new int[3 * count];
            for (int i = 0; i < triangles.length; i++) {
                // Some triangles are segments or points.
                triangles[i] = random.nextInt(8) == 0 ? i / 3 * 3 : i;
            }
            TriangleMesh mesh = new TriangleMesh(vertices, triangles, Frame.LPS);
            TriangleTree tree = new TriangleTree(mesh);
            for (int trial = 0; trial < 200; trial++) {
                double x = 15 * random.nextGaussian();
                double y = 15 * random.nextGaussian();
                double z = 15 * random.nextGaussian();
                double best = Double.POSITIVE_INFINITY;
                for (int t = 0; t < count; t++) {
                    best = Math.min(best, solved(mesh, t, x, y, z));
                }
                assertEquals(best, tree.distance(x, y, z), 1e-5 * (1 + best));
            }
        }
    }

    /** The least of: the foot on the plane by a linear system, where it is within; the three segments by vectors. */
    private static double solved(TriangleMesh mesh, int t, double x, double y, double z) {
        Vector3d p = new Vector3d(x, y, z);
        Vector3d[] c = new Vector3d[3];
        for (int i = 0; i < 3; i++) {
            c[i] = new Vector3d(mesh.corner(t, i, 0), mesh.corner(t, i, 1), mesh.corner(t, i, 2));
        }
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 3; i++) {
            Vector3d side = new Vector3d(c[(i + 1) % 3]).sub(c[i]);
            double share = new Vector3d(p).sub(c[i]).dot(side) / side.lengthSquared();
            share = Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
            best = Math.min(best, new Vector3d(side).mul(share).add(c[i]).distance(p));
        }
        Vector3d u = new Vector3d(c[1]).sub(c[0]);
        Vector3d v = new Vector3d(c[2]).sub(c[0]);
        Vector3d w = new Vector3d(p).sub(c[0]);
        double determinant = u.dot(u) * v.dot(v) - u.dot(v) * u.dot(v);
        double a = (w.dot(u) * v.dot(v) - w.dot(v) * u.dot(v)) / determinant;
        double b = (w.dot(v) * u.dot(u) - w.dot(u) * u.dot(v)) / determinant;
        if (a >= 0 && b >= 0 && a + b <= 1) {
            best = Math.min(best, new Vector3d(u).mul(a).add(new Vector3d(v).mul(b)).distance(w));
        }
        return best;
    }
}
