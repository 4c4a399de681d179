package io.github.medgs.interslice;

import java.util.Random;

/** Smooth solids whose outlines no annotator and no network drew, so that none is taken for a rule of smooth ones. */
final class OutlinePhantom {

    /** Control points of a tube's course, and how far it wanders across its length. */
    private static final int POINTS = 4;
    private static final double WANDERS = 0.15;

    private OutlinePhantom() {}

    /** An ellipsoid, a capsule or a bent tube, as the number says, of any size and lying any way. */
    static OutlineSolid of(int number, Random random) {
        int side = 48 + 16 * (number % 3);
        double[][] axes = OutlineSolid.axes(random);
        double[] centre = new double[3];
        double[] half = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            centre[axis] = (side - 1) / 2.0 + random.nextDouble();
            half[axis] = side * (0.12 + 0.26 * random.nextDouble());
        }
        return switch (number / 3 % 3) {
            case 0 -> filled(side, centre, axes, at -> square(at[0] / half[0]) + square(at[1] / half[1])
                    + square(at[2] / half[2]) <= 1);
            case 1 -> filled(side, centre, axes, at -> square(at[0]) + square(at[1])
                    + square(Math.max(0, Math.abs(at[2]) - half[2] / 2)) <= square(half[0] / 2));
            default -> tube(side, centre, axes, random);
        };
    }

    private interface Solid {
        boolean holds(double[] at);
    }

    private static OutlineSolid filled(int side, double[] centre, double[][] axes, Solid solid) {
        boolean[] inside = new boolean[side * side * side];
        double[] at = new double[3];
        for (int n = 0; n < inside.length; n++) {
            double[] from = {n % side - centre[0], n / side % side - centre[1], n / side / side - centre[2]};
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = OutlineSolid.dot(axes[axis], from);
            }
            inside[n] = solid.holds(at);
        }
        return new OutlineSolid(inside, new int[] {side, side, side});
    }

    /** Balls along a polynomial through some points, in a frame whose first axis the tube follows. */
    private static OutlineSolid tube(int side, double[] centre, double[][] axes, Random random) {
        double[] radii = polynomial(random, 0.25);
        double[] toX = polynomial(random, WANDERS);
        double[] toY = polynomial(random, WANDERS);
        double radius = 2 + 0.1 * side * random.nextDouble();
        double length = side * (0.3 + 0.4 * random.nextDouble());
        boolean[] inside = new boolean[side * side * side];
        for (double u = -1; u <= 1; u += 0.5 / side) {
            double[] along = {length * u, side * value(toX, u), side * value(toY, u)};
            double r = radius * (1 + value(radii, u));
            double[] at = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = centre[axis] + axes[0][axis] * along[0] + axes[1][axis] * along[1] + axes[2][axis] * along[2];
            }
            ball(inside, side, at, r);
        }
        return new OutlineSolid(inside, new int[] {side, side, side});
    }

    private static void ball(boolean[] inside, int side, double[] at, double radius) {
        int[] low = new int[3];
        int[] high = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(0, (int) Math.ceil(at[axis] - radius));
            high[axis] = Math.min(side - 1, (int) Math.floor(at[axis] + radius));
        }
        for (int z = low[2]; z <= high[2]; z++) {
            for (int y = low[1]; y <= high[1]; y++) {
                for (int x = low[0]; x <= high[0]; x++) {
                    inside[(z * side + y) * side + x] |= square(x - at[0]) + square(y - at[1]) + square(z - at[2])
                            <= radius * radius;
                }
            }
        }
    }

    private static double[] polynomial(Random random, double size) {
        double[] coefficients = new double[POINTS];
        for (int n = 0; n < POINTS; n++) {
            coefficients[n] = size * (2 * random.nextDouble() - 1) / (n + 1);
        }
        return coefficients;
    }

    private static double value(double[] coefficients, double u) {
        double value = 0;
        for (int n = POINTS - 1; n >= 0; n--) {
            value = value * u + coefficients[n];
        }
        return value;
    }

    private static double square(double x) {
        return x * x;
    }
}
