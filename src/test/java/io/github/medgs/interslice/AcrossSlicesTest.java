package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class AcrossSlicesTest {

    @Test
    void evenlySpacedItIsCatmullRom() {
        float[] weights = new float[4];
        AcrossSlices.cubic(new float[] {-1, 0, 1, 2}, 0.5f, true, true, weights);
        assertArrayEquals(new float[] {-1 / 16f, 9 / 16f, 9 / 16f, -1 / 16f}, weights, 1e-7f);
    }

    @Test
    void betweenTheOnlyTwoSlicesItIsTheLine() {
        float[] weights = new float[4];
        AcrossSlices.cubic(new float[] {0, 2, 6, 0}, 3, false, false, weights);
        assertArrayEquals(new float[] {0, 0.75f, 0.25f, 0}, weights, 1e-7f);
    }

    @Property(tries = 200)
    void parabolasComeBackExactlyFromUnevenSlices(@ForAll @FloatRange(min = 0.3f, max = 3) float before,
            @ForAll @FloatRange(min = 0.3f, max = 3) float gap, @ForAll @FloatRange(min = 0.3f, max = 3) float after,
            @ForAll @FloatRange(min = 0, max = 1) float fraction, @ForAll boolean hasBefore, @ForAll boolean hasAfter) {
        if (!hasBefore && !hasAfter) {
            return;
        }
        float[] positions = {-before, 0, gap, gap + after};
        float x = fraction * gap;
        float[] weights = new float[4];
        AcrossSlices.cubic(positions, x, hasBefore, hasAfter, weights);
        double value = 0;
        for (int n = 0; n < 4; n++) {
            if (n == 0 && !hasBefore || n == 3 && !hasAfter) {
                assertEquals(0, Math.abs(weights[n]));
            }
            value += weights[n] * parabola(positions[n]);
        }
        assertEquals(parabola(x), value, 2e-4);
    }

    private static double parabola(double x) {
        return 0.3 - 0.7 * x + 0.4 * x * x;
    }
}
