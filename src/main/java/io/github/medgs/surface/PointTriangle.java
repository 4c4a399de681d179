package io.github.medgs.surface;

/** The distance from a point to a triangle. */
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
}
