package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SquareRootTest {

    // Bit patterns: of positive floats they are in order of size.
    private static final int SMALLEST_NORMAL = 0x00800000;
    private static final int LARGEST = 0x7f7fffff;

    @Property
    void isWithinTwoUnitsInTheLastPlace(@ForAll @IntRange(min = SMALLEST_NORMAL, max = LARGEST) int bits) {
        requireClose(Float.intBitsToFloat(bits));
    }

    @Property
    void isWithinTwoUnitsAtEveryPowerOfTwo(@ForAll @FloatRange(min = 1f, max = 2f) float mantissa) {
        for (int exponent = Float.MIN_EXPONENT; exponent <= Float.MAX_EXPONENT - 1; exponent++) {
            requireClose(Math.scalb(mantissa, exponent));
        }
    }

    private static void requireClose(float x) {
        double exact = Math.sqrt(x);
        double error = Math.abs(SquareRoot.of(x) - exact) / Math.ulp((float) exact);
        assertTrue(error <= 2, () -> "the root of " + x + " is " + error + " units off");
    }

    @Test
    void leavesWhatHasNoRootAsItIs() {
        assertEquals(0f, SquareRoot.of(0f));
        assertTrue(Float.isNaN(SquareRoot.of(Float.NaN)));
        assertEquals(Float.POSITIVE_INFINITY, SquareRoot.of(Float.POSITIVE_INFINITY));
    }
}
