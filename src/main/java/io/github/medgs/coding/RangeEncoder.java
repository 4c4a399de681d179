package io.github.medgs.coding;

import java.io.ByteArrayOutputStream;

/**
 * Arithmetic coding by a range of 32 bits (Martin 1979): a likely bit narrows the range by less than one bit's worth. A
 * carry runs back over the bytes that wait for it.
 */
public final class RangeEncoder implements BitCoder {

    private static final long TOP = 1L << 24;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long low;
    private long range = 0xFFFFFFFFL;
    private int waiting = -1;
    private int full;

    @Override
    public int bit(int bit, Chances chance, int index) {
        long one = (range >>> Chances.BITS) * chance.ofOne(index);
        if (bit == 1) {
            range = one;
        } else {
            low += one;
            range -= one;
        }
        chance.learn(index, bit);
        while (range < TOP) {
            range = range << 8 & 0xFFFFFFFFL;
            shift();
        }
        return bit;
    }

    @Override
    public boolean decodes() {
        return false;
    }

    // The top byte goes out once no carry can reach it any more; bytes of all ones wait with the one before them.
    private void shift() {
        int carry = (int) (low >>> 32);
        if (carry == 1 || low < 0xFF000000L) {
            if (waiting >= 0) {
                out.write(waiting + carry);
            }
            for (; full > 0; full--) {
                out.write(0xFF + carry);
            }
            waiting = (int) (low >>> 24 & 0xFF);
        } else {
            full++;
        }
        low = (low & 0x00FFFFFFL) << 8;
    }

    /** All bytes; nothing may be coded after. */
    public byte[] finish() {
        for (int n = 0; n < 5; n++) {
            shift();
        }
        return out.toByteArray();
    }
}
