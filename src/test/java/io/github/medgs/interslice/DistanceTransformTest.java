package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DistanceTransformTest {

    @Property(tries = 100)
    void equalsTheSearchOverAllSamples(@ForAll @IntRange(min = 1, max = 7) int nx,
            @ForAll @IntRange(min = 1, max = 7) int ny, @ForAll @IntRange(min = 1, max = 5) int nz,
            @ForAll @IntRange(max = 10) int tenths, @ForAll long seed) {
        Random random = new Random(seed);
        boolean[] inside = new boolean[nx * ny * nz];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = random.nextInt(10) < tenths;
        }
        double[] spacing = {0.7, 1.3, 5};
        double[] squared = DistanceTransform.squared(inside, true, new int[] {nx, ny, nz}, spacing);
        for (int i = 0; i < inside.length; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < inside.length; j++) {
                double dx = (i % nx - j % nx) * spacing[0];
                double dy = (i / nx % ny - j / nx % ny) * spacing[1];
                double dz = (i / (nx * ny) - j / (nx * ny)) * spacing[2];
                best = inside[j] ? Math.min(best, dx * dx + dy * dy + dz * dz) : best;
            }
            assertEquals(best, squared[i], 1e-9);
        }
    }
}
