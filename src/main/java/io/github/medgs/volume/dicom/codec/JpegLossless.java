package io.github.medgs.volume.dicom.codec;

/** The lossless process of JPEG (T.81, annex H): each value is predicted from its neighbours and corrected. */
final class JpegLossless {

    private final HuffmanBits bits;
    private final HuffmanBits.Table table;
    private final int rows;
    private final int columns;
    private final int predictor;
    private final int shift;
    private final int start;
    private final int interval;

    /**
     * @param predictor which neighbours predict a value, 1 to 7
     * @param shift lowest bits that were dropped before ("point transform")
     * @param interval values between restart markers, 0 for none; whole rows
     */
    JpegLossless(HuffmanBits bits, HuffmanBits.Table table, Codec.Header frame, int predictor, int shift, int interval)
            throws CodecException {
        if (predictor < 1 || predictor > 7 || shift >= frame.bits()
                || interval % frame.columns() != 0) {
            throw new CodecException("its lossless picture claims predictor " + predictor + ", shift " + shift
                    + " and restarts after " + interval + " values");
        }
        this.bits = bits;
        this.table = table;
        this.rows = frame.rows();
        this.columns = frame.columns();
        this.predictor = predictor;
        this.shift = shift;
        this.start = 1 << frame.bits() - shift - 1;
        this.interval = interval / frame.columns();
    }

    void decode(int[] samples) throws CodecException {
        for (int row = 0; row < rows; row++) {
            boolean restarted = interval > 0 && row > 0 && row % interval == 0;
            if (restarted) {
                bits.restart();
            }
            int at = row * columns;
            boolean first = row == 0 || restarted;
            // At a row's beginning the value above predicts, in a first row the one to the left.
            samples[at] = corrected(first ? start : samples[at - columns]);
            for (int n = at + 1; n < at + columns; n++) {
                samples[n] = corrected(first ? samples[n - 1] : predicted(samples, n));
            }
        }
        for (int n = 0; shift > 0 && n < rows * columns; n++) {
            samples[n] = samples[n] << shift & 0xFFFF;
        }
    }

    private int predicted(int[] samples, int at) {
        int left = samples[at - 1];
        int above = samples[at - columns];
        int corner = samples[at - columns - 1];
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + (above - corner >> 1);
            case 6 -> above + (left - corner >> 1);
            default -> left + above >> 1;
        };
    }

    private int corrected(int prediction) throws CodecException {
        int category = bits.decode(table);
        if (category > 16) {
            throw new CodecException("its lossless picture holds a difference of " + category + " bits");
        }
        // The largest category has one value and no further bits.
        int difference = category == 16 ? 32_768 : bits.signed(category);
        return prediction + difference & 0xFFFF;
    }
}
