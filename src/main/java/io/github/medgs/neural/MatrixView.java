package io.github.medgs.neural;

/**
 * A matrix that lies in an array: row r, column c is {@code values[start + r * rowStride + c * columnStride]}.
 */
public record MatrixView(float[] values, int start, int rowStride, int columnStride) {

    /** Rows side by side, from {@code start} on. */
    static MatrixView rows(float[] values, int start, int rowStride) {
        return new MatrixView(values, start, rowStride, 1);
    }

    MatrixView transposed() {
        return new MatrixView(values, start, columnStride, rowStride);
    }
}
