package io.github.medgs.engine;

import io.github.medgs.model.ParameterTable;

/**
 * Adam's first and second moments, laid out as the parameters.
 *
 * @param first running mean of the gradient
 * @param second running mean of its square
 */
public record AdamMoments(ParameterTable first, ParameterTable second) {

    /** All zero. */
    public AdamMoments(int rows, int capacity) {
        this(new ParameterTable(rows, capacity), new ParameterTable(rows, capacity));
    }
}
