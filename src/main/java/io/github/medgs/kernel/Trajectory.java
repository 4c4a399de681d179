package io.github.medgs.kernel;

/**
 * Following a moving point from slice to slice. The motion of an interval is stored on the grid half way between its
 * slices as half the displacement: what is at x there is at x - v(x) on the slice before and at x + v(x) on the one
 * after.
 */
public final class Trajectory {

    private Trajectory() {}

    /**
     * Half the displacement of the trajectory that passes a point of the interval: the value v(x) at the x
     * with {@code x + shift v(x) = point}, found by fixed-point iteration, which converges where the motion is smooth.
     *
     * @param shift where between the slices the point lies: -1 on the slice before, 0 half way, 1 on the slice after
     * @param u input, field in columns
     * @param v input, field in rows
     * @param start index of the fields' first pixel
     * @param out output: the half displacement in columns, then in rows
     */
    public static void through(float[] u, float[] v, int start, int height, int width, float row, float column,
            float shift, float[] out) {
        float x = ImageSampling.linear(u, start, height, width, row, column);
        float y = ImageSampling.linear(v, start, height, width, row, column);
        for (int iteration = 0; iteration < 2; iteration++) {
            float r = row - shift * y;
            float c = column - shift * x;
            x = ImageSampling.linear(u, start, height, width, r, c);
            y = ImageSampling.linear(v, start, height, width, r, c);
        }
        out[0] = x;
        out[1] = y;
    }
}
