package io.github.medgs.volume.dicom.codec;

/**
 * The arithmetic decoder of JPEG 2000 (T.800, annex C): bits by their context, whose probability follows what was seen.
 * Behind its bytes it reads ones, as the standard says.
 */
final class MqDecoder {

    private static final int[] PROBABILITY = {
        0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1C01, 0x1601,
        0x5601, 0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1C01, 0x1801, 0x1601, 0x1401,
        0x1201, 0x1101, 0x0AC1, 0x09C1, 0x08A1, 0x0521, 0x0441, 0x02A1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025,
        0x0015, 0x0009, 0x0005, 0x0001, 0x5601};
    private static final int[] AFTER_LIKELY = {
        1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46};
    private static final int[] AFTER_UNLIKELY = {
        1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46};

    private final int[] states = new int[19];
    private final int[] likely = new int[19];
    private byte[] data;
    private int position;
    private int end;
    private int interval;
    private int code;
    private int count;

    /** All contexts as they are at a code-block's beginning (T.800, table D.7). */
    void resetContexts() {
        java.util.Arrays.fill(states, 0);
        java.util.Arrays.fill(likely, 0);
        states[0] = 4;
        states[BlockDecoder.RUN_LENGTH] = 3;
        states[BlockDecoder.UNIFORM] = 46;
    }

    /** Begins a segment. */
    void start(byte[] bytes, int from, int to) {
        data = bytes;
        position = from;
        end = to;
        code = byteAt(from) << 16;
        next();
        code <<= 7;
        count -= 7;
        interval = 0x8000;
    }

    private int byteAt(int at) {
        return at < end ? data[at] & 0xFF : 0xFF;
    }

    private void next() {
        if (byteAt(position) == 0xFF) {
            if (byteAt(position + 1) > 0x8F) {
                code += 0xFF00;
                count = 8;
            } else {
                position++;
                code += byteAt(position) << 9;
                count = 7;
            }
        } else {
            position++;
            code += byteAt(position) << 8;
            count = 8;
        }
    }

    int decode(int context) {
        int state = states[context];
        int probability = PROBABILITY[state];
        int bit = likely[context];
        interval -= probability;
        boolean lower = code >>> 16 < probability;
        if (!lower) {
            code -= probability << 16;
            if ((interval & 0x8000) != 0) {
                return bit;
            }
        }
        // The likelier bit has the larger part, whichever that is.
        if (lower == interval < probability) {
            states[context] = AFTER_LIKELY[state];
        } else {
            bit = 1 - bit;
            if (state == 0 || state == 6 || state == 14) {
                likely[context] = bit;
            }
            states[context] = AFTER_UNLIKELY[state];
        }
        if (lower) {
            interval = probability;
        }
        do {
            if (count == 0) {
                next();
            }
            interval <<= 1;
            code <<= 1;
            count--;
        } while ((interval & 0x8000) == 0);
        return bit;
    }
}
