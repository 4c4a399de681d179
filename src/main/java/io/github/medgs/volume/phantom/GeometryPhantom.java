package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.util.List;
import org.joml.Vector3d;

/**
 * Bare shapes of known volume and area, for measuring meshes. The image is a ramp across the surface, 0 outside, 1000
 * inside and 500 exactly on it, so that an isosurface can be held to the formula.
 */
public final class GeometryPhantom {

    /** The ramp reaches this far to either side of the surface, in voxel diagonals. */
    private static final double RAMP = 1.5;

    private static final double SPHERE_RADIUS = 20;
    private static final double RING_RADIUS = 22;
    private static final double TUBE_RADIUS = 8;

    private GeometryPhantom() {}

    static Phantom sphere(String name, Grid grid) {
        double r = SPHERE_RADIUS;
        return make(name, "a ball of radius 20 mm", grid, Shape.sphere(1.2, -0.7, 0.4, r),
                4.0 / 3 * Math.PI * r * r * r, 4 * Math.PI * r * r);
    }

    /** Volume 2 pi^2 R r^2, area 4 pi^2 R r (Pappus). */
    static Phantom torus(String name, Grid grid) {
        return make(name, "a ring of radius 22 mm, 8 mm thick to either side", grid,
                Shape.torus(0.6, 0.3, -0.5, RING_RADIUS, TUBE_RADIUS),
                2 * Math.PI * Math.PI * RING_RADIUS * TUBE_RADIUS * TUBE_RADIUS,
                4 * Math.PI * Math.PI * RING_RADIUS * TUBE_RADIUS);
    }

    /**
     * A trunk with two branches of equal radius r at right angles. Where a branch enters, half of the body common to
     * two crossing cylinders (Steinmetz: volume 16 r^3 / 3, area 16 r^2) is shared, and its skin lies inside.
     */
    static Phantom branchingTube(String name, Grid grid) {
        double r = TUBE_RADIUS;
        double trunk = 56;
        double branch = 24;
        Shape tube = Shape.capsule(0, 0, -trunk / 2, 0, 0, trunk / 2, r)
                .or(Shape.capsule(0, 0, 12, branch, 0, 12, r))
                .or(Shape.capsule(0, 0, -12, 0, branch, -12, r));
        double volume = Math.PI * r * r * trunk + 4.0 / 3 * Math.PI * r * r * r
                + 2 * (Math.PI * r * r * branch + 2.0 / 3 * Math.PI * r * r * r - 8.0 / 3 * r * r * r);
        double area = 2 * Math.PI * r * trunk + 4 * Math.PI * r * r
                + 2 * (2 * Math.PI * r * branch + 2 * Math.PI * r * r - 8 * r * r);
        return make(name, "a trunk with two branches at right angles, radius 8 mm", grid, tube, volume, area);
    }

    private static Phantom make(String name, String description, Grid grid, Shape shape, double volume, double area) {
        float[] field = field(shape, grid);
        for (int n = 0; n < field.length; n++) {
            field[n] *= 1000;
        }
        return new Phantom(name, description, Phantom.rounded(new Volume(grid, field), ScalarType.INT16),
                ScalarType.INT16, new Scene(0).paint(shape, 1, 1).mask(grid), null,
                List.of(Structure.exact(1, name, volume, area)));
    }

    /** A shape as a field in [0, 1] whose level 0.5 is exactly its surface. */
    public static float[] field(Shape shape, Grid grid) {
        double ramp = RAMP * Math.sqrt(grid.spacing(0) * grid.spacing(0) + grid.spacing(1) * grid.spacing(1)
                + grid.spacing(2) * grid.spacing(2));
        float[] field = new float[(int) grid.count()];
        Vector3d point = new Vector3d();
        for (int n = 0; n < field.length; n++) {
            point.set(n % grid.nx(), n / grid.nx() % grid.ny(), n / grid.nx() / grid.ny());
            grid.indexToPatient().transformPosition(point);
            field[n] = (float) Math.clamp(0.5 - 0.5 * shape.signedDistance(point.x, point.y, point.z) / ramp, 0, 1);
        }
        return field;
    }
}
