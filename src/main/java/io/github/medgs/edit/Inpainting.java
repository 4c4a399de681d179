package io.github.medgs.edit;

import java.util.stream.IntStream;

/**
 * A hole in a picture, filled as a membrane fixed to its rim: each pixel is the mean of its four neighbours. It is the
 * smoothest continuation of what surrounds the hole, and never brighter or darker than the rim.
 */
final class Inpainting {

    /** Of a picture's range: how far from settled it may stay. */
    private static final double SETTLED = 1e-5;
    private static final int MOST_ROUNDS_A_PIXEL = 10;
    private static final int NEIGHBOURS = 4;

    private Inpainting() {}

    /**
     * @param picture row by row, changed where the hole is
     * @param otherwise what fills a hole without a rim
     */
    static void fill(float[] picture, boolean[] hole, int width, float otherwise) {
        float mean = rimMean(picture, hole, width);
        int[] pixels = IntStream.range(0, hole.length).filter(p -> hole[p]).toArray();
        for (int p : pixels) {
            picture[p] = Float.isNaN(mean) ? otherwise : mean;
        }
        if (!Float.isNaN(mean)) {
            relax(picture, pixels, width);
        }
    }

    // In double precision: over a large hole single precision loses what a round still changes.
    private static void relax(float[] picture, int[] pixels, int width) {
        double[] values = new double[picture.length];
        for (int p = 0; p < picture.length; p++) {
            values[p] = picture[p];
        }
        int[] neighbours = new int[NEIGHBOURS * pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            neighbours(pixels[n], width, picture.length, neighbours, NEIGHBOURS * n);
        }
        int height = picture.length / width;
        double relaxation = overRelaxation(pixels, width, height);
        double settled = SETTLED * (2 - relaxation);
        double largest = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS_A_PIXEL * (width + height) && largest >= settled; round++) {
            largest = 0;
            for (int n = 0; n < pixels.length; n++) {
                int at = NEIGHBOURS * n;
                double mean = 0.25 * (values[neighbours[at]] + values[neighbours[at + 1]] + values[neighbours[at + 2]]
                        + values[neighbours[at + 3]]);
                double step = relaxation * (mean - values[pixels[n]]);
                values[pixels[n]] += step;
                largest = Math.max(largest, Math.abs(step));
            }
        }
        for (int p : pixels) {
            picture[p] = (float) values[p];
        }
    }

    /** The four of them; beyond the picture's edge it goes on as its mirror image. */
    private static void neighbours(int p, int width, int length, int[] out, int at) {
        int column = p % width;
        out[at] = column > 0 ? p - 1 : p;
        out[at + 1] = column + 1 < width ? p + 1 : p;
        out[at + 2] = p >= width ? p - width : p;
        out[at + 3] = p + width < length ? p + width : p;
    }

    /** What settles a rectangle soonest, that about the hole (D. Young, Iterative methods for solving partial difference equations, 1954). */
    private static double overRelaxation(int[] pixels, int width, int height) {
        int[] columns = {width, -1};
        int[] rows = {height, -1};
        for (int p : pixels) {
            columns[0] = Math.min(columns[0], p % width);
            columns[1] = Math.max(columns[1], p % width);
            rows[0] = Math.min(rows[0], p / width);
            rows[1] = Math.max(rows[1], p / width);
        }
        double slowest = (longestWave(columns, width) + longestWave(rows, height)) / 2;
        return 2 / (1 + Math.sqrt(1 - slowest * slowest));
    }

    /** At an edge of the picture nothing holds a hole: it is as long again. */
    private static double longestWave(int[] ends, int size) {
        int length = ends[1] - ends[0] + 1;
        return Math.cos(Math.PI / (ends[0] > 0 && ends[1] + 1 < size ? length + 1 : 2 * length + 1));
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
}
