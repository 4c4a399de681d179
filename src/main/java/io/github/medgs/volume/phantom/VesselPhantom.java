package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.util.List;

/**
 * An abdominal aorta with a fusiform aneurysm in CT angiography; it leaves the volume above and below, as vessels do.
 *
 * <p>Every horizontal cross-section is a circle of radius r(z) = r0 + b exp(-z^2 / 2 s^2) round a wandering centre, so
 * by Cavalieri's principle its volume between two heights is the integral of pi r(z)^2.
 */
final class VesselPhantom {

    private static final double RADIUS = 10;
    private static final double BULGE_LENGTH = 18;

    private VesselPhantom() {}

    /** @param bulge b: how much the aneurysm adds to the radius, in millimetres */
    static Phantom make(String name, String description, Grid grid, double bulge, String date, long seed) {
        Scene scene = scene(bulge);
        float[] voxels = scene.image(grid);
        float[] noise = Noise.blurred(grid, seed, 0.6, 0.6);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] += 13 * noise[n];
        }
        Volume image = Phantom.rounded(new Volume(grid, voxels), ScalarType.INT16);
        double half = grid.nz() * grid.spacing(2) / 2;
        double middle = grid.indexToPatient().m32() + half - grid.spacing(2) / 2;
        return new Phantom(name, description, image, ScalarType.INT16, scene.mask(grid), date,
                List.of(Structure.exactVolume(1, "aorta", volume(bulge, middle - half, middle + half))));
    }

    private static Scene scene(double bulge) {
        Scene scene = new Scene(-90);
        scene.paint(Shape.ellipsoid(0, -46, 0, 24, 22, 400), 380, 0);
        scene.paint(Shape.capsule(-40, -40, -400, -34, -36, 400, 17).or(
                Shape.capsule(40, -40, -400, 34, -36, 400, 17)), 55, 0);
        scene.paint(Shape.capsule(-26, -6, -400, -24, -2, 400, 9), 130, 0);
        scene.paint(Shape.ellipsoid(30, 34, -20, 22, 16, 50), 35, 0);
        scene.paint(aorta(bulge), 310, 1);
        return scene;
    }

    private static Shape aorta(double bulge) {
        return (x, y, z) -> {
            double dx = x - 3 * StrictMath.sin(z / 23);
            double dy = y - 4 - 3 * StrictMath.cos(z / 31);
            return Math.sqrt(dx * dx + dy * dy) - radius(bulge, z);
        };
    }

    private static double radius(double bulge, double z) {
        return RADIUS + bulge * StrictMath.exp(-0.5 * z * z / (BULGE_LENGTH * BULGE_LENGTH));
    }

    // Simpson's rule; so smooth a profile is exact to far more digits than anybody needs.
    private static double volume(double bulge, double from, double to) {
        int intervals = 1000;
        double step = (to - from) / intervals;
        double sum = 0;
        for (int n = 0; n <= intervals; n++) {
            double r = radius(bulge, from + n * step);
            sum += (n == 0 || n == intervals ? 1 : n % 2 == 1 ? 4 : 2) * Math.PI * r * r;
        }
        return sum * step / 3;
    }
}
