package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.util.List;

/**
 * A prostate in transrectal ultrasound: fully developed speckle, log-compressed to 0..255, weaker with depth; the probe
 * lies behind (at the bottom of a slice). Label 1 is the gland, an exact ellipsoid.
 */
final class ProstatePhantom {

    private static final double WIDTH = 24;
    private static final double DEPTH = 16.5;
    private static final double LENGTH = 20;
    private static final double PROBE_Y = -34;

    private ProstatePhantom() {}

    static Phantom make(String name, Grid grid, long seed) {
        Scene scene = scene();
        float[] echo = scene.image(grid);
        // Speckle: the echo's amplitude is the length of a complex Gaussian, coarser sideways than in depth.
        float[] real = Noise.blurred(grid, seed, 1.3, 0.7);
        float[] imaginary = Noise.blurred(grid, seed + 1, 1.3, 0.7);
        for (int n = 0; n < echo.length; n++) {
            double amplitude = Math.sqrt(0.5 * (real[n] * real[n] + imaginary[n] * imaginary[n]));
            double depth = depth(grid, n);
            double decibels = echo[n] + 20 * StrictMath.log10(Math.max(amplitude, 0.03)) * 0.55 - 0.22 * depth;
            echo[n] = (float) (255 * (decibels + 50) / 60);
        }
        Volume image = Phantom.rounded(new Volume(grid, echo), ScalarType.UINT8);
        double volume = 4.0 / 3 * Math.PI * WIDTH * DEPTH * LENGTH;
        return new Phantom(name, "prostate in transrectal ultrasound; label 1 is the gland", image, ScalarType.UINT8,
                scene.mask(grid), null, List.of(Structure.exactVolume(1, "prostate", volume)));
    }

    // Intensities are echo strengths in decibels below the brightest.
    private static Scene scene() {
        Scene scene = new Scene(-14);
        scene.paint(Shape.ellipsoid(0, 26, 22, 22, 13, 16), -48, 0);
        scene.paint(Shape.capsule(0, 22, -60, 0, 26, 4, 8), -22, 0);
        scene.paint(Shape.ellipsoid(0, 0, 0, WIDTH + 1, DEPTH + 1, LENGTH + 1), -7, 0);
        scene.paint(Shape.ellipsoid(0, 0, 0, WIDTH, DEPTH, LENGTH), -17, 1);
        scene.paint(Shape.ellipsoid(-8, 4, 3, 11, 9, 12).or(Shape.ellipsoid(8, 4, 3, 11, 9, 12)), -23, 1);
        scene.paint(Shape.ellipsoid(13, -8, -3, 5, 4, 5), -29, 1);
        scene.paint(Shape.capsule(0, 6, -18, 0, 8, 18, 1.8), -40, 1);
        scene.paint(Shape.capsule(0, PROBE_Y - 12, -100, 0, PROBE_Y - 12, 100, 14), -3, 0);
        scene.paint(Shape.capsule(0, PROBE_Y - 13, -100, 0, PROBE_Y - 13, 100, 12), -60, 0);
        return scene;
    }

    // Millimetres from the probe's surface, in front of it.
    private static double depth(Grid grid, int n) {
        int j = n / grid.nx() % grid.ny();
        int k = n / grid.nx() / grid.ny();
        double y = grid.indexToPatient().m11() * j + grid.indexToPatient().m21() * k + grid.indexToPatient().m31();
        return Math.max(0, y - PROBE_Y);
    }
}
