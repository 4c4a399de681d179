package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Layout.*;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Which pixels a splat covers, as the drawing loops walk them: columns of eight pixels, and in each the rows.
 *
 * <p>A column of eight is walked from top to bottom, so that all that depends on the pixel's column stays in registers.
 * Most splats are one such column; of wider ones each column has only the rows where the ellipse reaches it.
 */
final class Ellipse {

    /** Eight zeros, then eight infinities: added to an exponent's quadratic term, they take lanes out. */
    private static final float[] TAKEN_OUT = new float[2 * Lanes.LANES];

    static {
        Arrays.fill(TAKEN_OUT, Lanes.LANES, 2 * Lanes.LANES, Float.POSITIVE_INFINITY);
    }

    private Ellipse() {}

    static int firstRow(float[] splats, int s) {
        return (int) Math.ceil(splats[s + MEAN_V] - splats[s + EXTENT_V]);
    }

    static int lastRow(float[] splats, int s) {
        return (int) Math.floor(splats[s + MEAN_V] + splats[s + EXTENT_V]);
    }

    static int firstColumn(float[] splats, int s) {
        return Math.max(0, (int) Math.ceil(splats[s + MEAN_U] - splats[s + EXTENT_U]));
    }

    static int lastColumn(float[] splats, int s, int width) {
        return Math.min(width - 1, (int) Math.floor(splats[s + MEAN_U] + splats[s + EXTENT_U]));
    }

    /** Offsets du = mean - column of eight pixels from {@code column}. */
    static FloatVector offsets(float meanU, int column) {
        return Lanes.broadcast(meanU).sub(Lanes.IOTA.add((float) column));
    }

    /** A du^2, infinite for the pixels right of {@code lastColumn}, so that these are outside every ellipse. */
    static FloatVector quadratic(float conicA, FloatVector du, int column, int lastColumn) {
        int inside = Math.min(Lanes.LANES, lastColumn - column + 1);
        return du.mul(conicA).mul(du).add(FloatVector.fromArray(Lanes.FLOATS, TAKEN_OUT, Lanes.LANES - inside));
    }

    /** -q/2 of a row of eight pixels; see {@link io.github.medgs.kernel.AlphaCompositing#exponent}. */
    static FloatVector exponent(FloatVector quadratic, FloatVector cross, float conicC, float dv) {
        return quadratic.add(conicC * dv * dv).mul(-0.5f).sub(cross.mul(dv));
    }

    /** G = exp(-q/2) where that is not below {@code lowest}, 0 elsewhere. */
    static FloatVector gaussian(FloatVector exponent, float lowest) {
        return Lanes.broadcast(0f)
                .blend(Lanes.expWithinBounds(exponent), exponent.compare(VectorOperators.GE, lowest));
    }
}
