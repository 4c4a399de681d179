package io.github.medgs.volume.phantom;

import io.github.medgs.volume.Grid;
import java.util.Random;

/** The noise of a scanner, from a seed: the same on every machine. */
final class Noise {

    private Noise() {}

    /** Gaussian noise of unit deviation, blurred within each slice as a scanner's reconstruction does. */
    static float[] blurred(Grid grid, long seed, double sigmaI, double sigmaJ) {
        Random random = new Random(seed);
        float[] noise = new float[(int) grid.count()];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) random.nextGaussian();
        }
        blur(noise, grid, 1, grid.nx(), sigmaI);
        blur(noise, grid, grid.nx(), grid.ny(), sigmaJ);
        return noise;
    }

    // Along one axis, wrapping round, with a kernel that keeps the deviation at one.
    private static void blur(float[] values, Grid grid, int stride, int size, double sigma) {
        if (sigma <= 0) {
            return;
        }
        int radius = (int) Math.ceil(3 * sigma);
        double[] kernel = new double[2 * radius + 1];
        double squares = 0;
        for (int n = 0; n < kernel.length; n++) {
            kernel[n] = StrictMath.exp(-0.5 * (n - radius) * (n - radius) / (sigma * sigma));
            squares += kernel[n] * kernel[n];
        }
        double scale = 1 / Math.sqrt(squares);
        double[] line = new double[size];
        for (int start = 0; start < grid.count(); start++) {
            if (start / stride % size != 0) {
                continue;
            }
            for (int n = 0; n < size; n++) {
                line[n] = values[start + n * stride];
            }
            for (int n = 0; n < size; n++) {
                double sum = 0;
                for (int tap = -radius; tap <= radius; tap++) {
                    sum += kernel[tap + radius] * line[Math.floorMod(n + tap, size)];
                }
                values[start + n * stride] = (float) (sum * scale);
            }
        }
    }
}
