package io.github.medgs.interslice;

import java.util.Arrays;

/** Gaussian blur of a slice, separable, borders continued. */
final class SliceFilter {

    private SliceFilter() {}

    /**
     * Blurs in place.
     *
     * @param image height x width values, input and output
     * @param sigma standard deviation in pixels
     * @param scratch at least height x width values, overwritten
     */
    static void blur(float[] image, int height, int width, float sigma, float[] scratch) {
        float[] taps = taps(sigma);
        int radius = taps.length / 2;
        float[] padded = new float[width + 2 * radius];
        for (int row = 0; row < height; row++) {
            Arrays.fill(padded, 0, radius, image[row * width]);
            System.arraycopy(image, row * width, padded, radius, width);
            Arrays.fill(padded, radius + width, padded.length, image[row * width + width - 1]);
            Arrays.fill(scratch, row * width, (row + 1) * width, 0f);
            for (int tap = 0; tap < taps.length; tap++) {
                addRow(padded, tap, taps[tap], scratch, row * width, width);
            }
        }
        for (int row = 0; row < height; row++) {
            Arrays.fill(image, row * width, (row + 1) * width, 0f);
            for (int tap = -radius; tap <= radius; tap++) {
                addRow(scratch, Math.clamp(row + tap, 0, height - 1) * width, taps[tap + radius], image, row * width, width);
            }
        }
    }

    // A row at once: the compiler makes vectors of it, and every sum has the order of its taps.
    private static void addRow(float[] from, int first, float weight, float[] to, int at, int width) {
        for (int column = 0; column < width; column++) {
            to[at + column] += weight * from[first + column];
        }
    }

    private static float[] taps(float sigma) {
        int radius = Math.max(1, (int) Math.ceil(3 * sigma));
        float[] taps = new float[2 * radius + 1];
        double total = 0;
        for (int tap = -radius; tap <= radius; tap++) {
            total += Math.exp(-0.5 * tap * tap / (sigma * sigma));
        }
        for (int tap = -radius; tap <= radius; tap++) {
            taps[tap + radius] = (float) (Math.exp(-0.5 * tap * tap / (sigma * sigma)) / total);
        }
        return taps;
    }
}
