package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowDistancesTest {

    private static final int PLANES = 12;

    @Property(tries = 100)
    void everyWindowEqualsItsOwnTransformToTheBit(@ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 24) int height, @ForAll @IntRange(max = 4) int blobs,
            @ForAll @IntRange(max = 1) int around, @ForAll long seed) {
        Random random = new Random(seed);
        boolean[][] solid = new boolean[PLANES][width * height];
        for (int n = 0; n < blobs; n++) {
            double[] centre = {random.nextDouble(width), random.nextDouble(height), random.nextDouble(PLANES)};
            double radius = 1 + random.nextDouble(8);
            for (int z = 0; z < PLANES; z++) {
                for (int p = 0; p < width * height; p++) {
                    double x = p % width - centre[0];
                    double y = p / width - centre[1];
                    solid[z][p] |= x * x + y * y + (z - centre[2]) * (z - centre[2]) < radius * radius;
                }
            }
        }
        for (boolean[] plane : solid) {
            for (int p = 0; p < plane.length; p++) {
                plane[p] ^= around == 1;
            }
        }
        double[] spacing = {1, 1.0 + random.nextInt(3) * 0.3};
        float most = 3 + 2 * random.nextFloat();
        WindowDistances windows = new WindowDistances(n -> solid[n], width, height, spacing, most);
        for (int first = -3; first < PLANES; first += 2) {
            int[] window = new int[7];
            boolean[] inside = new boolean[window.length * width * height];
            for (int n = 0; n < window.length; n++) {
                window[n] = Math.clamp(first + n, 0, PLANES - 1);
                System.arraycopy(solid[window[n]], 0, inside, n * width * height, width * height);
            }
            double apart = 0.6 + 0.1 * Math.abs(first);
            float[] expected = DistanceTransform.signed(inside, new int[] {width, height, window.length},
                    new double[] {spacing[0], spacing[1], apart});
            for (int i = 0; i < expected.length; i++) {
                expected[i] = Math.clamp(expected[i], -most, most);
            }
            assertArrayEquals(expected, windows.signed(window, apart));
        }
    }
}
