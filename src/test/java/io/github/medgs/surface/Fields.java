package io.github.medgs.surface;

import io.github.medgs.volume.Volume;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/** Analytic fields for tests: signed distances in millimetres, positive inside, on any grid. */
public final class Fields {

    private Fields() {}

    /** A function of a point in patient millimetres (RAS). */
    @FunctionalInterface
    public interface Solid {
        double inside(double x, double y, double z);
    }

    public static Solid sphere(double cx, double cy, double cz, double radius) {
        return (x, y, z) -> radius - Math.sqrt(sq(x - cx) + sq(y - cy) + sq(z - cz));
    }

    public static Solid torus(double ring, double tube) {
        return (x, y, z) -> tube - Math.sqrt(sq(Math.sqrt(x * x + y * y) - ring) + z * z);
    }

    /** Round everywhere between two points. */
    public static Solid capsule(Vector3d a, Vector3d b, double radius) {
        Vector3d ab = new Vector3d(b).sub(a);
        return (x, y, z) -> {
            Vector3d ap = new Vector3d(x, y, z).sub(a);
            double share = Math.clamp(ap.dot(ab) / ab.lengthSquared(), 0, 1);
            return radius - ap.sub(new Vector3d(ab).mul(share)).length();
        };
    }

    public static Solid union(Solid... solids) {
        return (x, y, z) -> {
            double most = Double.NEGATIVE_INFINITY;
            for (Solid solid : solids) {
                most = Math.max(most, solid.inside(x, y, z));
            }
            return most;
        };
    }

    /** A stem along z that divides in two. */
    public static Solid branchingTube() {
        Vector3d fork = new Vector3d(0, 0, 2);
        return union(capsule(new Vector3d(0, 0, -22), fork, 6), capsule(fork, new Vector3d(14, 0, 20), 5),
                capsule(fork, new Vector3d(-13, 4, 20), 4.5));
    }

    /** A grid whose centre is patient (0, 0, 0), with given spacing, turned when oblique. */
    public static Matrix4d affine(int nx, int ny, int nz, double dx, double dy, double dz, boolean oblique) {
        Matrix4d affine = new Matrix4d();
        if (oblique) {
            affine.rotateXYZ(0.3, -0.4, 0.5);
        }
        return affine.scale(dx, dy, dz).translate(-(nx - 1) / 2.0, -(ny - 1) / 2.0, -(nz - 1) / 2.0);
    }

    public static Volume sample(Solid solid, int nx, int ny, int nz, Matrix4d affine) {
        float[] values = new float[nx * ny * nz];
        Vector3d p = new Vector3d();
        for (int at = 0; at < values.length; at++) {
            affine.transformPosition(p.set(at % nx, at / nx % ny, at / (nx * ny)));
            values[at] = (float) solid.inside(p.x, p.y, p.z);
        }
        return new Volume(nx, ny, nz, values, affine);
    }

    private static double sq(double x) {
        return x * x;
    }
}
