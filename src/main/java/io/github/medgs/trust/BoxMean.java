package io.github.medgs.trust;

/** Means over squares of pixels, cut at the border. */
final class BoxMean {

    private BoxMean() {}

    /** @param reach pixels from the middle of a square to its sides */
    static float[] of(float[] picture, int height, int width, int reach) {
        float[] rows = new float[picture.length];
        for (int row = 0; row < height; row++) {
            along(picture, row * width, 1, width, reach, rows);
        }
        float[] both = new float[picture.length];
        for (int column = 0; column < width; column++) {
            along(rows, column, width, height, reach, both);
        }
        return both;
    }

    // Running sums in double precision: a float would drift over a long row.
    private static void along(float[] in, int start, int step, int count, int reach, float[] out) {
        double sum = 0;
        for (int n = 0; n < Math.min(reach, count); n++) {
            sum += in[start + n * step];
        }
        for (int n = 0; n < count; n++) {
            if (n + reach < count) {
                sum += in[start + (n + reach) * step];
            }
            if (n - reach > 0) {
                sum -= in[start + (n - reach - 1) * step];
            }
            int first = Math.max(0, n - reach);
            int last = Math.min(count - 1, n + reach);
            out[start + n * step] = (float) Math.max(0, sum / (last - first + 1));
        }
    }
}
