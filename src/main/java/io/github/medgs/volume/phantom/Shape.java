package io.github.medgs.volume.phantom;

/** A solid in space, by its signed distance: negative inside, zero on the surface, positive outside. Millimetres. */
@FunctionalInterface
public interface Shape {

    /**
     * Exact on the surface; elsewhere the sign is right and the magnitude at most the true distance, or near it for
     * ellipsoids.
     */
    double signedDistance(double x, double y, double z);

    /** A ball. */
    static Shape sphere(double x0, double y0, double z0, double radius) {
        return (x, y, z) -> length(x - x0, y - y0, z - z0) - radius;
    }

    /** An ellipsoid with axes along the coordinates. */
    static Shape ellipsoid(double x0, double y0, double z0, double a, double b, double c) {
        return (x, y, z) -> {
            double scaled = length((x - x0) / a, (y - y0) / b, (z - z0) / c);
            double steeper = length((x - x0) / (a * a), (y - y0) / (b * b), (z - z0) / (c * c));
            return steeper == 0 ? -Math.min(a, Math.min(b, c)) : scaled * (scaled - 1) / steeper;
        };
    }

    /** A ring round the z axis of its centre: the circle of the large radius, thickened by the small one. */
    static Shape torus(double x0, double y0, double z0, double ringRadius, double tubeRadius) {
        return (x, y, z) ->
                length(Math.sqrt(square(x - x0) + square(y - y0)) - ringRadius, z - z0, 0) - tubeRadius;
    }

    /** A straight tube between two points, closed by half balls. */
    static Shape capsule(double x0, double y0, double z0, double x1, double y1, double z1, double radius) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double dz = z1 - z0;
        double squaredLength = dx * dx + dy * dy + dz * dz;
        return (x, y, z) -> {
            double along = ((x - x0) * dx + (y - y0) * dy + (z - z0) * dz) / squaredLength;
            double nearest = Math.clamp(along, 0, 1);
            return length(x - x0 - nearest * dx, y - y0 - nearest * dy, z - z0 - nearest * dz) - radius;
        };
    }

    /**
     * A tube bent along a circular arc in the x-z plane, closed by half balls: a bean.
     *
     * @param arcRadius of the centre line, whose centre is (x0 + arcRadius, y0, z0): it bulges towards -x
     * @param halfAngle radians of arc to either side of the middle
     */
    static Shape bean(double x0, double y0, double z0, double arcRadius, double halfAngle, double radius) {
        double endX = arcRadius * StrictMath.cos(halfAngle);
        double endZ = arcRadius * StrictMath.sin(halfAngle);
        return (x, y, z) -> {
            double towards = x0 + arcRadius - x;
            double up = Math.abs(z - z0);
            boolean besideTheArc = up * endX <= towards * endZ;
            double inPlane = besideTheArc
                    ? Math.sqrt(towards * towards + up * up) - arcRadius
                    : Math.sqrt(square(towards - endX) + square(up - endZ));
            return length(inPlane, y - y0, 0) - radius;
        };
    }

    /** Everything in either. */
    default Shape or(Shape other) {
        return (x, y, z) -> Math.min(signedDistance(x, y, z), other.signedDistance(x, y, z));
    }

    /** What is in this and not in the other. */
    default Shape minus(Shape other) {
        return (x, y, z) -> Math.max(signedDistance(x, y, z), -other.signedDistance(x, y, z));
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double square(double value) {
        return value * value;
    }
}
