package io.github.medgs.volume;

/**
 * What training sees of a volume: slices of equal size along one axis, scaled to [0, 1], each with its physical time.
 *
 * <p>Slice f, row r, column c is at {@code values[(f * height + r) * width + c]}.
 */
public final class SliceStack {
    private SliceStack() {}
}
