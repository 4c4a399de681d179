package io.github.medgs.surface;

import java.util.Arrays;

/** Polygons as mesh files have them, of any number of sides, and their triangles. */
final class PolygonList {

    /** Cutting ears takes time with the square of the sides; what has more is no drawn polygon. */
    private static final int MOST_SIDES = 4096;

    private int[] values = new int[1024];
    private int filled;
    private int triangles;

    /** Adds a polygon of {@code sides} vertex numbers; those of fewer than three sides have no surface. */
    void add(int[] polygon, int sides) {
        if (filled + sides + 1 > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, Math.addExact(filled, sides + 1)));
        }
        values[filled++] = sides;
        System.arraycopy(polygon, 0, values, filled, sides);
        filled += sides;
        triangles += Math.max(0, sides - 2);
    }

    /** Into how many triangles all polygons so far are cut. */
    int triangleCount() {
        return triangles;
    }

    /**
     * All polygons cut into triangles, in their order. A convex one becomes a fan round its first corner; from one that
     * is not, ears are cut, so that no triangle lies outside of it.
     *
     * @param vertices x, y, z of each; a polygon that names a vertex which is not there becomes a fan
     */
    int[] triangles(float[] vertices) {
        int[] result = new int[Math.multiplyExact(3, triangles)];
        int at = 0;
        for (int from = 0; from < filled; from += values[from] + 1) {
            int sides = values[from];
            int[] polygon = Arrays.copyOfRange(values, from + 1, from + 1 + sides);
            double[] normal = sides > 3 && sides <= MOST_SIDES ? normal(polygon, vertices) : null;
            if (normal == null || isConvex(polygon, vertices, normal)) {
                for (int side = 2; side < sides; side++) {
                    result[at++] = polygon[0];
                    result[at++] = polygon[side - 1];
                    result[at++] = polygon[side];
                }
            } else {
                at = cutEars(polygon, vertices, normal, result, at);
            }
        }
        return result;
    }

    // Newell's: the sum over all sides, right for any shape. Null where the polygon has no area or no such vertex.
    private static double[] normal(int[] polygon, float[] vertices) {
        double[] normal = new double[3];
        for (int side = 0; side < polygon.length; side++) {
            int a = polygon[side];
            int b = polygon[(side + 1) % polygon.length];
            if (a < 0 || b < 0 || a >= vertices.length / 3 || b >= vertices.length / 3) {
                return null;
            }
            for (int axis = 0; axis < 3; axis++) {
                int y = (axis + 1) % 3;
                int z = (axis + 2) % 3;
                normal[axis] += ((double) vertices[3 * a + y] - vertices[3 * b + y])
                        * ((double) vertices[3 * a + z] + vertices[3 * b + z]);
            }
        }
        double length = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        return length > 0 && Double.isFinite(length) ? normal : null;
    }

    private static boolean isConvex(int[] polygon, float[] vertices, double[] normal) {
        for (int n = 0; n < polygon.length; n++) {
            if (turn(polygon[n], polygon[(n + 1) % polygon.length], polygon[(n + 2) % polygon.length], vertices, normal)
                    < 0) {
                return false;
            }
        }
        return true;
    }

    // Twice the area of a b c, positive where it turns as the polygon does.
    private static double turn(int a, int b, int c, float[] v, double[] normal) {
        double turn = 0;
        for (int axis = 0; axis < 3; axis++) {
            int y = (axis + 1) % 3;
            int z = (axis + 2) % 3;
            turn += normal[axis] * (((double) v[3 * b + y] - v[3 * a + y]) * ((double) v[3 * c + z] - v[3 * a + z])
                    - ((double) v[3 * b + z] - v[3 * a + z]) * ((double) v[3 * c + y] - v[3 * a + y]));
        }
        return turn;
    }

    // Takes corner after corner off whose triangle holds no other corner; what crosses itself ends as a fan.
    private static int cutEars(int[] polygon, float[] vertices, double[] normal, int[] result, int from) {
        int[] left = polygon.clone();
        int count = left.length;
        int at = from;
        while (count > 3) {
            int ear = ear(left, count, vertices, normal);
            int before = (ear + count - 1) % count;
            result[at++] = left[before];
            result[at++] = left[ear];
            result[at++] = left[(ear + 1) % count];
            System.arraycopy(left, ear + 1, left, ear, count - ear - 1);
            count--;
        }
        for (int n = 0; n < 3; n++) {
            result[at++] = left[n];
        }
        return at;
    }

    private static int ear(int[] left, int count, float[] vertices, double[] normal) {
        for (int n = 0; n < count; n++) {
            int a = left[(n + count - 1) % count];
            int b = left[n];
            int c = left[(n + 1) % count];
            boolean free = turn(a, b, c, vertices, normal) > 0;
            for (int m = 2; m < count - 1 && free; m++) {
                int other = left[(n + m) % count];
                free = !(turn(a, b, other, vertices, normal) >= 0 && turn(b, c, other, vertices, normal) >= 0
                        && turn(c, a, other, vertices, normal) >= 0);
            }
            if (free) {
                return n;
            }
        }
        return 1;
    }
}
