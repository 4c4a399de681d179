package io.github.medgs.interslice;

import io.github.medgs.kernel.ImageSampling;
import java.util.Arrays;

/** Many points followed at once as {@link io.github.medgs.kernel.Trajectory} follows one, to the same bits. */
final class Trajectories {

    private Trajectories() {}

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
            linear(u, v, height, width, rows, columns, iteration == 0 ? 0f : shift, halfColumns,
                    halfRows, rows.length);
        }
    }

    /**
     * {@link ImageSampling#linear} of both fields of a motion at many points, each moved by its own last values: at (rows[i] - shift
     * v[i], columns[i] - shift u[i]). A row of points at once, since the processor works on several while each waits for
     * its own pixels.
     *
     * @param columnField input, height x width; {@code rowField} likewise
     * @param u input and output, values of the first field; {@code v} of the second
     */
    private static void linear(float[] columnField, float[] rowField, int height, int width, float[] rows, float[] columns,
            float shift, float[] u, float[] v, int count) {
        for (int i = 0; i < count; i++) {
            float r = ImageSampling.within(rows[i] - shift * v[i], height - 1f);
            float c = ImageSampling.within(columns[i] - shift * u[i], width - 1f);
            int r0 = (int) r;
            int c0 = (int) c;
            float fr = r - r0;
            float fc = c - c0;
            int top = r0 * width;
            int bottom = Math.min(r0 + 1, height - 1) * width;
            int c1 = Math.min(c0 + 1, width - 1);
            float above = columnField[top + c0] + fc * (columnField[top + c1] - columnField[top + c0]);
            float below = columnField[bottom + c0] + fc * (columnField[bottom + c1] - columnField[bottom + c0]);
            u[i] = above + fr * (below - above);
            above = rowField[top + c0] + fc * (rowField[top + c1] - rowField[top + c0]);
            below = rowField[bottom + c0] + fc * (rowField[bottom + c1] - rowField[bottom + c0]);
            v[i] = above + fr * (below - above);
        }
    }
}
