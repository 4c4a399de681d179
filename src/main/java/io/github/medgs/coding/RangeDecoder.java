package io.github.medgs.coding;

/**
 * Reads what a {@link RangeEncoder} wrote, which takes every byte of it and none beyond: where bytes end early, so does the
 * reading, with an {@link IllegalArgumentException}. Zeros in their place would be decisions without end.
 */
public final class RangeDecoder implements BitCoder {

    private static final long TOP = 1L << 24;

    private final byte[] bytes;
    private int next;
    private long code;
    private long range = 0xFFFFFFFFL;

    public RangeDecoder(byte[] bytes) {
        this.bytes = bytes;
        for (int n = 0; n < 4; n++) {
            code = code << 8 | read();
        }
    }

    @Override
    public int bit(int ignored, Chances chance, int index) {
        long one = (range >>> Chances.BITS) * chance.ofOne(index);
        int bit = code < one ? 1 : 0;
        if (bit == 1) {
            range = one;
        } else {
            code -= one;
            range -= one;
        }
        chance.learn(index, bit);
        while (range < TOP) {
            range = range << 8 & 0xFFFFFFFFL;
            code = (code << 8 | read()) & 0xFFFFFFFFL;
        }
        return bit;
    }

    @Override
    public boolean decodes() {
        return true;
    }

    private int read() {
        if (next == bytes.length) {
            throw new IllegalArgumentException("coded bytes that end early");
        }
        return bytes[next++] & 0xFF;
    }
}
