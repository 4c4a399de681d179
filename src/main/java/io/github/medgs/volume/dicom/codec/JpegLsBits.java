package io.github.medgs.volume.dicom.codec;

/** Bits of a JPEG-LS scan, the highest first: behind a byte 0xFF the next has one bit less (T.87, A.1). */
final class JpegLsBits {

    private final byte[] data;
    private int position;
    private int current;
    private int left;

    JpegLsBits(byte[] data, int position) {
        this.data = data;
        this.position = position;
    }

    int bit() throws CodecException {
        if (left == 0) {
            boolean stuffed = current == 0xFF;
            if (position >= data.length || stuffed && (data[position] & 0x80) != 0) {
                throw new CodecException("its JPEG-LS picture ends early");
            }
            current = data[position++] & 0xFF;
            left = stuffed ? 7 : 8;
        }
        left--;
        return current >> left & 1;
    }

    int bits(int count) throws CodecException {
        int value = 0;
        for (int n = 0; n < count; n++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /**
     * A Golomb code with a limit (T.87, A.5.3): zeros up to a one count multiples of 2^k; beyond the limit the value is
     * written whole.
     */
    int golomb(int k, int limit, int wholeBits) throws CodecException {
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > limit) {
                throw new CodecException("its JPEG-LS picture holds a code beyond all limits");
            }
        }
        return zeros < limit - wholeBits - 1 ? (zeros << k) + bits(k) : bits(wholeBits) + 1;
    }
}
