package io.github.medgs.model;

import java.util.Arrays;

/**
 * One float per parameter and Gaussian: the parameters themselves, an optimiser's moments, or gradients.
 *
 * <p>Parameter {@code row} of Gaussian {@code g} is at {@code values[row * capacity + g]}. The capacity is fixed, so
 * that a device can keep the buffer; how many Gaussians are alive is known apart.
 */
public final class ParameterTable {

    private final int rows;
    private final int capacity;
    private final float[] values;

    public ParameterTable(int rows, int capacity) {
        this(rows, capacity, new float[Math.multiplyExact(rows, capacity)]);
    }

    /** @param values rows * capacity floats, kept, not copied */
    public ParameterTable(int rows, int capacity, float[] values) {
        if (values.length != (long) rows * capacity) {
            throw new IllegalArgumentException(rows + " rows of " + capacity + " do not make " + values.length);
        }
        this.rows = rows;
        this.capacity = capacity;
        this.values = values;
    }

    public int rows() {
        return rows;
    }

    public int capacity() {
        return capacity;
    }

    public float[] values() {
        return values;
    }

    public float get(int row, int gaussian) {
        return values[row * capacity + gaussian];
    }

    public void set(int row, int gaussian, float value) {
        values[row * capacity + gaussian] = value;
    }

    /** Copies every parameter of one Gaussian over another's. */
    public void copy(int from, int to) {
        for (int row = 0; row < rows; row++) {
            values[row * capacity + to] = values[row * capacity + from];
        }
    }

    /**
     * Moves Gaussians to the front, row by row.
     *
     * @param kept where each comes from, rising; the first of them is to be Gaussian 0
     */
    public void keep(int[] kept) {
        int first = 0;
        while (first < kept.length && kept[first] == first) {
            first++;
        }
        for (int row = 0; row < rows; row++) {
            int base = row * capacity;
            for (int g = first; g < kept.length; g++) {
                values[base + g] = values[base + kept[g]];
            }
        }
    }

    /** Sets every parameter of one Gaussian to zero. */
    public void clear(int gaussian) {
        for (int row = 0; row < rows; row++) {
            values[row * capacity + gaussian] = 0f;
        }
    }

    /** Sets one parameter of all Gaussians. */
    public void fillRow(int row, float value) {
        Arrays.fill(values, row * capacity, (row + 1) * capacity, value);
    }
}
