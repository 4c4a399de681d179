package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;

/**
 * Smooth solids between their sections: {@link TorsionFunction}s, interpolated across four slices by blended parabolas,
 * continued past the last section to where the solid ends.
 *
 * <p>On ellipsoids it is exact but for the pixels. What moves further than its own width between two slices, or has no
 * partner, it loses; there {@link ShapePredictor} is better, and {@link MixedPredictor} finds out where.
 */
final class TorsionPredictor implements SlicePredictor {

    /** How much of the way from the straight continuation past an end to the parabola's. */
    private static final double CURVED_END = 0.8;

    /** An empty slice lies at least this far below zero, as a share of the highest value of the section before it. */
    private static final float LOWEST = 0.1f;

    private final KeptSlices slices;
    private final float[][] sections;

    /**
     * @param slices of a mask
     * @param smoothed signed distances of each slice, smoothed, in millimetres; of empty slices not read
     * @param workers share the slices out; nothing depends on their number
     */
    TorsionPredictor(KeptSlices slices, float[][] smoothed, Workers workers) {
        this.slices = slices;
        this.sections = new float[slices.count()][];
        workers.forEach(sections.length, (s, worker) -> {
            boolean[] inside = slices.inside(s);
            if (any(inside)) {
                float[] distances = smoothed[s].clone();
                for (int p = 0; p < distances.length; p++) {
                    distances[p] /= (float) slices.columnSpacing();
                }
                sections[s] = new TorsionFunction(inside, distances, slices.width(), slices.height(),
                        slices.rowSpacing() / slices.columnSpacing()).values();
            }
        });
    }

    /** Whether a slice has a section of the solid. */
    boolean has(int slice) {
        return sections[slice] != null;
    }

    private static boolean any(boolean[] inside) {
        for (boolean one : inside) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** Positive inside, negative outside, with 0.5 added; square columns. */
    @Override
    public void predict(int slice, double fraction, float[] out) {
        slices.requireInside(slice, fraction);
        between(slice, slice + 1, -1, slices.positions()[slice] + fraction * slices.gap(slice), out);
        for (int p = 0; p < out.length; p++) {
            out[p] += 0.5f;
        }
    }

    /**
     * The function at a position between two slices.
     *
     * @param without a slice that is not to be looked at, or -1
     * @param out output: positive inside
     */
    void between(int a, int b, int without, double position, float[] out) {
        float[] first = section(a, without);
        float[] second = section(b, without);
        if (first == null || second == null || sections[a] == null && sections[b] == null) {
            Arrays.fill(out, -1f);
            return;
        }
        double[] z = slices.positions();
        // An empty slice's values come from one side; what lies beyond it says nothing.
        int before = a - 1 == without ? a - 2 : a - 1;
        int after = b + 1 == without ? b + 2 : b + 1;
        float[] previous = before >= 0 && sections[a] != null ? section(before, without) : null;
        float[] next = after < slices.count() && sections[b] != null ? section(after, without) : null;
        float[] near = {previous == null ? 0 : (float) (z[before] - z[a]), 0, (float) (z[b] - z[a]),
            next == null ? 0 : (float) (z[after] - z[a])};
        float[] weights = new float[4];
        AcrossSlices.cubic(near, (float) (position - z[a]), previous != null, next != null, weights);
        for (int p = 0; p < out.length; p++) {
            out[p] = weights[1] * first[p] + weights[2] * second[p]
                    + (previous == null ? 0 : weights[0] * previous[p]) + (next == null ? 0 : weights[3] * next[p]);
        }
    }

    /** A slice's function: an empty one's is continued from its neighbours; null where they are empty too. */
    private float[] section(int slice, int without) {
        if (sections[slice] != null) {
            return sections[slice];
        }
        float[] fromAfter = continued(slice, 1, without);
        float[] fromBefore = continued(slice, -1, without);
        if (fromAfter == null || fromBefore == null) {
            return fromAfter == null ? fromBefore : fromAfter;
        }
        for (int p = 0; p < fromAfter.length; p++) {
            fromAfter[p] = Math.max(fromAfter[p], fromBefore[p]);
        }
        return fromAfter;
    }

    /** What up to three sections on one side of an empty slice say of it, lowered until nothing is inside. */
    private float[] continued(int slice, int direction, int without) {
        int[] from = new int[3];
        int count = 0;
        for (int s = slice + direction; count < 3 && s >= 0 && s < sections.length; s += direction) {
            if (s == without) {
                continue;
            }
            if (sections[s] == null) {
                break;
            }
            from[count++] = s;
        }
        if (count == 0) {
            return null;
        }
        float top = highest(sections[from[0]]);
        float[] values = new float[slices.pixels()];
        float[] weights = count == 1 ? new float[] {1} : weights(slice, from, count);
        for (int n = 0; n < count; n++) {
            float[] section = sections[from[n]];
            for (int p = 0; p < values.length; p++) {
                values[p] += weights[n] * section[p];
            }
        }
        // A single section ends half way.
        float lowered = count == 1 ? 2 * top : Math.max(0, highest(values) + LOWEST * top);
        for (int p = 0; p < values.length; p++) {
            values[p] -= lowered;
        }
        return values;
    }

    private float[] weights(int slice, int[] from, int count) {
        double[] z = slices.positions();
        float x = (float) (z[slice] - z[from[0]]);
        float second = (float) (z[from[1]] - z[from[0]]);
        float[] line = {1 - x / second, x / second, 0};
        if (count == 2) {
            return line;
        }
        float third = (float) (z[from[2]] - z[from[0]]);
        float[] parabola = {AcrossSlices.parabolaWeight(x, 0, second, third),
            AcrossSlices.parabolaWeight(x, second, 0, third), AcrossSlices.parabolaWeight(x, third, 0, second)};
        for (int n = 0; n < 3; n++) {
            line[n] += (float) CURVED_END * (parabola[n] - line[n]);
        }
        return line;
    }

    private static float highest(float[] values) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }
}
