package io.github.medgs.evaluation.surface;

import java.util.Arrays;

/** Nearest neighbours among points by a tree that halves them at the median of the widest axis. */
final class PointTree {

    private static final int LEAF = 8;

    private final double[] points;
    private final byte[] axes;

    /** @param unordered x, y, z of each point; copied */
    PointTree(double[] unordered) {
        int count = unordered.length / 3;
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        axes = new byte[count];
        arrange(unordered, order, 0, count);
        points = new double[unordered.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(unordered, 3 * order[i], points, 3 * i, 3);
        }
    }

    private void arrange(double[] unordered, int[] order, int from, int to) {
        if (to - from <= LEAF) {
            return;
        }
        int axis = widest(unordered, order, from, to);
        sort(unordered, order, from, to, axis);
        int middle = from + to >>> 1;
        axes[middle] = (byte) axis;
        arrange(unordered, order, from, middle);
        arrange(unordered, order, middle + 1, to);
    }

    /** By coordinate in single precision, then by number: near enough to halve a set, and no boxes to sort. */
    private static void sort(double[] unordered, int[] order, int from, int to, int axis) {
        long[] keyed = new long[to - from];
        for (int i = from; i < to; i++) {
            int bits = Float.floatToIntBits((float) unordered[3 * order[i] + axis]);
            keyed[i - from] = (long) (bits < 0 ? bits ^ 0x7FFFFFFF : bits) << 32 | order[i];
        }
        Arrays.sort(keyed);
        for (int i = from; i < to; i++) {
            order[i] = (int) keyed[i - from];
        }
    }

    private static int widest(double[] unordered, int[] order, int from, int to) {
        int widest = 0;
        double width = -1;
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, unordered[3 * order[i] + axis]);
                high = Math.max(high, unordered[3 * order[i] + axis]);
            }
            if (high - low > width) {
                width = high - low;
                widest = axis;
            }
        }
        return widest;
    }

    double distance(double x, double y, double z) {
        return Math.sqrt(nearest(0, points.length / 3, x, y, z, Double.POSITIVE_INFINITY));
    }

    private double nearest(int from, int to, double x, double y, double z, double best) {
        double least = best;
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                least = Math.min(least, squared(i, x, y, z));
            }
            return least;
        }
        int middle = from + to >>> 1;
        least = Math.min(least, squared(middle, x, y, z));
        int axis = axes[middle];
        double side = (axis == 0 ? x : axis == 1 ? y : z) - points[3 * middle + axis];
        boolean low = side < 0;
        least = low ? nearest(from, middle, x, y, z, least) : nearest(middle + 1, to, x, y, z, least);
        // The halves were told apart in single precision: what lies within its rounding may be on either side.
        double slack = 1e-6 * (Math.abs(points[3 * middle + axis]) + 1);
        double gap = Math.max(0, Math.abs(side) - slack);
        if (gap * gap < least) {
            least = low ? nearest(middle + 1, to, x, y, z, least) : nearest(from, middle, x, y, z, least);
        }
        return least;
    }

    private double squared(int i, double x, double y, double z) {
        double dx = points[3 * i] - x;
        double dy = points[3 * i + 1] - y;
        double dz = points[3 * i + 2] - z;
        return dx * dx + dy * dy + dz * dz;
    }
}
