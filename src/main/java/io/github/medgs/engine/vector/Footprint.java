package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.kernel.Layout.*;
import static io.github.medgs.kernel.Transcendental.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A splat on the pixels it covers: columns of vectors, and in each the strips (see {@link Planes}): as many
 * pixels of a row as there are lanes, or half as many of two rows.
 *
 * <p>A column is walked from top to bottom, so that all that depends on a pixel's column stays in registers.
 * Most splats are one such column. (To take of wider ones only the rows that the ellipse reaches in each column was
 * measured: finding these rows costs more than drawing the others.) What the heads share, G = exp(-q/2), is computed
 * once, into {@link #gaussians}; what the backward pass gathers is kept here too, all lanes of each. One instance is one
 * thread's scratch memory.
 */
final class Footprint extends Apart {

    // Places of what the backward pass gathers, all lanes of each. Of the column under way: sums of e and e dv.
    static final int E = 0;
    static final int E_DV = LANES;
    // Of the whole entry, in the order of a record: the moments, then each head's gradients by opacity and intensity.
    private static final int SUMMED = 2 * LANES;
    private static final int SUM_E_DU = SUMMED;
    private static final int SUM_E_DV = SUMMED + LANES;
    private static final int SUM_E_DU_DU = SUMMED + 2 * LANES;
    private static final int SUM_E_DU_DV = SUMMED + 3 * LANES;
    static final int E_DV_DV = SUMMED + 4 * LANES;
    static final int IMAGE = SUMMED + 5 * LANES;
    static final int MASK = SUMMED + 7 * LANES;
    private static final int GATHERED = SUMMED + 9 * LANES;

    /** Zeros, then infinities, as many as lanes: added to an exponent's quadratic term, they take lanes out. */
    private static final float[] TAKEN_OUT = new float[2 * LANES];

    static {
        Arrays.fill(TAKEN_OUT, LANES, 2 * LANES, Float.POSITIVE_INFINITY);
    }

    /** G of the column under way, vector after vector. */
    final float[] gaussians = new float[ViewBuffers.BAND_ROWS * LANES + ROOM];

    final float[] gathered = new float[GATHERED + ROOM];

    /** First row of the splat's first strip within the band, and the number of strips. */
    int firstRow;
    int strips;

    /** Rows of a strip, and for each lane its column and its row in the vector. */
    private int stripRows;
    private float[] laneColumns;
    private float[] laneRows;
    private int columns;
    /** Not final: a loop of known step the compiler would split, see {@link NormalisedColumn#draw}. */
    private int step = LANES;

    /** The splat's columns. */
    private int firstColumn;
    private int lastColumn;

    private float[] splats;
    private int s;
    private int column;

    /** Sets how the pixels lie in the views that splats are drawn in from now on. */
    void use(int rowsOfStrip) {
        stripRows = rowsOfStrip;
        columns = LANES / rowsOfStrip;
        laneColumns = Lanes.COLUMNS[rowsOfStrip];
        laneRows = Lanes.ROWS[rowsOfStrip];
    }

    /** Takes the splat of an entry; false when no pixel of the rows {@code bandFirst} to {@code bandLast} is in its box. */
    boolean take(ViewBuffers view, int entry, int bandFirst, int bandLast) {
        splats = view.entries;
        s = entry * ViewBuffers.SLOT;
        int first = Math.max(bandFirst, ViewBuffers.bits(splats, entry, ViewBuffers.FIRST_ROW));
        int last = Math.min(bandLast, ViewBuffers.bits(splats, entry, ViewBuffers.LAST_ROW));
        firstRow = first & -stripRows;
        strips = (last - firstRow + stripRows) / stripRows;
        firstColumn = ViewBuffers.bits(splats, entry, ViewBuffers.FIRST_COLUMN);
        lastColumn = ViewBuffers.bits(splats, entry, ViewBuffers.LAST_COLUMN);
        column = firstColumn - columns;
        return first <= last && firstColumn <= lastColumn;
    }

    /** Goes on to the next column of vectors; false when there is none. */
    boolean nextColumn() {
        column += columns;
        return column <= lastColumn;
    }

    /** Computes G of the column under way. */
    void computeGaussians() {
        gaussians(splats, s, column, lanesInside(), firstRow, strips, stripRows, laneColumns, laneRows, gaussians, step);
    }

    /** How many lanes of the column's vectors are in the splat's box. */
    int lanesInside() {
        return Math.min(LANES, (lastColumn - column + 1) * stripRows);
    }

    /** Each lane's row within a strip. */
    float[] laneRows() {
        return laneRows;
    }

    /** Pixel column at which the column of vectors begins. */
    int column() {
        return column;
    }

    /** G for the vectors at {@code column} on {@code strips} strips: 0 outside the ellipse and beyond the last column. */
    private static void gaussians(float[] splats, int s, int column, int inside, int firstRow, int strips,
            int stripRows, float[] laneColumns, float[] laneRows, float[] out, int step) {
        float meanV = splats[s + MEAN_V];
        float conicC = splats[s + CONIC_C];
        float lowest = -splats[s + CUT];
        FloatVector du = broadcast(FLOATS, splats[s + MEAN_U]).sub(fromArray(FLOATS, laneColumns, 0).add(column));
        FloatVector row = fromArray(FLOATS, laneRows, 0).add(firstRow);
        FloatVector quadratic = du.mul(splats[s + CONIC_A]).mul(du)
                .add(fromArray(FLOATS, TAKEN_OUT, LANES - inside));
        FloatVector cross = du.mul(splats[s + CONIC_B]);
        for (int o = 0, end = strips * step; o != end; o += step) {
            FloatVector dv = broadcast(FLOATS, meanV).sub(row);
            row = row.add(stripRows);
            FloatVector exponent = dv.mul(conicC).mul(dv).add(quadratic).mul(-0.5f).sub(cross.mul(dv));
            // As Lanes.exp; the cut keeps the exponent far within its bounds.
            FloatVector rounded = exponent.mul(LOG2_E).add(ROUNDING);
            FloatVector whole = rounded.sub(ROUNDING);
            FloatVector r = exponent.sub(whole.mul(LN2_HIGH)).sub(whole.mul(LN2_LOW));
            FloatVector series = r.mul(r.mul(r.mul(E5).add(E4)).add(E3)).add(E2);
            FloatVector value = r.add(1f).add(r.mul(r).mul(series));
            FloatVector gaussian = value.reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            ZERO.blend(gaussian, exponent.compare(VectorOperators.GE, lowest)).intoArray(out, o);
        }
    }

    /** Forgets what was gathered. */
    void startGathering() {
        startGathering(gathered);
    }

    private static void startGathering(float[] gathered) {
        for (int i = SUMMED; i < GATHERED; i += LANES) {
            ZERO.intoArray(gathered, i);
        }
    }

    /** Adds the column's sums to the entry's moments. */
    void finishColumn() {
        finishColumn(splats[s + MEAN_U], column, laneColumns, gathered);
    }

    private static void finishColumn(float meanU, int column, float[] laneColumns, float[] gathered) {
        FloatVector du = broadcast(FLOATS, meanU).sub(fromArray(FLOATS, laneColumns, 0).add(column));
        FloatVector e = fromArray(FLOATS, gathered, E);
        FloatVector eDv = fromArray(FLOATS, gathered, E_DV);
        FloatVector eDu = e.mul(du);
        fromArray(FLOATS, gathered, SUM_E_DU).add(eDu).intoArray(gathered, SUM_E_DU);
        fromArray(FLOATS, gathered, SUM_E_DV).add(eDv).intoArray(gathered, SUM_E_DV);
        fromArray(FLOATS, gathered, SUM_E_DU_DU).add(eDu.mul(du)).intoArray(gathered, SUM_E_DU_DU);
        fromArray(FLOATS, gathered, SUM_E_DU_DV).add(eDv.mul(du)).intoArray(gathered, SUM_E_DU_DV);
    }

    /** Forgets the last column's sums. */
    void startColumn() {
        startColumn(gathered);
    }

    private static void startColumn(float[] gathered) {
        ZERO.intoArray(gathered, E);
        ZERO.intoArray(gathered, E_DV);
    }

    /** Writes what was gathered, summed over the lanes, as a {@link ViewBuffers} record. */
    void writeRecord(float[] records, int record) {
        Lanes.sums(gathered, SUMMED, records, record);
        records[record + ViewBuffers.MASK_INTENSITY_SUM] = Lanes.sum(gathered, MASK + LANES);
    }
}
