package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * Following a moving point from slice to slice. The motion of an interval is stored on the grid half way between its
 * slices as half the displacement: what is at x there is at x - v(x) on the slice before and at x + v(x) on the one
 * after.
 */
final class Trajectory {

    private Trajectory() {}

    /**
     * Half the displacements of the trajectories that pass points of the interval: for each the value v(x) at the x
     * with {@code x + shift v(x) = point}, found by fixed-point iteration, which converges where the motion is smooth.
     *
     * @param u input, field in columns
     * @param v input, field in rows
     * @param rows input, of each point; {@code columns} likewise
     * @param shift where between the slices the points lie: -1 on the slice before, 0 half way, 1 on the slice after
     * @param halfColumns output, half displacements in columns; {@code halfRows} in rows
     */
    static void through(float[] u, float[] v, int height, int width, float[] rows, float[] columns, float shift,
            float[] halfColumns, float[] halfRows) {
        Arrays.fill(halfColumns, 0f);
        Arrays.fill(halfRows, 0f);
        for (int iteration = 0; iteration < 3; iteration++) {
            ImageSampling.linear(u, v, height, width, rows, columns, iteration == 0 ? 0f : shift, halfColumns,
                    halfRows, rows.length);
        }
    }

    /**
     * The same at one point.
     *
     * @param half output: the half displacement in columns, then in rows
     */
    static void through(float[] u, float[] v, int height, int width, float row, float column, float shift,
            float[] half) {
        float x = ImageSampling.linear(u, 0, height, width, row, column);
        float y = ImageSampling.linear(v, 0, height, width, row, column);
        for (int iteration = 0; iteration < 2; iteration++) {
            float r = row - shift * y;
            float c = column - shift * x;
            x = ImageSampling.linear(u, 0, height, width, r, c);
            y = ImageSampling.linear(v, 0, height, width, r, c);
        }
        half[0] = x;
        half[1] = y;
    }
}
