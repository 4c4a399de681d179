package io.github.medgs.volume.dicom.codec;

/** Bits of a JPEG scan, the highest first, and the Huffman codes in them (T.81, annex F.2.2). */
final class HuffmanBits {

    /** How many bits that are not there a decoder may look at: codes are looked up some bits at a time. */
    private static final int SLACK_BITS = 32;

    private final byte[] data;
    private int position;
    private int bits;
    private int count;
    private int missing;

    HuffmanBits(byte[] data, int position) {
        this.data = data;
        this.position = position;
    }

    /** A table of codes: for each code of up to eight bits its value at once, longer ones by their lengths. */
    static final class Table {

        private final int[] fast = new int[256];
        private final int[] largest = new int[18];
        private final int[] offset = new int[17];
        private final int[] values;

        /**
         * @param counts codes of each length, from one bit to sixteen
         * @param values of the codes in their order
         */
        Table(int[] counts, int[] values) throws CodecException {
            this.values = values;
            int code = 0;
            int index = 0;
            for (int length = 1; length <= 16; length++) {
                offset[length] = index - code;
                for (int n = 0; n < counts[length - 1]; n++) {
                    for (int rest = 0; length <= 8 && rest < 1 << 8 - length; rest++) {
                        int at = (code << 8 - length) + rest;
                        if (at < 256) {
                            fast[at] = length << 8 | values[index];
                        }
                    }
                    code++;
                    index++;
                }
                if (code > 1 << length) {
                    throw new CodecException("a table of its compressed picture has more codes than there are");
                }
                largest[length] = code - 1;
                code <<= 1;
            }
            largest[17] = Integer.MAX_VALUE;
        }
    }

    /** The value of the next code. */
    int decode(Table table) throws CodecException {
        require(16);
        int quick = table.fast[bits >>> count - 8 & 0xFF];
        if (quick != 0) {
            count -= quick >> 8;
            return quick & 0xFF;
        }
        int ahead = bits >>> count - 16 & 0xFFFF;
        for (int length = 1; length <= 16; length++) {
            int code = ahead >> 16 - length;
            int index = table.offset[length] + code;
            if (code <= table.largest[length] && index >= 0 && index < table.values.length) {
                count -= length;
                return table.values[index];
            }
        }
        throw new CodecException("its compressed picture holds a code that is in no table");
    }

    /** So many bits (0 to 16) as the signed number that a category and its bits mean (T.81, table F.1). */
    int signed(int length) throws CodecException {
        if (length == 0) {
            return 0;
        }
        require(length);
        count -= length;
        int value = bits >>> count & (1 << length) - 1;
        return value < 1 << length - 1 ? value - (1 << length) + 1 : value;
    }

    /** Drops what is left of a byte and steps behind the restart marker that must follow. */
    void restart() throws CodecException {
        count = 0;
        missing = 0;
        while (position + 1 < data.length && !((data[position] & 0xFF) == 0xFF && (data[position + 1] & 0xF8) == 0xD0)) {
            position++;
        }
        if (position + 1 >= data.length) {
            throw new CodecException("its compressed picture lacks a restart marker");
        }
        position += 2;
    }

    private void require(int wanted) throws CodecException {
        while (count < wanted) {
            int next = 0;
            boolean inside = position < data.length;
            if (inside && (data[position] & 0xFF) == 0xFF) {
                // A zero byte behind 0xFF is no data; anything else is a marker, where the data ends.
                inside = position + 1 < data.length && data[position + 1] == 0;
                next = 0xFF;
                position += inside ? 2 : 0;
            } else if (inside) {
                next = data[position++] & 0xFF;
            }
            if (!inside) {
                next = 0;
                missing += 8;
                if (missing > SLACK_BITS) {
                    throw new CodecException("its compressed picture ends early");
                }
            }
            bits = bits << 8 | next;
            count += 8;
        }
    }
}
