package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.util.List;

/**
 * A skull-stripped brain, T1-weighted: folded cortex, white matter, ventricles, deep grey nuclei, cerebellum, a slow
 * bias field and Rician noise. Label 1 is tissue, label 2 the ventricles.
 */
final class BrainPhantom {

    private static final double FLUID = 40;
    private static final double GREY = 125;
    private static final double WHITE = 195;
    private static final double NUCLEI = 145;

    private BrainPhantom() {}

    static Phantom make(String name, Grid grid, long seed) {
        Scene scene = scene();
        float[] voxels = scene.image(grid);
        float[] real = Noise.blurred(grid, seed, 0.5, 0.5);
        float[] imaginary = Noise.blurred(grid, seed + 1, 0.5, 0.5);
        for (int n = 0; n < voxels.length; n++) {
            if (voxels[n] < 5) {
                voxels[n] = 0;
                continue;
            }
            double signal = voxels[n] * bias(grid, n) + 4 * real[n];
            voxels[n] = (float) Math.sqrt(signal * signal + 16 * imaginary[n] * imaginary[n]);
        }
        Volume image = Phantom.rounded(new Volume(grid, voxels), ScalarType.UINT8);
        return new Phantom(name, "brain-like T1 on an oblique grid; labels 1 tissue, 2 ventricles", image,
                ScalarType.UINT8, scene.mask(grid), null, List.of(
                        Structure.counted(1, "brain tissue", scene.volume(grid, 1)),
                        Structure.counted(2, "ventricles", scene.volume(grid, 2))));
    }

    private static Scene scene() {
        Shape halves = Shape.ellipsoid(-3, 0, 6, 62, 78, 56).or(Shape.ellipsoid(3, 0, 6, 62, 78, 56));
        Shape fissure = Shape.ellipsoid(0, 0, 70, 1.8, 90, 52);
        Shape cortex = folded(halves, 2.6).minus(fissure);
        Scene scene = new Scene(0);
        scene.paint(halves, FLUID, 0);
        scene.paint(cortex, GREY, 1);
        scene.paint(inset(folded(halves, 5.5), 6.5).minus(inset(fissure, -4)), WHITE, 1);
        scene.paint(Shape.ellipsoid(0, -42, -38, 42, 27, 19), GREY, 1);
        scene.paint(folded(Shape.ellipsoid(0, -41, -37, 34, 19, 12), 2), WHITE, 1);
        scene.paint(Shape.capsule(0, -8, -20, 0, -18, -75, 11), WHITE, 1);
        for (int side = -1; side <= 1; side += 2) {
            scene.paint(Shape.ellipsoid(15 * side, 2, 3, 8, 15, 9), NUCLEI, 1);
            scene.paint(Shape.capsule(7 * side, 28, 14, 10 * side, -14, 18, 5)
                    .or(Shape.capsule(10 * side, -14, 18, 22 * side, -32, 6, 4.5))
                    .or(Shape.capsule(22 * side, -32, 6, 27 * side, -2, -14, 3.5)), FLUID, 2);
        }
        scene.paint(Shape.ellipsoid(0, 0, 2, 2.2, 13, 9), FLUID, 2);
        return scene;
    }

    /** A surface pushed in and out by waves: gyri and sulci. */
    private static Shape folded(Shape shape, double depth) {
        return (x, y, z) -> {
            double distance = shape.signedDistance(x, y, z);
            if (Math.abs(distance) > 4 * depth) {
                return distance;
            }
            double wave = StrictMath.sin(0.31 * x + 1.7 * StrictMath.sin(0.09 * y + 0.4))
                    + StrictMath.sin(0.27 * y + 1.9 * StrictMath.sin(0.11 * z))
                    + StrictMath.sin(0.29 * z + 1.5 * StrictMath.sin(0.10 * x + 1.1));
            // Only inwards: folds stay within the fluid that covers them.
            return distance + 0.5 * depth * (1.2 + wave);
        };
    }

    private static Shape inset(Shape shape, double millimetres) {
        return (x, y, z) -> shape.signedDistance(x, y, z) + millimetres;
    }

    // A coil's sensitivity: a tenth more in front and left than behind and right.
    private static double bias(Grid grid, int n) {
        double i = (double) (n % grid.nx()) / grid.nx() - 0.5;
        double j = (double) (n / grid.nx() % grid.ny()) / grid.ny() - 0.5;
        return 1 + 0.1 * j - 0.08 * i - 0.12 * (i * i + j * j);
    }
}
