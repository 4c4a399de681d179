package io.github.medgs.interslice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StackMotionTest {

    @Test
    void aShiftIsFoundInBothDirections() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(2), z -> new double[] {2.4 * z, -1.3 * z});
        StackMotion motion = StackMotion.pairwise(slices, 1);
        float[] found = new float[4];
        for (int row = 8; row < MovingStacks.HEIGHT - 8; row++) {
            for (int column = 8; column < MovingStacks.WIDTH - 8; column++) {
                for (int slice = 0; slice < 2; slice++) {
                    motion.displacement(slice, row, column, found);
                    assertArrayEquals(new float[] {2.4f, -1.3f, -2.4f, 1.3f}, found, 0.1f,
                            "slice " + slice + " at " + row + " " + column);
                }
            }
        }
    }

    @Test
    void accelerationBecomesTheSecondDegree() {
        // Position 0.6 z + 0.25 z^2 in columns: from slice 2 on by 0.6 + 0.25 * (9 - 4), back by 0.6 + 0.25 * (4 - 1).
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(5),
                z -> new double[] {0.6 * z + 0.25 * z * z, 0.5 * z});
        float[] terms = new float[4];
        StackMotion.pairwise(slices, 1).polynomial(2, 20, 24, terms);
        assertArrayEquals(new float[] {-1.6f, -0.5f, 0.25f, 0f}, terms, 0.08f);
    }

    @Test
    void evenMotionIsKeptOverUnevenSpacing() {
        double[] positions = {0, 1, 3, 3.5, 5};
        KeptSlices slices = MovingStacks.texture(positions, z -> new double[] {0.9 * z, 0.7 * z});
        StackMotion motion = StackMotion.continuous(slices, 1);
        float[] found = new float[4];
        for (int k = 0; k + 1 < positions.length; k++) {
            motion.displacement(k, 20, 24, found);
            assertEquals(0.9 * (positions[k + 1] - positions[k]), found[0], 0.1, "columns from slice " + k);
            assertEquals(0.7 * (positions[k + 1] - positions[k]), found[1], 0.1, "rows from slice " + k);
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(6),
                z -> new double[] {1.1 * z, Math.sin(z)});
        StackMotion one = StackMotion.continuous(slices, 1);
        StackMotion three = StackMotion.continuous(slices, 3);
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(one.columns(k), three.columns(k));
            assertArrayEquals(one.rows(k), three.rows(k));
        }
    }

    @Test
    void gapsInWhichMotionJumpsLetGoOfWhatGoesOnEvenly() {
        // Two of five gaps move six columns at once, the others hardly: motion that goes on evenly does not follow.
        double[] moved = {0, 0.2, 0.4, 6.4, 6.6, 12.6};
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(6), z -> new double[] {moved[(int) z], 0});
        StackMotion even = StackMotion.continuous(slices, 1);
        StackMotion following = StackMotion.following(slices, 1);
        float[] found = new float[4];
        even.displacement(4, 20, 24, found);
        assertTrue(Math.abs(found[0] - 6) > 1, "the even motion is " + found[0]);
        for (int k = 0; k < 5; k++) {
            following.displacement(k, 20, 24, found);
            assertEquals(moved[k + 1] - moved[k], found[0], 0.3, "gap " + k);
            assertArrayEquals(following.columns(k), StackMotion.following(slices, 3).columns(k), "threads");
        }
        assertTrue(following.mismatch(1) < 0.2 * even.mismatch(1));
    }

    @Test
    void evenMotionThatExplainsItsSlicesStaysAsItIs() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(6), z -> new double[] {1.1 * z, Math.sin(z)});
        StackMotion even = StackMotion.continuous(slices, 1);
        StackMotion following = StackMotion.following(slices, 1);
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(even.columns(k), following.columns(k));
            assertArrayEquals(even.rows(k), following.rows(k));
        }
    }

    @Test
    void aStackLetsGoTheSoonerTheMoreOfItsGapsTheirPairsExplainBetter() {
        assertEquals(0, StackMotion.contradiction(0.4, 0.2));
        assertEquals(0.5, StackMotion.contradiction(0.46, 0.2), 1e-6);
        assertEquals(1, StackMotion.contradiction(0.52, 0.2));
        assertEquals(1, StackMotion.contradiction(0.6, 0));
        assertEquals(Float.POSITIVE_INFINITY, StackMotion.letsGo(0.2));
        assertEquals(1, StackMotion.letsGo(0.285), 1e-6f);
        assertEquals(0.5f, StackMotion.letsGo(0.5));
    }

    @Test
    void oneGapOfManyIsNotWorthLettingGo() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(9), z -> new double[] {z < 8 ? 0.2 * z : 7.4, 0});
        StackMotion even = StackMotion.continuous(slices, 1);
        StackMotion following = StackMotion.following(slices, 1);
        for (int k = 0; k < 8; k++) {
            assertArrayEquals(even.columns(k), following.columns(k));
        }
    }

    @Test
    void emptySlicesDoNotMove() {
        KeptSlices slices = new KeptSlices(new float[3 * 20 * 20], new double[] {0, 1, 2}, 20, 20, 1, 1);
        assertArrayEquals(new float[400], StackMotion.continuous(slices, 1).columns(1));
    }

    @Test
    void aSingleSliceStands() {
        StackMotion motion = StackMotion.continuous(new KeptSlices(new float[12], new double[] {4}, 3, 4, 1, 1), 1);
        float[] found = {9, 9, 9, 9};
        motion.displacement(0, 1, 1, found);
        assertArrayEquals(new float[4], found);
    }

    @Test
    void whatIsSaidOfAStackDoesNotDependOnTheNumberOfThreadsEither() {
        KeptSlices slices = MovingStacks.texture(MovingStacks.evenPositions(7), t -> new double[] {2 * t, 0.3 * t * t});
        StackMotion motion = StackMotion.continuous(slices, 1);
        for (int threads = 2; threads <= 3; threads++) {
            assertEquals(motion.mismatch(1), motion.mismatch(threads));
            assertEquals(Smoothness.of(slices, 1), Smoothness.of(slices, threads));
            assertEquals(LeftOutTrial.gainOfMotion(slices, 1), LeftOutTrial.gainOfMotion(slices, threads));
        }
    }
}
