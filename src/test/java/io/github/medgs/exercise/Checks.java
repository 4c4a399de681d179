package io.github.medgs.exercise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What is asked of each chapter's exercise. */
final class Checks {

    /** By chapter, from the first. */
    static final List<Consumer<Unsolved>> OF_CHAPTER = List.of(Checks::displacement, Checks::index, Checks::composite,
            Checks::lists, Checks::place, Checks::sum);

    private Checks() {}

    static void displacement(Unsolved mine) {
        assertEquals(0.5f * 3 + 0.25f * 5, mine.displacement(new float[] {3, 5}, 0.5f), 1e-6f, "w = 3, 5 at u = 1/2");
        assertEquals(-2f + 4f - 8f, mine.displacement(new float[] {1, 1, 1}, -2f), 1e-5f, "w = 1, 1, 1 at u = -2");
        assertEquals(0f, mine.displacement(new float[0], 3f), "no motion");
    }

    static void index(Unsolved mine) {
        BitSet used = new BitSet();
        for (int row = 0; row < 9; row++) {
            for (int g = 0; g < 64; g++) {
                int at = mine.index(row, 9, g, 64);
                assertTrue(at >= 0 && at < 9 * 64 && !used.get(at), "place " + at + " is taken or outside");
                used.set(at);
                if (g > 0) {
                    assertEquals(1, at - mine.index(row, 9, g - 1, 64), "floats from thread " + (g - 1) + " to the next");
                }
            }
        }
    }

    static void composite(Unsolved mine) {
        assertArrayEquals(new float[] {0.5f * 0.8f + 0.25f * 0.5f * 0.2f, 0.5f * 0.75f},
                mine.composite(new float[] {0.5f, 0.25f}, new float[] {0.8f, 0.2f}), 1e-6f);
        assertArrayEquals(new float[] {0f, 1f}, mine.composite(new float[0], new float[0]), "nothing drawn");
    }

    static void lists(Unsolved mine) {
        int[] tileOf = {1, 0, 1, 1, 0, 2, 1, 0, 2, 1};
        int[] expected = {1, 4, 7, 0, 2, 3, 6, 9, 5, 8};
        for (int[] finished : new int[][] {{0, 1, 2, 3}, {3, 1, 0, 2}, {2, 3, 1, 0}}) {
            assertArrayEquals(expected, mine.lists(tileOf, 3, 3, finished), "chunks as " + Arrays.toString(finished));
        }
    }

    static void place(Unsolved mine) {
        BitSet used = new BitSet();
        for (int k = 0; k < 16; k++) {
            for (int l = 0; l < 64; l++) {
                for (int number = 0; number < 5; number++) {
                    int at = mine.place(k, l) + number;
                    assertTrue(!used.get(at), "entry " + k + " and pixel " + l + " overlap another");
                    used.set(at);
                }
            }
        }
        assertTrue(used.length() <= 16 * 64 * 5 + 512, used.length() + " floats are too much local memory");
        for (int warp = 0; warp < 2; warp++) {
            BitSet banks = new BitSet();
            for (int thread = 0; thread < 32; thread++) {
                banks.set(mine.place(8 * warp + thread / 4, thread % 4) % 32);
            }
            assertEquals(32, banks.cardinality(), "different banks that a warp reads from at once");
        }
    }

    static void sum(Unsolved mine) {
        Random random = new Random(3);
        float[] computed = new float[256];
        double exact = 0;
        for (int i = 0; i < computed.length; i++) {
            computed[i] = (float) Math.exp(random.nextGaussian(0, 4));
            exact += computed[i];
        }
        Integer[] arrived = new Integer[computed.length];
        Arrays.setAll(arrived, i -> i);
        float first = Float.NaN;
        for (int run = 0; run < 8; run++) {
            java.util.Collections.shuffle(Arrays.asList(arrived), random);
            float sum = mine.sum(computed, Arrays.stream(arrived).mapToInt(i -> i).toArray());
            assertEquals(exact, sum, 1e-5 * exact, "the sum");
            first = run == 0 ? sum : first;
            assertEquals(first, sum, "the same bits whoever comes first");
        }
    }
}
