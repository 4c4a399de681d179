package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ImageSamplingTest {

    private static final int HEIGHT = 9;
    private static final int WIDTH = 11;
    private static final int START = 3;

    @Property(tries = 200)
    void linearIsExactOnPlanes(@ForAll @FloatRange(min = 0, max = 8) float row,
            @ForAll @FloatRange(min = 0, max = 10) float column) {
        float[] plane = image(0);
        assertEquals(value(row, column, 0), ImageSampling.linear(plane, START, HEIGHT, WIDTH, row, column), 1e-5);
    }

    @Property(tries = 200)
    void cubicIsExactOnParabolasAwayFromTheBorder(@ForAll @FloatRange(min = 1, max = 6.99f) float row,
            @ForAll @FloatRange(min = 1, max = 8.99f) float column) {
        float[] bent = image(0.02);
        assertEquals(value(row, column, 0.02), ImageSampling.cubic(bent, START, HEIGHT, WIDTH, row, column), 1e-5);
    }

    @Test
    void bothReturnThePixelsThemselvesAndContinueTheBorder() {
        float[] bent = image(0.02);
        for (int row = -2; row < HEIGHT + 2; row++) {
            for (int column = -2; column < WIDTH + 2; column++) {
                int inside = START + Math.clamp(row, 0, HEIGHT - 1) * WIDTH + Math.clamp(column, 0, WIDTH - 1);
                assertEquals(bent[inside], ImageSampling.linear(bent, START, HEIGHT, WIDTH, row, column));
                assertEquals(bent[inside], ImageSampling.cubic(bent, START, HEIGHT, WIDTH, row, column), 1e-6f);
            }
        }
    }

    @Test
    void aSinglePixelIsTheSameEverywhere() {
        float[] one = {0.25f};
        assertEquals(0.25f, ImageSampling.linear(one, 0, 1, 1, 3.7f, -2));
        assertEquals(0.25f, ImageSampling.cubic(one, 0, 1, 1, 0.4f, 9), 1e-7f);
    }

    private static float[] image(double bend) {
        float[] image = new float[START + HEIGHT * WIDTH];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                image[START + row * WIDTH + column] = (float) value(row, column, bend);
            }
        }
        return image;
    }

    private static double value(double row, double column, double bend) {
        return 0.1 + 0.03 * row - 0.02 * column + bend * (row * row - 2 * column * column + row * column);
    }
}
