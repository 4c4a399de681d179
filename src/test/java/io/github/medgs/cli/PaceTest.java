package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A time to go that is said is about right, and none is said while work speeds up. */
class PaceTest {

    @Test
    void nothingIsSaidOfTheFirstSlowSteps() {
        Pace pace = new Pace(1000);
        double seconds = 0;
        for (int step = 1; step <= 4; step++) {
            seconds += 0.6 / step;
            pace.to(step, seconds);
            assertTrue(Double.isNaN(pace.left(seconds)), "step " + step);
        }
    }

    @Test
    void onASteadyPaceItIsKnownAfterAFewSecondsAndRight() {
        Pace pace = new Pace(1000);
        for (int step = 1; step <= 60; step++) {
            pace.to(step, step * 0.1);
        }
        assertEquals(94, pace.left(6.0), 1);
        assertEquals(90, pace.left(10.0), 1);
    }

    @Test
    void workThatGetsFasterIsNeverSaidToTakeManyTimesAsLong() {
        Pace pace = new Pace(500);
        double[] ends = new double[501];
        for (int step = 1; step <= 500; step++) {
            ends[step] = ends[step - 1] + 0.02 + 3.0 / (step * step);
        }
        for (int step = 1; step <= 500; step++) {
            pace.to(step, ends[step]);
            double left = pace.left(ends[step]);
            assertTrue(Double.isNaN(left) || left < 1 + 2 * (ends[500] - ends[step]), step + ": " + left);
        }
    }

    @Test
    void workWithoutProgressSaysNothing() {
        Pace pace = new Pace(10);
        for (int second = 0; second < 30; second++) {
            pace.to(1, second);
        }
        assertTrue(Double.isNaN(pace.left(30)));
    }
}
