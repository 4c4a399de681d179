package io.github.medgs.surface;

import java.util.Arrays;

/**
 * Exact distances from points to a surface, and on which side of it they lie: a tree of bounding boxes over its triangles.
 *
 * <p>The tree is a complete binary one in an array: node n has the children 2 n + 1 and 2 n + 2, and a node on the
 * lowest level holds at most {@value #LEAF} triangles. Each node's triangles are split at the median of their centres
 * along the widest axis. Queries write nothing, so any number of threads may share a tree.
 */
public final class TriangleTree {

    private static final int LEAF = 4;

    /** Millimetres that a ray runs beside its point, by amounts that no mesh shares, so as to miss edges and corners. */
    private static final double OFF_Y = 1.2345e-6 * Math.sqrt(2);
    private static final double OFF_Z = 1.2345e-6 * Math.sqrt(3);

    private final double[] corners;
    private final int[] order;
    private final double[] low;
    private final double[] high;
    private final int firstLeaf;

    /** @throws IllegalArgumentException for a mesh without triangles: nothing has a distance to it */
    public TriangleTree(TriangleMesh mesh) {
        int count = mesh.triangleCount();
        if (count == 0) {
            throw new IllegalArgumentException("an empty mesh has no distance");
        }
        int leaves = 1;
        while ((long) leaves * LEAF < count) {
            leaves *= 2;
        }
        firstLeaf = leaves - 1;
        low = new double[3 * (2 * leaves - 1)];
        high = new double[3 * (2 * leaves - 1)];
        order = new int[count];
        Arrays.setAll(order, t -> t);
        float[] centres = new float[3 * count];
        for (int t = 0; t < count; t++) {
            for (int axis = 0; axis < 3; axis++) {
                centres[3 * t + axis] =
                        (float) (mesh.corner(t, 0, axis) + mesh.corner(t, 1, axis) + mesh.corner(t, 2, axis));
            }
        }
        split(0, 0, count, centres);
        corners = new double[9 * count];
        for (int at = 0; at < count; at++) {
            for (int c = 0; c < 9; c++) {
                corners[9 * at + c] = mesh.corner(order[at], c / 3, c % 3);
            }
        }
        bound(0, 0, count);
    }

    private void split(int node, int from, int to, float[] centres) {
        if (node >= firstLeaf) {
            return;
        }
        int axis = widestAxis(from, to, centres);
        long[] keyed = new long[to - from];
        for (int at = from; at < to; at++) {
            keyed[at - from] = (long) sortable(centres[3 * order[at] + axis]) << 32 | order[at];
        }
        Arrays.sort(keyed);
        for (int at = from; at < to; at++) {
            order[at] = (int) keyed[at - from];
        }
        int middle = from + to >>> 1;
        split(2 * node + 1, from, middle, centres);
        split(2 * node + 2, middle, to, centres);
    }

    private int widestAxis(int from, int to, float[] centres) {
        int widest = 0;
        float width = -1;
        for (int axis = 0; axis < 3; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int at = from; at < to; at++) {
                least = Math.min(least, centres[3 * order[at] + axis]);
                most = Math.max(most, centres[3 * order[at] + axis]);
            }
            if (most - least > width) {
                width = most - least;
                widest = axis;
            }
        }
        return widest;
    }

    /** An integer that sorts as the number does. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value);
        return bits < 0 ? bits ^ 0x7FFFFFFF : bits;
    }

    private void bound(int node, int from, int to) {
        for (int axis = 0; axis < 3; axis++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int at = 9 * from + axis; at < 9 * to; at += 3) {
                least = Math.min(least, corners[at]);
                most = Math.max(most, corners[at]);
            }
            low[3 * node + axis] = least;
            high[3 * node + axis] = most;
        }
        if (node < firstLeaf) {
            int middle = from + to >>> 1;
            bound(2 * node + 1, from, middle);
            bound(2 * node + 2, middle, to);
        }
    }

    /** The distance in millimetres from a point, in the mesh's frame, to the nearest point of the surface. */
    public double distance(double x, double y, double z) {
        return Math.sqrt(nearest(0, 0, order.length, x, y, z, Double.POSITIVE_INFINITY));
    }

    /** The squared distance to the triangles under a node, or {@code best} where that is less. */
    private double nearest(int node, int from, int to, double x, double y, double z, double best) {
        double least = best;
        if (node >= firstLeaf) {
            for (int at = from; at < to; at++) {
                least = Math.min(least, PointTriangle.squaredDistance(corners, 9 * at, x, y, z));
            }
            return least;
        }
        int middle = from + to >>> 1;
        double left = toBox(2 * node + 1, x, y, z);
        double right = toBox(2 * node + 2, x, y, z);
        // The nearer child first: its result rules out most of the other.
        if (left <= right) {
            least = left < least ? nearest(2 * node + 1, from, middle, x, y, z, least) : least;
            least = right < least ? nearest(2 * node + 2, middle, to, x, y, z, least) : least;
        } else {
            least = right < least ? nearest(2 * node + 2, middle, to, x, y, z, least) : least;
            least = left < least ? nearest(2 * node + 1, from, middle, x, y, z, least) : least;
        }
        return least;
    }

    /**
     * Whether the surface goes round a point, in the mesh's frame: exact to a few millionths of a millimetre.
     *
     * <p>A ray runs from the point along x; each triangle that it crosses changes how often the surface goes round.
     * Meaningless for a mesh that is not closed ({@link MeshCheck#closed}).
     */
    public boolean encloses(double x, double y, double z) {
        return winding(0, 0, order.length, x, y + OFF_Y, z + OFF_Z) != 0;
    }

    private int winding(int node, int from, int to, double x, double y, double z) {
        if (high[3 * node] < x || low[3 * node + 1] > y || high[3 * node + 1] < y || low[3 * node + 2] > z
                || high[3 * node + 2] < z) {
            return 0;
        }
        if (node < firstLeaf) {
            int middle = from + to >>> 1;
            return winding(2 * node + 1, from, middle, x, y, z) + winding(2 * node + 2, middle, to, x, y, z);
        }
        int winding = 0;
        for (int at = from; at < to; at++) {
            winding += PointTriangle.crossing(corners, 9 * at, x, y, z);
        }
        return winding;
    }

    private double toBox(int node, double x, double y, double z) {
        double dx = outside(x, low[3 * node], high[3 * node]);
        double dy = outside(y, low[3 * node + 1], high[3 * node + 1]);
        double dz = outside(z, low[3 * node + 2], high[3 * node + 2]);
        return dx * dx + dy * dy + dz * dz;
    }

    private static double outside(double value, double least, double most) {
        return value < least ? least - value : value > most ? value - most : 0;
    }
}
