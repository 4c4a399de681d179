package io.github.medgs.volume.dicom.codec;

import java.util.Arrays;

/**
 * The values of a JPEG-LS scan (T.87, annex A): each is predicted from four neighbours and corrected by a code whose
 * length follows what was seen in the same context of gradients; where all is flat, runs are counted.
 */
final class JpegLsScan {

    private static final int CONTEXTS = 365;

    /** No honest context needs more bits for the rest of a code. */
    private static final int LONGEST_REST = 20;

    /** How many bits the length of a run's rest has, by how runs have gone so far. */
    private static final int[] RUN_BITS = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10,
        11, 12, 13, 14, 15};

    private final JpegLsBits bits;
    private final JpegLsParameters parameters;
    private final int rows;
    private final int columns;
    private final int step;

    // Of each context: the sum of sizes, of signed corrections, the correction of the prediction, the count. The last
    // two contexts are those behind runs, which count negative corrections instead.
    private final int[] sizes = new int[CONTEXTS + 2];
    private final int[] biases = new int[CONTEXTS];
    private final int[] corrections = new int[CONTEXTS];
    private final int[] counts = new int[CONTEXTS + 2];
    private final int[] negatives = new int[2];
    private int runState;

    JpegLsScan(JpegLsBits bits, JpegLsParameters parameters, int rows, int columns) {
        this.bits = bits;
        this.parameters = parameters;
        this.rows = rows;
        this.columns = columns;
        this.step = 2 * parameters.near() + 1;
        Arrays.fill(sizes, Math.max(2, (parameters.range() + 32) / 64));
        Arrays.fill(counts, 1);
    }

    void decode(int[] samples) throws CodecException {
        // One value more on either side: the neighbours of the first and the last column.
        int[] above = new int[columns + 2];
        int[] row = new int[columns + 2];
        for (int r = 0; r < rows; r++) {
            above[columns + 1] = above[columns];
            row[0] = above[1];
            decodeRow(above, row);
            System.arraycopy(row, 1, samples, r * columns, columns);
            int[] swap = above;
            above = row;
            row = swap;
        }
    }

    private void decodeRow(int[] above, int[] row) throws CodecException {
        int at = 1;
        while (at <= columns) {
            int left = row[at - 1];
            int q1 = parameters.region(above[at + 1] - above[at]);
            int q2 = parameters.region(above[at] - above[at - 1]);
            int q3 = parameters.region(above[at - 1] - left);
            if (q1 == 0 && q2 == 0 && q3 == 0) {
                at = run(above, row, at);
            } else {
                row[at] = regular(left, above[at], above[at - 1], 81 * q1 + 9 * q2 + q3);
                at++;
            }
        }
    }

    private int regular(int left, int up, int corner, int signedContext) throws CodecException {
        boolean negative = signedContext < 0;
        int q = Math.abs(signedContext);
        int prediction = corner >= Math.max(left, up) ? Math.min(left, up)
                : corner <= Math.min(left, up) ? Math.max(left, up) : left + up - corner;
        prediction = Math.clamp(prediction + (negative ? -corrections[q] : corrections[q]), 0, parameters.largest());
        int k = 0;
        while (k < LONGEST_REST && counts[q] << k < sizes[q]) {
            k++;
        }
        int code = bits.golomb(k, parameters.limit(), parameters.bits());
        boolean mirrored = parameters.near() == 0 && k == 0 && 2 * biases[q] <= -counts[q];
        int error = (code & 1) == 0 ? code >> 1 : -(code + 1 >> 1);
        error = mirrored ? -error - 1 : error;
        update(q, error);
        return reconstructed(prediction, negative ? -error : error);
    }

    private void update(int q, int error) {
        sizes[q] += Math.abs(error);
        biases[q] += error * step;
        if (counts[q] == parameters.reset()) {
            sizes[q] >>= 1;
            biases[q] >>= 1;
            counts[q] >>= 1;
        }
        counts[q]++;
        if (biases[q] <= -counts[q]) {
            biases[q] = Math.max(biases[q] + counts[q], 1 - counts[q]);
            corrections[q] = Math.max(corrections[q] - 1, -128);
        } else if (biases[q] > 0) {
            biases[q] = Math.min(biases[q] - counts[q], 0);
            corrections[q] = Math.min(corrections[q] + 1, 127);
        }
    }

    private int reconstructed(int prediction, int error) {
        int value = prediction + error * step;
        if (value < -parameters.near()) {
            value += parameters.range() * step;
        } else if (value > parameters.largest() + parameters.near()) {
            value -= parameters.range() * step;
        }
        return Math.clamp(value, 0, parameters.largest());
    }

    // Values like the one to the left, and the one that ends them; where the row goes on.
    private int run(int[] above, int[] row, int from) throws CodecException {
        int value = row[from - 1];
        int at = from;
        while (bits.bit() == 1) {
            int length = 1 << RUN_BITS[runState];
            int fits = Math.min(length, columns + 1 - at);
            Arrays.fill(row, at, at + fits, value);
            at += fits;
            if (fits == length) {
                runState = Math.min(runState + 1, RUN_BITS.length - 1);
            }
            if (at > columns) {
                return at;
            }
        }
        int rest = bits.bits(RUN_BITS[runState]);
        if (rest > columns - at) {
            throw new CodecException("its JPEG-LS picture holds a run beyond its row");
        }
        Arrays.fill(row, at, at + rest, value);
        at += rest;
        row[at] = interruption(value, above[at]);
        runState = Math.max(runState - 1, 0);
        return at + 1;
    }

    private int interruption(int left, int up) throws CodecException {
        int type = Math.abs(left - up) <= parameters.near() ? 1 : 0;
        int q = CONTEXTS + type;
        int size = sizes[q] + (type == 1 ? counts[q] >> 1 : 0);
        int k = 0;
        while (k < LONGEST_REST && counts[q] << k < size) {
            k++;
        }
        int code = bits.golomb(k, parameters.limit() - RUN_BITS[runState] - 1, parameters.bits());
        int sum = code + type;
        boolean odd = (sum & 1) == 1;
        int error = sum + 1 >> 1;
        if ((k != 0 || 2 * negatives[type] >= counts[q]) == odd) {
            error = -error;
        }
        if (error < 0) {
            negatives[type]++;
        }
        sizes[q] += code + 1 - type >> 1;
        if (counts[q] == parameters.reset()) {
            sizes[q] >>= 1;
            counts[q] >>= 1;
            negatives[type] >>= 1;
        }
        counts[q]++;
        return reconstructed(type == 1 ? left : up, type == 0 && left > up ? -error : error);
    }
}
