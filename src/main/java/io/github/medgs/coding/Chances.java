package io.github.medgs.coding;

/**
 * How likely bits are, learnt from those that came: for each the mean of two estimates, one that follows quickly and one
 * that follows slowly. Shares of 65536 in whole numbers, so that every machine has the same ones.
 */
public final class Chances {

    private static final int QUICK = 4;
    private static final int SLOW = 7;
    private static final int HALF = 1 << 15;
    /** Bits of a chance as the coder takes it. */
    static final int BITS = 12;

    private final int[] quick;
    private final int[] slow;

    public Chances(int count) {
        quick = new int[count];
        slow = new int[count];
        java.util.Arrays.fill(quick, HALF);
        java.util.Arrays.fill(slow, HALF);
    }

    /** The chance of a 1, in shares of 4096, neither none nor all. */
    int ofOne(int index) {
        int mean = quick[index] + slow[index] >> 17 - BITS;
        return Math.clamp(mean, 1, (1 << BITS) - 1);
    }

    void learn(int index, int bit) {
        int towards = bit == 1 ? 65535 : 0;
        quick[index] += towards - quick[index] >> QUICK;
        slow[index] += towards - slow[index] >> SLOW;
    }
}
