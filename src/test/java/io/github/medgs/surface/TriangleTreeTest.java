package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
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
                    best = Math.min(best, sampled(mesh, t, x, y, z));
                }
                assertEquals(best, tree.distance(x, y, z), 1e-3 * (1 + best));
            }
        }
    }

    /** The distance found by looking at ever finer points of a triangle: slow, and independent of the code tested. */
    private static double sampled(TriangleMesh mesh, int t, double x, double y, double z) {
        double u = 1.0 / 3;
        double v = 1.0 / 3;
        double best = Double.POSITIVE_INFINITY;
        for (double step = 0.25; step > 1e-6; step *= 0.7) {
            double bestU = u;
            double bestV = v;
            for (int du = -3; du <= 3; du++) {
                for (int dv = -3; dv <= 3; dv++) {
                    double a = Math.clamp(u + du * step, 0, 1);
                    double b = Math.clamp(v + dv * step, 0, 1 - a);
                    double sum = 0;
                    for (int axis = 0; axis < 3; axis++) {
                        double p = (1 - a - b) * mesh.corner(t, 0, axis) + a * mesh.corner(t, 1, axis)
                                + b * mesh.corner(t, 2, axis);
                        double q = axis == 0 ? x : axis == 1 ? y : z;
                        sum += (p - q) * (p - q);
                    }
                    if (sum < best) {
                        best = sum;
                        bestU = a;
                        bestV = b;
                    }
                }
            }
            u = bestU;
            v = bestV;
        }
        return Math.sqrt(best);
    }
}
