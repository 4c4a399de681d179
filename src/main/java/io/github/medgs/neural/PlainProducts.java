package io.github.medgs.neural;

import java.util.Optional;

/** The products in plain Java: the reference of those on vectors, and what is there where vectors are not. */
public final class PlainProducts implements MatrixProducts {

    private final String why;

    /** The reference. */
    public PlainProducts() {
        this("plain Java was asked for");
    }

    /** @param why nothing faster is there */
    PlainProducts(String why) {
        this.why = why;
    }

    @Override
    public void multiply(MatrixView left, int rows, Panels right, MatrixView out) {
        for (int r = 0; r < rows; r++) {
            for (int panel = 0; panel < right.count(); panel++) {
                int to = out.start() + r * out.rowStride() + panel * Panels.WIDTH;
                for (int k = 0; k < right.rows(); k++) {
                    float factor = left.values()[left.start() + r * left.rowStride() + k * left.columnStride()];
                    addRow(factor, right.values(), (panel * right.rows() + k) * Panels.WIDTH, out.values(), to);
                }
            }
        }
    }

    private static void addRow(float factor, float[] row, int from, float[] out, int to) {
        for (int c = 0; c < Panels.WIDTH; c++) {
            out[to + c] = Math.fma(factor, row[from + c], out[to + c]);
        }
    }

    @Override
    public void applySlopes(float[] values, int at, float[] signs, int from, int count, float leak, float scale) {
        for (int i = 0; i < count; i++) {
            values[at + i] *= signs[from + i] > 0 ? scale : scale * leak;
        }
    }

    @Override
    public Optional<String> slow() {
        return Optional.of(why);
    }
}
