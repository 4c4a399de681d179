package io.github.medgs.surface;

/**
 * For each vertex the sum of squared distances to planes, as a quadratic form x' A x + 2 b' x + c of ten numbers
 * (A's upper triangle, b, c), each plane weighted by its triangle's area.
 */
final class Quadrics {

    private final double[] forms;

    Quadrics(double[] positions, int[] triangles) {
        forms = new double[positions.length / 3 * 10];
        for (int at = 0; at < triangles.length; at += 3) {
            addPlane(positions, triangles[at], triangles[at + 1], triangles[at + 2]);
        }
    }

    private void addPlane(double[] p, int a, int b, int c) {
        double ux = p[3 * b] - p[3 * a];
        double uy = p[3 * b + 1] - p[3 * a + 1];
        double uz = p[3 * b + 2] - p[3 * a + 2];
        double vx = p[3 * c] - p[3 * a];
        double vy = p[3 * c + 1] - p[3 * a + 1];
        double vz = p[3 * c + 2] - p[3 * a + 2];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 0)) {
            return;
        }
        double area = length / 2;
        x /= length;
        y /= length;
        z /= length;
        double d = -(x * p[3 * a] + y * p[3 * a + 1] + z * p[3 * a + 2]);
        double[] form = {x * x, x * y, x * z, y * y, y * z, z * z, x * d, y * d, z * d, d * d};
        for (int vertex : new int[] {a, b, c}) {
            for (int i = 0; i < 10; i++) {
                forms[10 * vertex + i] += area * form[i];
            }
        }
    }

    void merge(int from, int into) {
        for (int i = 0; i < 10; i++) {
            forms[10 * into + i] += forms[10 * from + i];
        }
    }

    /** x, y, z of the cheapest point for both vertices together, and its cost. */
    double[] best(int a, int b, double[] positions) {
        double[] q = new double[10];
        for (int i = 0; i < 10; i++) {
            q[i] = forms[10 * a + i] + forms[10 * b + i];
        }
        double[] solved = minimum(q);
        if (solved != null && near(solved, a, b, positions)) {
            return solved;
        }
        double[] best = null;
        for (double share : new double[] {0, 0.5, 1}) {
            double[] point = new double[4];
            for (int axis = 0; axis < 3; axis++) {
                point[axis] = (1 - share) * positions[3 * a + axis] + share * positions[3 * b + axis];
            }
            point[3] = cost(q, point);
            best = best == null || point[3] < best[3] ? point : best;
        }
        return best;
    }

    /** What a place costs for both vertices together. */
    double cost(int a, int b, double[] place) {
        double[] q = new double[10];
        for (int i = 0; i < 10; i++) {
            q[i] = forms[10 * a + i] + forms[10 * b + i];
        }
        return cost(q, place);
    }

    /** In flat places the minimum may lie anywhere along a line: only one near the edge is taken. */
    private static boolean near(double[] point, int a, int b, double[] positions) {
        double edge = 0;
        double away = 0;
        for (int axis = 0; axis < 3; axis++) {
            double middle = 0.5 * (positions[3 * a + axis] + positions[3 * b + axis]);
            edge += Math.pow(positions[3 * a + axis] - positions[3 * b + axis], 2);
            away += Math.pow(point[axis] - middle, 2);
        }
        return away <= edge;
    }

    private static double[] minimum(double[] q) {
        double c00 = q[3] * q[5] - q[4] * q[4];
        double c01 = q[2] * q[4] - q[1] * q[5];
        double c02 = q[1] * q[4] - q[2] * q[3];
        double determinant = q[0] * c00 + q[1] * c01 + q[2] * c02;
        double scale = q[0] + q[3] + q[5];
        if (!(Math.abs(determinant) > 1e-6 * scale * scale * scale)) {
            return null;
        }
        double c11 = q[0] * q[5] - q[2] * q[2];
        double c12 = q[1] * q[2] - q[0] * q[4];
        double c22 = q[0] * q[3] - q[1] * q[1];
        double[] point = {
            -(c00 * q[6] + c01 * q[7] + c02 * q[8]) / determinant,
            -(c01 * q[6] + c11 * q[7] + c12 * q[8]) / determinant,
            -(c02 * q[6] + c12 * q[7] + c22 * q[8]) / determinant, 0};
        point[3] = cost(q, point);
        return point;
    }

    private static double cost(double[] q, double[] p) {
        double value = q[0] * p[0] * p[0] + q[3] * p[1] * p[1] + q[5] * p[2] * p[2]
                + 2 * (q[1] * p[0] * p[1] + q[2] * p[0] * p[2] + q[4] * p[1] * p[2])
                + 2 * (q[6] * p[0] + q[7] * p[1] + q[8] * p[2]) + q[9];
        return Math.max(0, value);
    }
}
