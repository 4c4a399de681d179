package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both interpolations as what they are, convolutions: the sum over the pixels around, in double precision, each with the
 * weight of its distance in rows times that in columns, and the border's pixels repeated outside.
 */
class ImageSamplingTest {

    private static final int START = 5;

    /** Bilinear: the weight falls from 1 to 0 over one pixel. */
    private static double triangle(double distance) {
        return Math.max(0, 1 - Math.abs(distance));
    }

    /** R. Keys, Cubic convolution interpolation, 1981, equation 4 with a = -1/2. */
    private static double keys(double distance) {
        double s = Math.abs(distance);
        if (s < 1) {
            return 1.5 * s * s * s - 2.5 * s * s + 1;
        }
        return s < 2 ? -0.5 * s * s * s + 2.5 * s * s - 4 * s + 2 : 0;
    }

    private static double convolved(float[] image, int height, int width, double row, double column,
            DoubleUnaryOperator weight) {
        double r = Math.clamp(row, 0.0, height - 1.0);
        double c = Math.clamp(column, 0.0, width - 1.0);
        double sum = 0;
        for (int i = -3; i < height + 3; i++) {
            for (int j = -3; j < width + 3; j++) {
                int pixel = START + Math.clamp(i, 0, height - 1) * width + Math.clamp(j, 0, width - 1);
                sum += weight.applyAsDouble(r - i) * weight.applyAsDouble(c - j) * image[pixel];
            }
        }
        return sum;
    }

    /** Noise, and before and behind the image numbers that would show. */
    private static float[] noise(int height, int width) {
        Random random = new Random(17);
        float[] image = new float[START + height * width + 5];
        for (int p = 0; p < image.length; p++) {
            boolean inside = p >= START && p < START + height * width;
            image[p] = inside ? random.nextFloat() : 1e6f;
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({"6, 7", "7, 4", "3, 3", "2, 5", "5, 2", "1, 6", "6, 1", "1, 1"})
    void areConvolutionsOverTheWholeImageAndBeyondIt(int height, int width) {
        float[] image = noise(height, width);
        for (float row = -1.75f; row < height + 1; row += 0.25f) {
            for (float column = -1.625f; column < width + 1; column += 0.375f) {
                String place = row + ", " + column;
                assertEquals(convolved(image, height, width, row, column, ImageSamplingTest::triangle),
                        ImageSampling.linear(image, START, height, width, row, column), 1e-6, place);
                assertEquals(convolved(image, height, width, row, column, ImageSamplingTest::keys),
                        ImageSampling.cubic(image, START, height, width, row, column), 1e-6, place);
            }
        }
    }

    @Test
    void halfWayBetweenTwoPixelsTheWeightsAreTheKnownOnes() {
        // Catmull-Rom half way: -1/16, 9/16, 9/16, -1/16. Of 16, 32, 64, 256: (-16 + 9 32 + 9 64 - 256) / 16 = 37.
        float[] row = {16, 32, 64, 256};
        assertEquals(37f, ImageSampling.cubic(row, 0, 1, 4, 0, 1.5f));
        assertEquals(37f, ImageSampling.cubic(row, 0, 4, 1, 1.5f, 0));
        assertEquals(48f, ImageSampling.linear(row, 0, 1, 4, 0, 1.5f));
        assertEquals(48f, ImageSampling.linear(row, 0, 4, 1, 1.5f, 0));
        // Between the first two the first is repeated: (-16 + 9 16 + 9 32 - 64) / 16 = 22; likewise at the end:
        // (-32 + 9 64 + 9 256 - 256) / 16 = 162.
        assertEquals(22f, ImageSampling.cubic(row, 0, 1, 4, 0, 0.5f));
        assertEquals(162f, ImageSampling.cubic(row, 0, 1, 4, 0, 2.5f));
    }

    @Test
    void anEdgeIsDrawnBeyondItsTwoSidesByTheCubicAlone() {
        // What sharpens a warped image also overshoots; who needs 0 to 1 has to clamp. At 1/2 before a step from 0 to 1
        // the weight of the last pixel alone is left, -1/16; a line stays between.
        float[] step = {0, 0, 0, 1};
        assertEquals(-0.0625f, ImageSampling.cubic(step, 0, 1, 4, 0, 1.5f));
        assertEquals(0f, ImageSampling.linear(step, 0, 1, 4, 0, 1.5f));
    }
}
