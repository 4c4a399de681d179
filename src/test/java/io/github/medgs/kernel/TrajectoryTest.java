package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Half displacements on small fields: v(x) at the x from which the motion leads through the point that is asked for. */
class TrajectoryTest {

    private static float[] through(float[] u, float[] v, int start, int height, int width, float row, float column,
            float shift) {
        float[] half = new float[2];
        Trajectory.through(u, v, start, height, width, row, column, shift, half);
        return half;
    }

    /** A field of 8 rows and 9 columns: a + b row + c column. */
    private static float[] field(double a, double b, double c) {
        float[] field = new float[72];
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 9; column++) {
                field[row * 9 + column] = (float) (a + b * row + c * column);
            }
        }
        return field;
    }

    @Test
    void oneMotionForAllIsThatMotionColumnsFirst() {
        for (float shift : new float[] {-1, 0, 0.4f, 1}) {
            assertArrayEquals(new float[] {1.5f, -0.5f},
                    through(field(1.5, 0, 0), field(-0.5, 0, 0), 0, 8, 9, 3, 4, shift));
        }
    }

    @Test
    void halfWayItIsWhatTheFieldHoldsThere() {
        // Between pixels linearly: at row 2.5, column 3.5 the columns' field is 0.1 3.5 and the rows' 0.2 2.5.
        assertArrayEquals(new float[] {0.35f, 0.5f}, through(field(0, 0, 0.1), field(0, 0.2, 0), 0, 8, 9, 2.5f, 3.5f, 0),
                1e-6f);
    }

    @Test
    void theSliceAfterIsReachedFromBehindAndTheSliceBeforeFromAhead() {
        // u = 0.1 column. From x the slice after is met at x + u(x) = 1.1 x: column 5 from x = 4.545, where u is 0.4545.
        // The iteration stops at 0.455: 0.5, then 0.1 (5 - 0.5) = 0.45, then 0.1 (5 - 0.45) = 0.455.
        assertArrayEquals(new float[] {0.455f, 0}, through(field(0, 0, 0.1), field(0, 0, 0), 0, 8, 9, 4, 5, 1), 1e-6f);
        // The slice before at x - u(x) = 0.9 x, from x = 5.556: 0.5, 0.55, 0.555.
        assertArrayEquals(new float[] {0.555f, 0}, through(field(0, 0, 0.1), field(0, 0, 0), 0, 8, 9, 4, 5, -1), 1e-6f);
        // And so in rows, with v = 0.1 row at row 4: 0.4, 0.36, 0.364.
        assertArrayEquals(new float[] {0, 0.364f}, through(field(0, 0, 0), field(0, 0.1, 0), 0, 8, 9, 4, 5, 1), 1e-6f);
    }

    @Test
    void theTwoFieldsMoveThePointTogether() {
        // u = 0.01 (row + 2 column), v = 0.02 (2 row - column), shift 0.5: at the end x + 0.5 v(x) is the point itself,
        // but for the rest of a smooth field's iteration, some 0.02^3 of the motion.
        float[] u = field(0, 0.01, 0.02);
        float[] v = field(0, 0.04, -0.02);
        float[] half = through(u, v, 0, 8, 9, 4, 5, 0.5f);
        double column = 5 - 0.5 * half[0];
        double row = 4 - 0.5 * half[1];
        assertEquals(0.01 * row + 0.02 * column, half[0], 1e-5);
        assertEquals(0.04 * row - 0.02 * column, half[1], 1e-5);
    }

    @Test
    void readsItsOwnFieldOfSeveral() {
        // Two fields of two pixels; the second begins at index 2.
        float[] u = {9, 9, 1, 3};
        float[] v = {9, 9, 5, 7};
        assertArrayEquals(new float[] {2, 6}, through(u, v, 2, 1, 2, 0, 0.5f, 0));
    }

    @Test
    void beyondTheBorderItsMotionGoesOn() {
        // Column 8 holds u = 4. From column 8 the step back by shift -1 would lead to column 12, outside: still 4.
        assertArrayEquals(new float[] {4, 0}, through(field(0, 0, 0.5), field(0, 0, 0), 0, 8, 9, 7, 8, -1), 1e-6f);
        assertArrayEquals(new float[] {4, 0}, through(field(0, 0, 0.5), field(0, 0, 0), 0, 8, 9, 7, 20, -1), 1e-6f);
    }
}
