package io.github.medgs.model;

import io.github.medgs.coding.BitCoder;
import io.github.medgs.coding.WholeNumbers;
import io.github.medgs.kernel.Layout;
import java.util.Arrays;

/**
 * One row of parameters. What the neighbours make likely is a sum of theirs, whose weights follow the errors that they made
 * so far (normalised least mean squares, Widrow and Hoff 1960); what is coded is the rest, with chances that depend on
 * how large the rests round about were.
 */
final class ValueCoding {

    private static final int MOVED = 5;
    private static final int TERMS = Neighbourhood.BESIDE + MOVED;
    private static final int CONTEXTS = 12;
    private static final float RATE = 0.004f;
    /** Beyond it no context differs; only nonsense comes near the largest whole number. */
    private static final int LARGEST_REST = 1 << 20;
    private static final int[] ACROSS = {0, -1, 0, 1, 0};
    private static final int[] DOWN = {0, 0, -1, 0, 1};

    private final BitCoder coder;
    private final QuantisedGaussians table;
    private final int row;
    private final Neighbourhood neighbours;
    private final WholeNumbers numbers = new WholeNumbers(CONTEXTS);
    private int[] rests;
    private final float[] weights = {0.25f, 0f, 0f, 0.25f, 0.1f, 0.4f, 0f, 0f, 0f, 0f};
    private final float[] terms = new float[TERMS];

    ValueCoding(BitCoder coder, QuantisedGaussians table, int row, Neighbourhood neighbours) {
        this.coder = coder;
        this.table = table;
        this.row = row;
        this.neighbours = neighbours;
        rests = new int[table.capacity()];
    }

    void code(int g) {
        if (row == Layout.ANGLE) {
            if (!table.isRound(g)) {
                table.set(row, g, numbers.code(coder, table.get(row, g), 0));
            }
            return;
        }
        float base = gather();
        float likely = base;
        for (int t = 0; t < TERMS; t++) {
            likely += weights[t] * terms[t];
        }
        likely = Math.clamp(likely, -1e6f, 1e6f);
        int rounded = Math.round(likely);
        int rest = numbers.code(coder, table.get(row, g) - rounded, context());
        table.set(row, g, rounded + rest);
        if (g >= rests.length) {
            rests = Arrays.copyOf(rests, table.capacity());
        }
        rests[g] = Math.min(Math.abs(rest), LARGEST_REST);
        learn(rounded + rest - likely);
    }

    // The neighbours' values less their mean; a missing one is the mean.
    private float gather() {
        float sum = 0f;
        int known = 0;
        for (int t = 0; t < TERMS; t++) {
            terms[t] = term(t);
            if (!Float.isNaN(terms[t]) && t <= Neighbourhood.BESIDE) {
                sum += terms[t];
                known++;
            }
        }
        float base = known == 0 ? 0f : sum / known;
        for (int t = 0; t < TERMS; t++) {
            terms[t] = Float.isNaN(terms[t]) ? 0f : terms[t] - base;
        }
        return base;
    }

    private float term(int t) {
        if (t < Neighbourhood.BESIDE) {
            int g = neighbours.beside(t);
            return g < 0 ? Float.NaN : table.get(row, g);
        }
        return neighbours.moved(row, ACROSS[t - Neighbourhood.BESIDE], DOWN[t - Neighbourhood.BESIDE]);
    }

    private void learn(float error) {
        float power = 1f;
        for (float term : terms) {
            power += term * term;
        }
        float step = RATE * TERMS * Math.clamp(error, -64f, 64f) / (power + 16f);
        for (int t = 0; t < TERMS; t++) {
            weights[t] += step * terms[t];
        }
    }

    private int context() {
        int activity = 0;
        for (int t = 0; t < Neighbourhood.BESIDE; t++) {
            int g = neighbours.beside(t);
            activity += g < 0 ? 0 : rests[g] * (t == 0 || t == 3 ? 2 : 1);
        }
        return activity < 4 ? activity : Math.min(CONTEXTS - 1, 2 * (31 - Integer.numberOfLeadingZeros(activity))
                + (activity >> 30 - Integer.numberOfLeadingZeros(activity) & 1));
    }
}
