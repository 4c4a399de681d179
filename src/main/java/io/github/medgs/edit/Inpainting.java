package io.github.medgs.edit;

/**
 * A hole in a picture, filled as a membrane fixed to its rim: each pixel is the mean of its four neighbours. It is the
 * smoothest continuation of what surrounds the hole, and never brighter or darker than the rim.
 */
final class Inpainting {

    private static final float OVER_RELAXATION = 1.85f;
    private static final float SETTLED = 1e-5f;
    private static final int MOST_ROUNDS = 2000;

    private Inpainting() {}

    /**
     * @param picture row by row, changed where the hole is
     * @param otherwise what fills a hole without a rim
     */
    static void fill(float[] picture, boolean[] hole, int width, float otherwise) {
        float mean = rimMean(picture, hole, width);
        for (int p = 0; p < picture.length; p++) {
            if (hole[p]) {
                picture[p] = Float.isNaN(mean) ? otherwise : mean;
            }
        }
        if (Float.isNaN(mean)) {
            return;
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            float largest = 0;
            for (int p = 0; p < picture.length; p++) {
                if (hole[p]) {
                    float step = OVER_RELAXATION * (neighbourMean(picture, p, width) - picture[p]);
                    picture[p] += step;
                    largest = Math.max(largest, Math.abs(step));
                }
            }
            if (largest < SETTLED) {
                return;
            }
        }
    }

    private static float rimMean(float[] picture, boolean[] hole, int width) {
        double sum = 0;
        int count = 0;
        for (int p = 0; p < picture.length; p++) {
            int column = p % width;
            boolean rim = !hole[p] && (column > 0 && hole[p - 1] || column + 1 < width && hole[p + 1]
                    || p >= width && hole[p - width] || p + width < hole.length && hole[p + width]);
            if (rim) {
                sum += picture[p];
                count++;
            }
        }
        return count == 0 ? Float.NaN : (float) (sum / count);
    }

    /** At the picture's edge the mean of those neighbours there are. */
    private static float neighbourMean(float[] picture, int p, int width) {
        int column = p % width;
        float sum = 0;
        int count = 0;
        if (column > 0) {
            sum += picture[p - 1];
            count++;
        }
        if (column + 1 < width) {
            sum += picture[p + 1];
            count++;
        }
        if (p >= width) {
            sum += picture[p - width];
            count++;
        }
        if (p + width < picture.length) {
            sum += picture[p + width];
            count++;
        }
        return count == 0 ? picture[p] : sum / count;
    }
}
