package io.github.medgs.evaluation.surface;

import java.util.Arrays;

/** Nearest neighbours among points by a tree that halves them at the median of the widest axis. */
public final class PointTree {

    private static final int LEAF = 8;

    private final double[] points;
    private final int[] numbers;
    private final byte[] axes;

    /** @param unordered x, y, z of each point, at least one; copied */
    public PointTree(double[] unordered) {
        int count = unordered.length / 3;
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        axes = new byte[count];
        arrange(unordered, order, 0, count);
        numbers = order;
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

    /** Distance to the nearest point. */
    double distance(double x, double y, double z) {
        return new Neighbours(1).of(x, y, z).distance();
    }

    /** The nearest few points of one place after another; of one thread. */
    public final class Neighbours {

        private final double[] squares;
        private final int[] found;

        /** @param count how many, at least 1; where there are fewer points, all of them */
        public Neighbours(int count) {
            squares = new double[Math.min(count, numbers.length)];
            found = new int[squares.length];
        }

        /** Finds those of a place. */
        public Neighbours of(double x, double y, double z) {
            Arrays.fill(squares, Double.POSITIVE_INFINITY);
            visit(0, numbers.length, x, y, z);
            return this;
        }

        /** Number of the nearest, as the points were given. */
        public int nearest() {
            return found[0];
        }

        /** Distance of the farthest of them. */
        public double distance() {
            return Math.sqrt(squares[squares.length - 1]);
        }

        private void visit(int from, int to, double x, double y, double z) {
            if (to - from <= LEAF) {
                for (int i = from; i < to; i++) {
                    consider(i, x, y, z);
                }
                return;
            }
            int middle = from + to >>> 1;
            consider(middle, x, y, z);
            int axis = axes[middle];
            double side = (axis == 0 ? x : axis == 1 ? y : z) - points[3 * middle + axis];
            boolean low = side < 0;
            visit(low ? from : middle + 1, low ? middle : to, x, y, z);
            // The halves were told apart in single precision: what lies within its rounding may be on either side.
            double slack = 1e-6 * (Math.abs(points[3 * middle + axis]) + 1);
            double gap = Math.max(0, Math.abs(side) - slack);
            if (gap * gap < squares[squares.length - 1]) {
                visit(low ? middle + 1 : from, low ? to : middle, x, y, z);
            }
        }

        private void consider(int i, double x, double y, double z) {
            double square = squared(i, x, y, z);
            if (!(square < squares[squares.length - 1])) {
                return;
            }
            int place = squares.length - 1;
            for (; place > 0 && square < squares[place - 1]; place--) {
                squares[place] = squares[place - 1];
                found[place] = found[place - 1];
            }
            squares[place] = square;
            found[place] = numbers[i];
        }
    }

    private double squared(int i, double x, double y, double z) {
        double dx = points[3 * i] - x;
        double dy = points[3 * i + 1] - y;
        double dz = points[3 * i + 2] - z;
        return dx * dx + dy * dy + dz * dz;
    }
}
