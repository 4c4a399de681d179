package io.github.medgs.model;

import io.github.medgs.coding.BitCoder;
import io.github.medgs.coding.Chances;
import io.github.medgs.coding.WholeNumbers;
import io.github.medgs.kernel.Layout;

/**
 * Gaussians of a slice as few bits: how many stand in each pixel, where in it, and each parameter as its difference from
 * what those before it make likely. Slices come one after the other, pixels row by row, so that the Gaussian to the left,
 * those above and those of the slice before, moved to this one, are known.
 *
 * <p>Both directions are one course, see {@link BitCoder}.
 */
final class GaussianCoding {

    private static final int MOST_IN_A_PIXEL = 1 << 16;

    private final BitCoder coder;
    private final QuantisedGaussians table;
    private final Chances occupied = new Chances(4 * Neighbourhood.OCCUPANCIES);
    private final WholeNumbers inPixel = new WholeNumbers(2);
    private final ValueCoding[] values;
    private final Neighbourhood neighbours;

    /** @param table what is written, or an empty one with room for what is read */
    GaussianCoding(BitCoder coder, QuantisedGaussians table) {
        this.coder = coder;
        this.table = table;
        neighbours = new Neighbourhood(table);
        values = new ValueCoding[table.parameters()];
        for (int row = 0; row < values.length; row++) {
            values[row] = table.varies(row) && row > Layout.Z ? new ValueCoding(coder, table, row, neighbours) : null;
        }
    }

    /** Codes the first slices; when decoding, the table is filled with them. */
    void code(int slices) {
        int g = 0;
        for (int slice = 0; slice < slices; slice++) {
            neighbours.beginSlice(slice);
            for (int row = 0; row < table.rows(); row++) {
                neighbours.beginRow();
                for (int column = 0; column < table.columns(); column++) {
                    g = codePixel(slice, row, column, g);
                }
            }
            table.endSlice(slice, g);
        }
    }

    private int codePixel(int slice, int row, int column, int from) {
        int count = count(coder.decodes() ? 0 : table.inPixel(slice, row, column, from), row, column);
        for (int g = from; g < from + count; g++) {
            table.place(g, row, column);
            if (table.positionBits() > 0) {
                table.setOffset(Layout.X, g, column, inPixel.code(coder, table.offset(Layout.X, g, column), 0));
                table.setOffset(Layout.Z, g, row, inPixel.code(coder, table.offset(Layout.Z, g, row), 1));
            }
            neighbours.gather(row, column);
            for (ValueCoding value : values) {
                if (value != null) {
                    value.code(g);
                }
            }
            neighbours.add(g, row, column);
        }
        return from + count;
    }

    private int count(int here, int row, int column) {
        int context = 4 * neighbours.occupancy(row, column);
        int count = 0;
        while (count < MOST_IN_A_PIXEL && coder.bit(here > count ? 1 : 0, occupied, context + Math.min(3, count)) == 1) {
            count++;
        }
        return count;
    }
}
