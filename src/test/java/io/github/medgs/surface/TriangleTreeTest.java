package io.github.medgs.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

    @Test
    void aPointIsInsideWhereverTheSurfaceGoesRoundIt() {
        // A shell round the origin, and a ball that overlaps it: 12 to 15 from the origin, 4 from (15, 0, 0).
        TriangleMesh shell = mesh((x, y, z) -> Math.min(15 - Math.sqrt(x * x + y * y + z * z),
                Math.sqrt(x * x + y * y + z * z) - 12));
        TriangleMesh ball = mesh(Fields.sphere(15, 0, 0, 4));
        TriangleTree tree = new TriangleTree(MeshFiles.joined(List.of(MeshPart.ofLabel("shell", shell, 1), MeshPart.ofLabel("ball", ball, 2))));
        Random random = new Random(2);
        for (int trial = 0; trial < 5000; trial++) {
            Vector3d p = new Vector3d(random.nextInt(-20, 21), random.nextInt(-20, 21), random.nextInt(-20, 21));
            if (trial % 2 == 0) {
                p.add(random.nextDouble(), random.nextDouble(), random.nextDouble());
            }
            double depth = Math.max(Math.min(15 - p.length(), p.length() - 12), 4 - p.distance(15, 0, 0));
            // The surfaces are of triangles: within this they may cut a corner.
            if (Math.abs(depth) > 0.05) {
                assertEquals(depth > 0, tree.encloses(p.x, p.y, p.z), () -> p + " " + depth);
            }
        }
        // Right beside the middle of every triangle, on both sides.
        TriangleTree alone = new TriangleTree(shell);
        double[] normal = new double[3];
        for (int t = 0; t < shell.triangleCount(); t++) {
            shell.areaVector(t, normal);
            Vector3d away = new Vector3d(normal[0], normal[1], normal[2]);
            Vector3d middle = new Vector3d();
            for (int corner = 0; corner < 3; corner++) {
                middle.add(shell.corner(t, corner, 0) / 3, shell.corner(t, corner, 1) / 3, shell.corner(t, corner, 2) / 3);
            }
            if (away.length() > 1e-3) {
                Vector3d out = away.normalize(1e-4, new Vector3d()).add(middle);
                Vector3d in = away.normalize(-1e-4, new Vector3d()).add(middle);
                assertFalse(alone.encloses(out.x, out.y, out.z));
                assertTrue(alone.encloses(in.x, in.y, in.z));
            }
        }
    }

    private static TriangleMesh mesh(Fields.Solid solid) {
        return MarchingCubes.extract(Fields.sample(solid, 45, 45, 45, Fields.affine(45, 45, 45, 1, 1, 1, false)), 0,
                Frame.RAS, 1);
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
