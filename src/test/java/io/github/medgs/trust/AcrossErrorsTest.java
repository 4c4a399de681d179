package io.github.medgs.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.interslice.KeptSlices;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcrossErrorsTest {

    private static final int SIDE = 64;
    private static final double PERIOD = 24;

    private interface World {
        double at(double x, double y, int slice);
    }

    private static AcrossErrors errors(int count, double gap, World world) {
        float[] values = new float[count * SIDE * SIDE];
        double[] positions = new double[count];
        for (int n = 0; n < values.length; n++) {
            int slice = n / (SIDE * SIDE);
            positions[slice] = slice * gap;
            values[n] = (float) world.at(n % SIDE, n / SIDE % SIDE, slice);
        }
        KeptSlices slices = new KeptSlices(values, positions, SIDE, SIDE, 1, 1);
        return new AcrossErrors(slices, new InPlaneErrors(slices, 3));
    }

    private static double wave(double place) {
        return 0.1 * Math.sin(2 * Math.PI * place / PERIOD);
    }

    @Test
    void aWorldThatIsAlikeInAllDirectionsIsNoRougherAcross() {
        AcrossErrors same = errors(49, 2, (x, y, slice) -> 0.5 + wave(x) + wave(y) + wave(2 * slice));
        assertEquals(0, same.abovePlane(), 0.05);
        assertEquals(0, same.rougher(), 0.05);
    }

    @Test
    void slowChangeAcrossIsBelowThePlane() {
        AcrossErrors slow = errors(49, 2, (x, y, slice) -> 0.5 + wave(x) + wave(y) + wave(slice));
        assertEquals(Math.log(0.25), slow.abovePlane(), 0.1);
    }

    @Test
    void whatIsSmoothInThePlaneAndNewInEverySliceIsRougher() {
        double[] phases = new Random(3).doubles(40, 0, PERIOD).toArray();
        assertTrue(errors(40, 2, (x, y, slice) -> 0.5 + wave(x + phases[slice]) + wave(y + 3 * phases[slice])).rougher() > 0.5);
        assertEquals(0, errors(4, 2, (x, y, slice) -> 0.5 + wave(x + phases[slice])).rougher());
    }

    @Test
    void tooFewOrTooSmallSlicesSayNothing() {
        assertEquals(0, errors(2, 2, (x, y, slice) -> wave(x)).abovePlane());
        KeptSlices small = new KeptSlices(new float[3 * 9], new double[] {0, 1, 2}, 3, 3, 1, 1);
        assertEquals(0, new AcrossErrors(small, new InPlaneErrors(small, 3)).abovePlane());
    }
}
