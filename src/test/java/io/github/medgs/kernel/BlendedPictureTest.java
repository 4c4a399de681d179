package io.github.medgs.kernel;

import static io.github.medgs.kernel.BlendedPicture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture between two slices: its share straight across by hand, its share along the motion on scenes that move so. */
class BlendedPictureTest {

    private static final float[] NONE = new float[1];
    private static final int HEIGHT = 17;
    private static final int WIDTH = 19;
    private static final int PIXELS = HEIGHT * WIDTH;
    /** Where the blend begins in its array: some other view's stands before it. */
    private static final int B = 3;

    private static float[] blend(int before, int first, int second, int after, double fraction) {
        float[] blend = new float[B + FLOATS];
        blend[B + SLICES] = before;
        blend[B + SLICES + 1] = first;
        blend[B + SLICES + 2] = second;
        blend[B + SLICES + 3] = after;
        blend[B + FRACTION] = (float) fraction;
        blend[B + GAP] = 1;
        return blend;
    }

    private static float[] with(float[] blend, int from, double... weights) {
        float[] more = blend.clone();
        for (int n = 0; n < weights.length; n++) {
            more[B + from + n] = (float) weights[n];
        }
        return more;
    }

    /** Of slices of 2 x 3 pixels. */
    private static float across(float[] values, float[] bends, float[] blend, int row, int column) {
        return value(values, NONE, NONE, bends, NONE, blend, B, 2, 3, row, column, new float[2]);
    }

    /** Pixel p of slice k is 100 k + p. */
    private static float[] numbered(int slices) {
        float[] values = new float[6 * slices];
        for (int n = 0; n < values.length; n++) {
            values[n] = 100 * (n / 6) + n % 6;
        }
        return values;
    }

    @Test
    void acrossIsTheWeightedSumOfOnePixelOfFourSlices() {
        float[] blend = with(blend(1, 2, 3, 4, 0.5), ACROSS, 2, 3, 5, 7);
        // Row 1, column 2 is pixel 5: 2 105 + 3 205 + 5 305 + 7 405.
        assertEquals(5185f, across(numbered(5), NONE, blend, 1, 2));
        // 2 100 + 3 200 + 5 300 + 7 400
        assertEquals(5100f, across(numbered(5), NONE, blend, 0, 0));
    }

    @Test
    void atAnEndOfTheStackTheEndStandsForWhatIsNotThere() {
        // Before slice 0 there is none; whoever describes the blend says 0 once more, and at the other end 1.
        float[] blend = with(blend(0, 0, 1, 1, 0.5), ACROSS, 2, 3, 5, 7);
        // 2 1 + 3 1 + 5 101 + 7 101
        assertEquals(1217f, across(numbered(2), NONE, blend, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.6, 1})
    void theSplineRunsThroughACubic(double fraction) {
        // y = x^3 - 2 x^2 + 3 x - 1 between x = 0.5 and 2.5, y'' = 6 x - 4: a cubic spline that knows y and y'' at both
        // ends has no other curve to take.
        double x = 0.5 + 2 * fraction;
        double y = x * x * x - 2 * x * x + 3 * x - 1;
        assertEquals(y, spline(0.125f, 9.625f, -1, 11, (float) fraction, 2), 1e-5);
    }

    @Test
    void theSplineIsAddedByItsWeightFromEachPixelsOwnBends() {
        float[] bends = new float[12];
        bends[4] = -24;
        bends[6 + 4] = 48;
        float[] blend = with(blend(0, 0, 1, 1, 0.25), SPLINE, 0.5, 2);
        // Pixel 4: the line is 4 + 0.25 100 = 29. With a = 0.75: (a^3 - a) = -0.328125 times -24, and
        // (0.25^3 - 0.25) = -0.234375 times 48, are 7.875 - 11.25 = -3.375; times 2^2 / 6: -2.25. Half of 26.75.
        assertEquals(13.375f, across(numbered(2), bends, blend, 1, 1), 1e-5f);
        // Pixel 3 has no bends: half of 3 + 25.
        assertEquals(14f, across(numbered(2), bends, blend, 1, 0), 1e-5f);
        // Without a weight the bends are not asked for: there is but one value.
        assertEquals(0f, across(numbered(2), NONE, with(blend, SPLINE, 0), 1, 1));
    }

    @Test
    void aPixelIsHeldBetweenBlackAndWhite() {
        float[] values = {0.25f, 0.75f};
        for (double[] weightAndPixel : new double[][] {{-1, 0}, {0.5, 0.125}, {1, 0.25}, {4, 1}, {9, 1}}) {
            float[] blend = with(blend(0, 0, 1, 1, 0.5), ACROSS, weightAndPixel[0]);
            assertEquals(weightAndPixel[1], pixel(values, NONE, NONE, NONE, NONE, blend, B, 1, 1, 0, 0, new float[2]));
            assertEquals(weightAndPixel[0] * 0.25,
                    value(values, NONE, NONE, NONE, NONE, blend, B, 1, 1, 0, 0, new float[2]), "not held");
        }
    }

    /** Motion of one interval, in pixels from one slice to the next: a linear function of the place half way. */
    private record Motion(double columns, double rows, double stretch, double shear) {

        double columnsAt(double row, double column) {
            return columns + stretch * column + shear * row;
        }

        double rowsAt(double row, double column) {
            return rows + stretch * row - shear * column;
        }

        /** Row and column, half way between the slices, of what passes a point; shift -1 to 1 as in {@link Trajectory}. */
        double[] middle(double row, double column, double shift) {
            double[] at = {row, column};
            for (int n = 0; n < 60; n++) {
                at = new double[] {row - shift * rowsAt(at[0], at[1]) / 2, column - shift * columnsAt(at[0], at[1]) / 2};
            }
            return at;
        }
    }

    /** Motions of the four intervals between five slices. The pictures lie between slices 2 and 3. */
    private static final Motion[] MOTIONS = {
        new Motion(9, 9, 0, 0),
        new Motion(1.2, -0.4, 0.02, 0.01),
        new Motion(-0.6, 0.8, 0.03, -0.02),
        new Motion(0.4, 1, -0.02, 0.03)
    };

    /** A parabola, another for each slice: what bicubic interpolation gives without an error. */
    private static double shade(int slice, double row, double column) {
        return 3 * slice + (0.5 + 0.2 * slice) * row - 0.3 * column + 0.02 * row * column - 0.01 * column * column;
    }

    private static double correction(int slice, double row, double column) {
        return 2 + slice - 0.2 * row + 0.4 * column;
    }

    private interface Field {
        double at(int slice, double row, double column);
    }

    private static float[] sampled(int slices, Field field) {
        float[] values = new float[slices * PIXELS];
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) field.at(n / PIXELS, n % PIXELS / WIDTH, n % WIDTH);
        }
        return values;
    }

    /** Of {@code slices} slices from number {@code from} of the scene. */
    private static float moving(int from, int slices, float[] blend, int row, int column) {
        float[] values = sampled(slices, (k, r, c) -> shade(from + k, r, c));
        // Half the motion of each interval; behind the last slice there is none to read.
        float[] u = sampled(slices - 1, (k, r, c) -> MOTIONS[from + k].columnsAt(r, c) / 2);
        float[] v = sampled(slices - 1, (k, r, c) -> MOTIONS[from + k].rowsAt(r, c) / 2);
        float[] corrections = sampled(slices - 1, (k, r, c) -> correction(from + k, r, c));
        return value(values, u, v, NONE, corrections, blend, B, HEIGHT, WIDTH, row, column, new float[2]);
    }

    /** The same from what each of the four slices, and the correction, should say. */
    private static double expected(double[] weights, double corrected, double fraction, int row, int column) {
        double[] middle = MOTIONS[2].middle(row, column, 2 * fraction - 1);
        double halfRows = MOTIONS[2].rowsAt(middle[0], middle[1]) / 2;
        double halfColumns = MOTIONS[2].columnsAt(middle[0], middle[1]) / 2;
        double[] first = {middle[0] - halfRows, middle[1] - halfColumns};
        double[] second = {middle[0] + halfRows, middle[1] + halfColumns};
        // In the interval before it arrives where the first slice is met, in the one after it starts from the second.
        double[] middleBefore = MOTIONS[1].middle(first[0], first[1], 1);
        double[] middleAfter = MOTIONS[3].middle(second[0], second[1], -1);
        return weights[0] * shade(1, 2 * middleBefore[0] - first[0], 2 * middleBefore[1] - first[1])
                + weights[1] * shade(2, first[0], first[1]) + weights[2] * shade(3, second[0], second[1])
                + weights[3] * shade(4, 2 * middleAfter[0] - second[0], 2 * middleAfter[1] - second[1])
                + corrected * correction(2, middle[0], middle[1]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 0.7, 1})
    void alongTheMotionFourSlicesAreMetWhereTheTrajectoryMeetsThem(double fraction) {
        double[][] scenes = {{0, 1, 0, 0}, {0, 0, 1, 0}, {1, 1, 0, 0}, {0, 0, 1, 1}, {-0.1, 0.7, 0.5, -0.2}};
        for (double[] weights : scenes) {
            float[] blend = with(blend(1, 2, 3, 4, fraction), ALONG, weights);
            for (int[] place : new int[][] {{8, 9}, {6, 11}, {10, 5}}) {
                // What single precision and two rounds of the trajectory's iteration leave: 3e-4 of values near 15.
                assertEquals(expected(weights, 0, fraction, place[0], place[1]),
                        moving(0, 5, blend, place[0], place[1]), 3e-4, "weights " + Arrays.toString(weights));
            }
        }
    }

    @Test
    void theCorrectionIsTakenHalfWayAlongTheTrajectory() {
        double[] weights = {0, 0.6, 0.4, 0};
        for (double corrected : new double[] {0.5, -0.25}) {
            float[] blend = with(with(blend(1, 2, 3, 4, 0.3), ALONG, weights), CORRECTION, corrected);
            assertEquals(expected(weights, corrected, 0.3, 8, 9), moving(0, 5, blend, 8, 9), 3e-4);
        }
    }

    @Test
    void atTheEndsOfTheStackNothingBeyondIsRead() {
        // The scene's slices 2 and 3 alone, the stack's first and last: weights of 0 for what is not there.
        double[] weights = {0, 0.6, 0.4, 0};
        float[] alone = with(blend(0, 0, 1, 1, 0.4), ALONG, weights);
        assertEquals(expected(weights, 0, 0.4, 8, 9), moving(2, 2, alone, 8, 9), 3e-4);
    }

    @Test
    void bothSharesAreAdded() {
        double[] along = {-0.05, 0.3, 0.3, -0.05};
        float[] blend = with(with(blend(1, 2, 3, 4, 0.5), ALONG, along), ACROSS, 0.1, 0.2, 0.15, 0.05);
        double across = 0.1 * shade(1, 8, 9) + 0.2 * shade(2, 8, 9) + 0.15 * shade(3, 8, 9) + 0.05 * shade(4, 8, 9);
        assertEquals(across + expected(along, 0, 0.5, 8, 9), moving(0, 5, blend, 8, 9), 3e-4);
    }
}
