package io.github.medgs.surface;

import java.util.Arrays;

/** Numbers by 64-bit keys: an open hash table without boxes. */
final class VertexNumbers {

    private long[] keys = new long[1 << 12];
    private int[] numbers = new int[1 << 12];
    private int size;

    VertexNumbers() {
        Arrays.fill(numbers, -1);
    }

    /** The number of a key, or -1. */
    int get(long key) {
        return numbers[slot(key)];
    }

    /** Gives a number to a key that has none. */
    void put(long key, int number) {
        if (2 * ++size > keys.length) {
            grow();
        }
        int slot = slot(key);
        keys[slot] = key;
        numbers[slot] = number;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (numbers[slot] >= 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        Arrays.fill(numbers, -1);
        for (int n = 0; n < oldKeys.length; n++) {
            if (oldNumbers[n] >= 0) {
                int slot = slot(oldKeys[n]);
                keys[slot] = oldKeys[n];
                numbers[slot] = oldNumbers[n];
            }
        }
    }
}
