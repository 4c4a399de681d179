package io.github.medgs.volume.dicom.codec;

/**
 * What a JPEG-LS scan is coded with (T.87, A.2.1 and C.2.4.1).
 *
 * @param largest the largest value
 * @param near how far a decoded value may be off
 * @param range of the corrections
 * @param bits of a correction that is written whole
 * @param limit longest code
 * @param t1 first threshold of gradients, then the second and the third
 * @param reset after how many values a context's sums are halved
 */
record JpegLsParameters(int largest, int near, int range, int bits, int limit, int t1, int t2, int t3, int reset) {

    /** @param preset largest value, three thresholds and reset, each 0 for its default */
    static JpegLsParameters of(int precision, int near, int[] preset) throws CodecException {
        int largest = preset[0] == 0 ? (1 << precision) - 1 : preset[0];
        if (largest < 1 || largest >= 1 << precision || near > Math.min(255, largest / 2)) {
            throw new CodecException("its JPEG-LS picture claims values up to " + largest + ", off by " + near);
        }
        int range = (largest + 2 * near) / (2 * near + 1) + 1;
        int valueBits = Math.max(2, bitsFor(largest + 1));
        int t1;
        int t2;
        int t3;
        if (largest >= 128) {
            int factor = (Math.min(largest, 4095) + 128) / 256;
            t1 = clamp(factor + 2 + 3 * near, near + 1, largest);
            t2 = clamp(factor * 4 + 3 + 5 * near, t1, largest);
            t3 = clamp(factor * 17 + 4 + 7 * near, t2, largest);
        } else {
            int factor = 256 / (largest + 1);
            t1 = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, largest);
            t2 = clamp(Math.max(3, 7 / factor + 5 * near), t1, largest);
            t3 = clamp(Math.max(4, 21 / factor + 7 * near), t2, largest);
        }
        t1 = preset[1] == 0 ? t1 : preset[1];
        t2 = preset[2] == 0 ? t2 : preset[2];
        t3 = preset[3] == 0 ? t3 : preset[3];
        int reset = preset[4] == 0 ? 64 : preset[4];
        if (t1 < near + 1 || t2 < t1 || t3 < t2 || t3 > largest || reset < 3) {
            throw new CodecException("its JPEG-LS picture claims thresholds " + t1 + ", " + t2 + ", " + t3
                    + " and reset " + reset);
        }
        return new JpegLsParameters(largest, near, range, bitsFor(range), 2 * (valueBits + Math.max(8, valueBits)), t1,
                t2, t3, reset);
    }

    private static int bitsFor(int count) {
        return 32 - Integer.numberOfLeadingZeros(count - 1);
    }

    private static int clamp(int value, int low, int high) {
        return value > high || value < low ? low : value;
    }

    /** Which of nine regions a gradient lies in, -4 to 4. */
    int region(int gradient) {
        int size = Math.abs(gradient);
        int region = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
        return gradient < 0 ? -region : region;
    }
}
