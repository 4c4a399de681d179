package io.github.medgs.surface;

/** The distance from a point to a triangle, and whether a ray from it meets the triangle. */
final class PointTriangle {

    private PointTriangle() {}

    /**
     * Squared distance. The plane is tried first: where the point's foot lies within the triangle, that is the answer;
     * else the nearest of the three sides is. Triangles without area fall to their sides.
     *
     * @param corners nine coordinates from {@code at} on
     */
    static double squaredDistance(double[] corners, int at, double x, double y, double z) {
        double ax = corners[at] - x;
        double ay = corners[at + 1] - y;
        double az = corners[at + 2] - z;
        double bx = corners[at + 3] - x;
        double by = corners[at + 4] - y;
        double bz = corners[at + 5] - z;
        double cx = corners[at + 6] - x;
        double cy = corners[at + 7] - y;
        double cz = corners[at + 8] - z;
        double ux = bx - ax;
        double uy = by - ay;
        double uz = bz - az;
        double vx = cx - ax;
        double vy = cy - ay;
        double vz = cz - az;
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double nn = nx * nx + ny * ny + nz * nz;
        // Signs of the point's barycentric coordinates: n . (a x b), n . (b x c), n . (c x a).
        double c = nx * (ay * bz - az * by) + ny * (az * bx - ax * bz) + nz * (ax * by - ay * bx);
        double a = nx * (by * cz - bz * cy) + ny * (bz * cx - bx * cz) + nz * (bx * cy - by * cx);
        double b = nx * (cy * az - cz * ay) + ny * (cz * ax - cx * az) + nz * (cx * ay - cy * ax);
        if (nn > 0 && a >= 0 && b >= 0 && c >= 0) {
            double height = nx * ax + ny * ay + nz * az;
            return height * height / nn;
        }
        return Math.min(toSide(ax, ay, az, bx, by, bz),
                Math.min(toSide(bx, by, bz, cx, cy, cz), toSide(cx, cy, cz, ax, ay, az)));
    }

    /** Squared distance from the origin to the segment pq. */
    private static double toSide(double px, double py, double pz, double qx, double qy, double qz) {
        double dx = qx - px;
        double dy = qy - py;
        double dz = qz - pz;
        double length = dx * dx + dy * dy + dz * dz;
        double share = length > 0 ? -(px * dx + py * dy + pz * dz) / length : 0;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        double x = px + share * dx;
        double y = py + share * dy;
        double z = pz + share * dz;
        return x * x + y * y + z * z;
    }

    /**
     * How a ray from a point along x crosses a triangle: 1 through its back (outward, where triangles face outward), -1
     * through its front, 0 where it passes by.
     *
     * @param corners nine coordinates from {@code at} on
     */
    static int crossing(double[] corners, int at, double x, double y, double z) {
        double ab = side(corners, at, at + 3, y, z);
        double bc = side(corners, at + 3, at + 6, y, z);
        double ca = side(corners, at + 6, at, y, z);
        boolean back = ab > 0 && bc > 0 && ca > 0;
        boolean front = ab < 0 && bc < 0 && ca < 0;
        if (!back && !front) {
            return 0;
        }
        double ahead = bc * (corners[at] - x) + ca * (corners[at + 3] - x) + ab * (corners[at + 6] - x);
        return ahead * (ab + bc + ca) < 0 ? 0 : back ? 1 : -1;
    }

    /** On which side of a line the ray passes; the same number, negated, for the neighbour who has the line reversed. */
    private static double side(double[] corners, int from, int to, double y, double z) {
        double py = corners[from + 1] - y;
        double pz = corners[from + 2] - z;
        double qy = corners[to + 1] - y;
        double qz = corners[to + 2] - z;
        return py * qz - pz * qy;
    }
}
