package io.github.medgs.coding;

/**
 * Codes whole numbers that are mostly near zero: whether it is zero, its sign, then its size one by one up to a limit, and
 * what is left as a number of bits and those bits (Elias 1975). Each decision has chances of its own in each context.
 */
public final class WholeNumbers {

    private static final int ONE_BY_ONE = 14;
    private static final int LONGEST = 30;
    /** Zero, two signs, sizes, lengths, and the bits after the first by length. */
    private static final int PER_CONTEXT = 3 + ONE_BY_ONE + LONGEST + LONGEST;

    private final Chances chances;

    public WholeNumbers(int contexts) {
        chances = new Chances(contexts * PER_CONTEXT);
    }

    /**
     * @param value disregarded by a decoder
     * @param context from 0
     * @return the value
     */
    public int code(BitCoder coder, int value, int context) {
        int base = context * PER_CONTEXT;
        if (coder.bit(value == 0 ? 0 : 1, chances, base) == 0) {
            return 0;
        }
        int negative = coder.bit(value < 0 ? 1 : 0, chances, base + 1);
        int size = size(coder, Math.abs(value) - 1, base + 3) + 1;
        return negative == 1 ? -size : size;
    }

    private int size(BitCoder coder, int left, int base) {
        for (int n = 0; n < ONE_BY_ONE; n++) {
            if (coder.bit(left > n ? 1 : 0, chances, base + n) == 0) {
                return n;
            }
        }
        int rest = left - ONE_BY_ONE + 1;
        int length = 0;
        int bits = 31 - Integer.numberOfLeadingZeros(Math.max(1, rest));
        while (length < LONGEST - 1 && coder.bit(length < bits ? 1 : 0, chances, base + ONE_BY_ONE + length) == 1) {
            length++;
        }
        int read = 1;
        for (int n = length - 1; n >= 0; n--) {
            read = read << 1 | coder.bit(rest >> n & 1, chances, base + ONE_BY_ONE + LONGEST + n);
        }
        return read - 1 + ONE_BY_ONE;
    }
}
