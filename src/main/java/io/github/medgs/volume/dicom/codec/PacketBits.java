package io.github.medgs.volume.dicom.codec;

/** Bits of packet headers, and the bytes between them (T.800, B.10.1): behind a byte 0xFF the next has one bit less. */
final class PacketBits {

    private final byte[] data;
    private int position;
    private int current;
    private int left;

    PacketBits(byte[] data) {
        this.data = data;
    }

    int bit() throws CodecException {
        if (left == 0) {
            if (position >= data.length) {
                throw ended();
            }
            left = current == 0xFF ? 7 : 8;
            current = data[position++] & 0xFF;
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

    /** Steps to the next whole byte. */
    void align() throws CodecException {
        if (current == 0xFF) {
            skip(1);
        }
        left = 0;
        current = 0;
    }

    /** Steps over a marker, if it is there. */
    void skipMarker(int second, int bytes) throws CodecException {
        if (position + 1 < data.length && (data[position] & 0xFF) == 0xFF && (data[position + 1] & 0xFF) == second) {
            skip(bytes);
        }
    }

    /** Where the next byte is; it steps over so many bytes, which must be there. */
    int skip(int bytes) throws CodecException {
        int at = position;
        if (bytes < 0 || bytes > data.length - position) {
            throw ended();
        }
        position += bytes;
        return at;
    }

    byte[] data() {
        return data;
    }

    private static CodecException ended() {
        return new CodecException("its JPEG 2000 picture ends early");
    }
}
