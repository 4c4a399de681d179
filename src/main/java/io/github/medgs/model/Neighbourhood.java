package io.github.medgs.model;

import io.github.medgs.kernel.Layout;
import java.util.Arrays;

/**
 * What is known of the surroundings of a Gaussian before it is coded: those to its left and above it, and the slice
 * before, moved along its motion to this one.
 */
final class Neighbourhood {

    /** Left, the one before, above left, above, above right. */
    static final int BESIDE = 5;
    /** Contexts of {@link #occupancy}. */
    static final int OCCUPANCIES = 64;

    private final QuantisedGaussians table;
    private final int columns;
    private final int rows;
    private final int[] above;
    private final int[] current;
    private final int[] beside = new int[BESIDE];
    private final byte[] here;
    private final byte[] before;
    private int left;
    private int leftmost;
    private final float[][] moved;
    private float[] weight;
    private int cell;

    Neighbourhood(QuantisedGaussians table) {
        this.table = table;
        columns = table.columns();
        rows = table.rows();
        above = new int[columns];
        current = new int[columns];
        here = new byte[rows * columns];
        before = new byte[rows * columns];
        moved = new float[table.parameters()][];
    }

    void beginSlice(int slice) {
        System.arraycopy(here, 0, before, 0, here.length);
        Arrays.fill(here, (byte) 0);
        Arrays.fill(above, -1);
        Arrays.fill(current, -1);
        if (slice > 0) {
            if (weight == null) {
                makePictures();
            }
            move(table.first(slice - 1), table.first(slice));
        }
    }

    void beginRow() {
        for (int column = 0; column < columns; column++) {
            above[column] = current[column] >= 0 ? current[column] : above[column];
        }
        Arrays.fill(current, -1);
        left = -1;
        leftmost = -1;
    }

    // Not before the second slice: by then the first was all there, and is not merely claimed.
    private void makePictures() {
        weight = new float[rows * columns];
        for (int row = Layout.LOG_SCALE_X; row < moved.length; row++) {
            moved[row] = table.varies(row) ? new float[rows * columns] : null;
        }
    }

    // Every parameter of the slice before as a picture, where its Gaussians will stand one spacing on.
    private void move(int from, int to) {
        Arrays.fill(weight, 0f);
        for (float[] picture : moved) {
            if (picture != null) {
                Arrays.fill(picture, 0f);
            }
        }
        for (int g = from; g < to; g++) {
            float column = table.movedColumn(g);
            float row = table.movedRow(g);
            int c = (int) column;
            int r = (int) row;
            if (column >= 0 && row >= 0 && c < columns - 1 && r < rows - 1) {
                float across = column - c;
                float down = row - r;
                add(g, r * columns + c, (1 - across) * (1 - down));
                add(g, r * columns + c + 1, across * (1 - down));
                add(g, (r + 1) * columns + c, (1 - across) * down);
                add(g, (r + 1) * columns + c + 1, across * down);
            }
        }
    }

    private void add(int g, int at, float share) {
        weight[at] += share;
        for (int k = Layout.LOG_SCALE_X; k < moved.length; k++) {
            if (moved[k] != null) {
                moved[k][at] += share * table.get(k, g);
            }
        }
    }

    /** Which neighbouring pixels hold a Gaussian, as a context. */
    int occupancy(int row, int column) {
        int at = row * columns + column;
        boolean inside = column > 0 && row > 0 && column < columns - 1;
        return bit(column > 0 ? here[at - 1] : 0)
                | bit(row > 0 ? here[at - columns] : 0) << 1
                | bit(inside ? here[at - columns - 1] : 0) << 2
                | bit(inside ? here[at - columns + 1] : 0) << 3
                | bit(before[at]) << 4
                | bit(column > 1 ? here[at - 2] : 0) << 5;
    }

    private static int bit(int count) {
        return count > 0 ? 1 : 0;
    }

    /** Looks up the neighbours of a place. */
    void gather(int row, int column) {
        beside[0] = left;
        beside[1] = leftmost;
        beside[2] = column > 0 ? above[column - 1] : -1;
        beside[3] = above[column];
        beside[4] = column < columns - 1 ? above[column + 1] : -1;
        cell = row * columns + column;
    }

    /** A neighbour by its number, or -1 where there is none. */
    int beside(int which) {
        return beside[which];
    }

    /** A row's value in the slice before, moved here, {@code NaN} where nothing came. */
    float moved(int row, int across, int down) {
        int at = cell + down * columns + across;
        return weight != null && at >= 0 && at < weight.length && weight[at] > 0.05f ? moved[row][at] / weight[at] : Float.NaN;
    }

    /** Takes up a Gaussian whose values are known. */
    void add(int g, int row, int column) {
        here[row * columns + column] = 1;
        current[column] = g;
        leftmost = left;
        left = g;
    }
}
