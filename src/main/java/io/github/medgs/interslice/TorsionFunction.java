package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * A section of a solid as the torsion function of its outline: the solution of {@code Laplace f = -1} inside that is
 * zero on the outline, continued outside.
 *
 * <p><b>Why.</b> Of an ellipse with half axes a and b it is {@code a^2 b^2 / (2 (a^2 + b^2)) (1 - x^2 / a^2 - y^2 /
 * b^2)}, so the torsion functions of all parallel sections of an ellipsoid, whichever way it lies, are one polynomial of
 * second degree in space, whose zero set is the ellipsoid. Signed distances are not: they change with the square root
 * of the distance to an end. What is interpolated by parabolas across slices is therefore exact on ellipsoids, and what
 * is continued past the last section ends where they end.
 *
 * <p>The outline runs where smoothed signed distances are zero, which takes the staircase of pixels out of it. Outside,
 * f goes on by {@code -(g d + d^2 / 4)} with d the distance to the outline and g the slope at the nearest point of it,
 * as it does round a disc.
 */
final class TorsionFunction {

    /** Steps of successive over-relaxation at most, and the change in square pixels at which they end. */
    private static final int MOST_STEPS = 150;
    private static final double SETTLED = 1e-3;
    private static final double RELAXATION = 1.7;

    /** Standard deviation, in pixels, by which slopes are evened out along the outline. */
    private static final float EVENING = 2f;

    /** The outline keeps this far from a pixel's centre, in pixels. */
    private static final double CLOSEST = 0.15;

    private final int width;
    private final int height;
    private final double rowScale;
    private final boolean[] inside;
    private final float[] distances;

    /**
     * @param inside the section, row by row
     * @param distances smoothed signed distances in units of a column, positive inside
     * @param rowSpacing distance of rows in units of the distance of columns
     */
    TorsionFunction(boolean[] inside, float[] distances, int width, int height, double rowSpacing) {
        this.width = width;
        this.height = height;
        this.rowScale = 1 / (rowSpacing * rowSpacing);
        this.inside = inside;
        this.distances = distances;
    }

    /** The function on the section's pixels, in square columns; positive inside, negative outside. */
    float[] values() {
        float[] values = solved();
        float[] slopes = slopes(values);
        for (int p = 0; p < values.length; p++) {
            if (!inside[p]) {
                double d = Math.max(CLOSEST, -distances[p]);
                values[p] = (float) -(slopes[p] * d + 0.25 * d * d);
            }
        }
        return values;
    }

    private float[] solved() {
        int[] pixels = new int[inside.length];
        int count = 0;
        float[] f = new float[inside.length + 1];
        for (int p = 0; p < inside.length; p++) {
            if (inside[p]) {
                pixels[count++] = p;
                f[p] = 2 * Math.max(0, distances[p]);
            }
        }
        // What does not change from step to step: neighbours, those outside replaced by a place that stays zero, and the
        // sum of weights.
        int[] near = new int[4 * count];
        double[] weights = new double[count];
        for (int n = 0; n < count; n++) {
            for (int side = 0; side < 4; side++) {
                int q = neighbour(pixels[n], side);
                double scale = side < 2 ? 1 : rowScale;
                boolean counts = q >= 0 && inside[q];
                near[4 * n + side] = counts ? q : inside.length;
                // Zero on the outline, a share of a pixel away; on the picture's edge half a pixel.
                weights[n] += counts ? scale : scale / (q < 0 ? 0.5 : share(pixels[n], q));
            }
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            double change = 0;
            for (int i = 0; i < count; i++) {
                int n = step % 2 == 0 ? i : count - 1 - i;
                int p = pixels[n];
                double sum = 1;
                sum += f[near[4 * n]];
                sum += f[near[4 * n + 1]];
                sum += rowScale * f[near[4 * n + 2]];
                sum += rowScale * f[near[4 * n + 3]];
                double moved = RELAXATION * (sum / weights[n] - f[p]);
                change = Math.max(change, Math.abs(moved));
                f[p] += (float) moved;
            }
            if (change < SETTLED) {
                break;
            }
        }
        return Arrays.copyOf(f, inside.length);
    }

    /** How far from a pixel inside to its neighbour outside the outline lies. */
    private double share(int in, int out) {
        double here = Math.max(distances[in], 0.05);
        double there = Math.min(distances[out], -0.05);
        return Math.clamp(here / (here - there), CLOSEST, 1 - CLOSEST);
    }

    private int neighbour(int p, int side) {
        int column = p % width;
        int row = p / width;
        return switch (side) {
            case 0 -> column + 1 < width ? p + 1 : -1;
            case 1 -> column > 0 ? p - 1 : -1;
            case 2 -> row + 1 < height ? p + width : -1;
            default -> row > 0 ? p - width : -1;
        };
    }

    /** At every pixel the slope of f at the nearest pixel that lies along the outline, evened out. */
    private float[] slopes(float[] values) {
        int[] nearest = new int[inside.length];
        Arrays.fill(nearest, -1);
        for (int p = 0; p < inside.length; p++) {
            for (int side = 0; side < 4 && inside[p]; side++) {
                int q = neighbour(p, side);
                nearest[p] = q >= 0 && !inside[q] ? p : nearest[p];
            }
        }
        for (int pass = 0; pass < 4; pass++) {
            for (int n = 0; n < nearest.length; n++) {
                spread(nearest, pass % 2 == 0 ? n : nearest.length - 1 - n);
            }
        }
        // Rises and runs evened out apart: pixels close to the outline have little of either.
        float[] slopes = new float[inside.length];
        float[] runs = new float[inside.length];
        for (int p = 0; p < slopes.length; p++) {
            if (nearest[p] >= 0) {
                double d = Math.max(CLOSEST, distances[nearest[p]]);
                slopes[p] = (float) (values[nearest[p]] + 0.25 * d * d);
                runs[p] = (float) d;
            }
        }
        float[] scratch = new float[slopes.length];
        SliceFilter.blur(slopes, height, width, EVENING, scratch);
        SliceFilter.blur(runs, height, width, EVENING, scratch);
        for (int p = 0; p < slopes.length; p++) {
            slopes[p] = runs[p] > 0 ? slopes[p] / runs[p] : 0;
        }
        return slopes;
    }

    /** Takes over what a neighbour has as nearest where that is nearer. */
    private void spread(int[] nearest, int p) {
        int column = p % width;
        int row = p / width;
        for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
                int candidate = nearest[r * width + c];
                // Most neighbours have the same one.
                if (candidate >= 0 && candidate != nearest[p]
                        && (nearest[p] < 0 || squared(candidate, column, row) < squared(nearest[p], column, row))) {
                    nearest[p] = candidate;
                }
            }
        }
    }

    private double squared(int from, int column, int row) {
        double columns = from % width - column;
        double rows = from / width - row;
        return columns * columns + rows * rows / rowScale;
    }
}
