package io.github.medgs.volume.dicom.codec;

import java.util.Arrays;

/** The sequential process of JPEG (T.81, annexes A and F): blocks of 8 x 8 values by their cosine coefficients. */
final class JpegCosine {

    /** Where the n-th coefficient of the zigzag stands in a block, row by row. */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
        28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61,
        54, 47, 55, 62, 63};

    /** {@code BASIS[8 * u + x]}: the u-th cosine at x, with its normalisation. */
    private static final double[] BASIS = new double[64];

    static {
        for (int u = 0; u < 8; u++) {
            for (int x = 0; x < 8; x++) {
                BASIS[8 * u + x] = 0.5 * (u == 0 ? Math.sqrt(0.5) : 1) * Math.cos((2 * x + 1) * u * Math.PI / 16);
            }
        }
    }

    private final HuffmanBits bits;
    private final HuffmanBits.Table first;
    private final HuffmanBits.Table others;
    private final int[] steps;
    private final Codec.Header frame;
    private final int interval;

    /**
     * @param first codes of the first coefficients
     * @param others codes of all others
     * @param steps of the quantisation, in zigzag order
     * @param interval blocks between restart markers, 0 for none
     */
    JpegCosine(HuffmanBits bits, HuffmanBits.Table first, HuffmanBits.Table others, int[] steps, Codec.Header frame,
            int interval) throws CodecException {
        if (steps == null || frame.bits() != 8 && frame.bits() != 12) {
            throw new CodecException("its compressed picture lacks its quantisation, or has " + frame.bits() + " bits");
        }
        this.bits = bits;
        this.first = first;
        this.others = others;
        this.steps = steps;
        this.frame = frame;
        this.interval = interval;
    }

    void decode(int[] samples) throws CodecException {
        int across = (frame.columns() + 7) / 8;
        int count = across * ((frame.rows() + 7) / 8);
        double[] block = new double[64];
        int mean = 0;
        for (int n = 0; n < count; n++) {
            if (interval > 0 && n > 0 && n % interval == 0) {
                bits.restart();
                mean = 0;
            }
            mean += difference();
            Arrays.fill(block, 0);
            block[0] = (double) mean * steps[0];
            boolean flat = readOthers(block);
            if (!flat) {
                transform(block);
            } else {
                Arrays.fill(block, block[0] / 8);
            }
            store(block, n % across * 8, n / across * 8, samples);
        }
    }

    private int difference() throws CodecException {
        int category = bits.decode(first);
        if (category > 15) {
            throw new CodecException("its compressed picture holds a difference of " + category + " bits");
        }
        return bits.signed(category);
    }

    // Whether there was none.
    private boolean readOthers(double[] block) throws CodecException {
        boolean none = true;
        for (int n = 1; n < 64; n++) {
            int code = bits.decode(others);
            int size = code & 15;
            if (size == 0) {
                if (code >> 4 != 15) {
                    break;
                }
                n += 15;
                continue;
            }
            n += code >> 4;
            if (n > 63) {
                throw new CodecException("its compressed picture holds a block of more than 64 coefficients");
            }
            block[ZIGZAG[n]] = (double) bits.signed(size) * steps[n];
            none = false;
        }
        return none;
    }

    private static void transform(double[] block) {
        double[] rows = new double[64];
        for (int v = 0; v < 8; v++) {
            for (int x = 0; x < 8; x++) {
                double sum = 0;
                for (int u = 0; u < 8; u++) {
                    sum += block[8 * v + u] * BASIS[8 * u + x];
                }
                rows[8 * v + x] = sum;
            }
        }
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                double sum = 0;
                for (int v = 0; v < 8; v++) {
                    sum += rows[8 * v + x] * BASIS[8 * v + y];
                }
                block[8 * y + x] = sum;
            }
        }
    }

    private void store(double[] block, int left, int top, int[] samples) {
        int middle = 1 << frame.bits() - 1;
        int largest = (1 << frame.bits()) - 1;
        for (int y = 0; y < Math.min(8, frame.rows() - top); y++) {
            for (int x = 0; x < Math.min(8, frame.columns() - left); x++) {
                samples[(top + y) * frame.columns() + left + x] =
                        (int) Math.clamp(Math.round(block[8 * y + x]) + middle, 0, largest);
            }
        }
    }
}
