package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.util.List;

/**
 * A right kidney with a tumour in contrast-enhanced CT, in Hounsfield units: cortex and pyramids, sinus fat, liver,
 * spine, psoas and great vessels in fat. Label 1 is the kidney, label 2 the tumour, an exact ball.
 */
final class KidneyPhantom {

    private static final double FAT = -95;
    private static final double MUSCLE = 55;
    private static final double LIVER = 105;
    private static final double BONE = 420;
    private static final double DISC = 80;
    private static final double AORTA = 230;
    private static final double CAVA = 150;
    private static final double CORTEX = 190;
    private static final double PYRAMID = 125;
    private static final double TUMOUR = 88;
    private static final double NECROSIS = 28;

    private static final double ARC_RADIUS = 48;
    private static final double KIDNEY_X = -6;
    private static final double KIDNEY_Y = -8;

    private KidneyPhantom() {}

    /** @param tumourRadius millimetres */
    static Phantom make(String name, String description, Grid grid, double tumourRadius, String date, long seed) {
        Scene scene = scene(tumourRadius);
        float[] voxels = scene.image(grid);
        float[] noise = Noise.blurred(grid, seed, 0.6, 0.6);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] += 11 * noise[n];
        }
        Volume image = Phantom.rounded(new Volume(grid, voxels), ScalarType.INT16);
        double ball = 4.0 / 3 * Math.PI * tumourRadius * tumourRadius * tumourRadius;
        double sphere = 4 * Math.PI * tumourRadius * tumourRadius;
        return new Phantom(name, description, image, ScalarType.INT16, scene.mask(grid), date, List.of(
                Structure.counted(1, "kidney", scene.volume(grid, 1)),
                Structure.exact(2, "tumour", ball, sphere)));
    }

    private static Scene scene(double tumourRadius) {
        Scene scene = new Scene(FAT);
        scene.paint(Shape.ellipsoid(-66, 44, 62, 55, 62, 66), LIVER, 0);
        scene.paint(Shape.capsule(44, -46, -200, 30, -40, 200, 17), MUSCLE, 0);
        paintSpineAndVessels(scene);
        paintKidney(scene);
        // It sits on the upper pole's outer side, half outside, and grows outwards from there.
        double x = KIDNEY_X - 12 - 0.5 * tumourRadius;
        double z = 26;
        scene.paint(Shape.sphere(x, KIDNEY_Y + 4, z, tumourRadius), TUMOUR, 2);
        scene.paint(Shape.ellipsoid(x - 1, KIDNEY_Y + 5, z + 1, 0.5 * tumourRadius, 0.4 * tumourRadius,
                0.45 * tumourRadius), NECROSIS, 2);
        return scene;
    }

    private static void paintSpineAndVessels(Scene scene) {
        for (int level = -3; level <= 3; level++) {
            double middle = 34 * level + 8;
            scene.paint(Shape.ellipsoid(72, -28, middle, 24, 19, 15), BONE, 0);
            scene.paint(Shape.ellipsoid(72, -28, middle + 17, 22, 17, 5), DISC, 0);
        }
        scene.paint(Shape.capsule(66, 8, -200, 62, 6, 200, 10), AORTA, 0);
        scene.paint(Shape.capsule(42, 14, -200, 44, 16, 200, 11), CAVA, 0);
        scene.paint(Shape.capsule(44, 14, 2, 18, -4, 0, 4.5), CAVA, 0);
    }

    private static void paintKidney(Scene scene) {
        Shape kidney = Shape.bean(KIDNEY_X, KIDNEY_Y, 0, ARC_RADIUS, StrictMath.toRadians(38), 24);
        // The sinus opens towards the spine, where the vessels enter: it is no part of the kidney.
        Shape sinus = Shape.ellipsoid(KIDNEY_X + 18, KIDNEY_Y + 1, 0, 17, 10, 21);
        scene.paint(kidney, CORTEX, 1);
        for (int pyramid = -3; pyramid <= 3; pyramid++) {
            for (int side = -1; side <= 1; side += 2) {
                double angle = StrictMath.toRadians(13 * pyramid);
                double distance = ARC_RADIUS + 5;
                double x = KIDNEY_X + ARC_RADIUS - distance * StrictMath.cos(angle);
                double z = distance * StrictMath.sin(angle);
                scene.paint(Shape.ellipsoid(x, KIDNEY_Y + 9.5 * side, z, 7.5, 6, 5), PYRAMID, 1);
            }
        }
        scene.paint(sinus, FAT + 10, 0);
        scene.paint(Shape.capsule(KIDNEY_X + 26, KIDNEY_Y + 3, -2, KIDNEY_X + 10, KIDNEY_Y + 1, 8, 3), CAVA, 0);
        scene.paint(Shape.capsule(KIDNEY_X + 24, KIDNEY_Y - 1, -4, KIDNEY_X + 8, KIDNEY_Y - 1, -9, 3.5), 15, 0);
    }
}
