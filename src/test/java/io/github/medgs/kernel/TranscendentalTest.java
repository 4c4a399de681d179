package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Largest and root-mean-square error of each function against double precision, range by range. */
class TranscendentalTest {

    private static final int SAMPLES = 200_000;

    /** A function of a float. */
    private interface Single {
        float of(float x);
    }

    private static void assertErrors(Single function, DoubleUnaryOperator exact, double from, double to,
            boolean relative, double largest, double rms) {
        double most = 0;
        double sum = 0;
        for (int n = 0; n <= SAMPLES; n++) {
            float x = (float) (from + (to - from) * n / SAMPLES);
            double truth = exact.applyAsDouble(x);
            double error = Math.abs(function.of(x) - truth) / (relative ? Math.abs(truth) : 1);
            most = Math.max(most, error);
            sum += error * error;
        }
        double mean = Math.sqrt(sum / (SAMPLES + 1));
        assertTrue(most < largest && mean < rms, "on [" + from + ", " + to + "]: largest " + most + ", RMS " + mean);
    }

    @ParameterizedTest
    @CsvSource({"-87, -20, 3e-7, 1e-7", "-20, -1, 3e-7, 1e-7", "-1, 1, 3e-7, 1e-7", "1, 20, 3e-7, 1e-7",
        "20, 88, 3e-7, 1e-7"})
    void exponential(double from, double to, double largest, double rms) {
        assertErrors(Transcendental::exp, Math::exp, from, to, true, largest, rms);
    }

    @Test
    void withinTheCutTheExponentialHasTheSameBits() {
        for (int i = 0; i <= 1_000_000; i++) {
            float x = -10f * i / 1_000_000;
            assertEquals(Transcendental.exp(x), Transcendental.expWithinCut(x));
        }
        // What rounding makes of an exponent of zero.
        assertEquals(Transcendental.exp(1e-6f), Transcendental.expWithinCut(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 6e-7, 2e-7", "2, 16, 6e-7, 2e-7", "16, 256, 6e-7, 3e-7", "256, 65536, 2e-6, 7e-7"})
    void logarithm(double from, double to, double largest, double rms) {
        assertErrors(Transcendental::logarithm, Math::log, from, to, false, largest, rms);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.125", "0.125, 0.25", "0.25, 0.5", "0.5, 0.75", "0.75, 1"})
    void cosineAndSine(double from, double to) {
        assertErrors(Transcendental::cosineOfTurns, x -> Math.cos(2 * Math.PI * x), from, to, false, 3e-7, 1e-7);
        assertErrors(Transcendental::sineOfTurns, x -> Math.sin(2 * Math.PI * x), from, to, false, 3e-7, 1e-7);
    }

    @Test
    void sigmoid() {
        assertErrors(Transcendental::sigmoid, x -> 1 / (1 + Math.exp(-x)), -30, 30, true, 4e-7, 1.5e-7);
    }

    @Test
    void powersOfTwoAreExact() {
        for (int n = -126; n <= 127; n++) {
            assertEquals((float) Math.pow(2, n), Transcendental.powerOfTwo(n));
        }
    }

    @Test
    void outsideTheirRangesTheyStayFinite() {
        assertEquals(Transcendental.exp(-87f), Transcendental.exp(-1e9f));
        assertEquals(Transcendental.exp(88f), Transcendental.exp(1e9f));
        assertEquals(1f, Transcendental.exp(0f));
        assertEquals(0f, Transcendental.logarithm(0.5f));
        assertEquals(0f, Transcendental.logarithm(Float.NaN));
        assertEquals(0f, Transcendental.logarithm(1f));
    }
}
