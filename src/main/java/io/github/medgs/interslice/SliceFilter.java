package io.github.medgs.interslice;

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
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float sum = 0;
                for (int tap = -radius; tap <= radius; tap++) {
                    sum += taps[tap + radius] * image[row * width + Math.clamp(column + tap, 0, width - 1)];
                }
                scratch[row * width + column] = sum;
            }
        }
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float sum = 0;
                for (int tap = -radius; tap <= radius; tap++) {
                    sum += taps[tap + radius] * scratch[Math.clamp(row + tap, 0, height - 1) * width + column];
                }
                image[row * width + column] = sum;
            }
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
