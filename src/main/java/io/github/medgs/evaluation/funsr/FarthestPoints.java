package io.github.medgs.evaluation.funsr;

import java.util.Arrays;

/** Points spread evenly: each next one is the farthest from those already taken (Gonzalez 1985). */
final class FarthestPoints {

    private FarthestPoints() {}

    /**
     * @param points x, y, z of each
     * @param count how many to take, at most as many as there are
     * @param first the number of the first
     */
    static double[] of(double[] points, int count, int first) {
        int all = points.length / 3;
        // Axis by axis in single precision, so that the distances to one point run over vectors.
        float[][] axes = new float[3][all];
        for (int i = 0; i < points.length; i++) {
            axes[i % 3][i / 3] = (float) points[i];
        }
        float[] squares = new float[all];
        Arrays.fill(squares, Float.POSITIVE_INFINITY);
        double[] taken = new double[3 * count];
        int next = first;
        for (int n = 0; n < count; n++) {
            System.arraycopy(points, 3 * next, taken, 3 * n, 3);
            shorten(squares, axes[0], axes[1], axes[2], next);
            for (int i = 0; i < all; i++) {
                next = squares[i] > squares[next] ? i : next;
            }
        }
        return taken;
    }

    private static void shorten(float[] squares, float[] x, float[] y, float[] z, int to) {
        float tx = x[to];
        float ty = y[to];
        float tz = z[to];
        for (int i = 0; i < squares.length; i++) {
            float dx = x[i] - tx;
            float dy = y[i] - ty;
            float dz = z[i] - tz;
            squares[i] = Math.min(squares[i], dx * dx + dy * dy + dz * dz);
        }
    }
}
