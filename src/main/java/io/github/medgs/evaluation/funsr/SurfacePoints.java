package io.github.medgs.evaluation.funsr;

import io.github.medgs.InputException;
import io.github.medgs.training.TrainingData;
import java.util.Arrays;
import java.util.Random;

/**
 * Points of a structure's surface: half way between a pixel inside and a neighbour that is not; beyond the edge of a slice
 * nothing is inside. A neighbour in the next slice counts where that is about as near as the next pixel; across a wide gap
 * nobody knows where the surface passes, and points half way would make steps of it. Moved and scaled so that the box
 * round them has its middle at the origin and its longest side from -0.5 to 0.5.
 *
 * @param points x, y, z of each
 * @param middle of the box, in millimetres along a row, along a column, and from the first slice
 * @param side the longest, in millimetres
 */
record SurfacePoints(double[] points, double[] middle, double side) {

    /** The next slice is near when it is no farther than so many widths of a pixel. */
    private static final double NEAR = 1.5;

    /** More points than this are thinned out. */
    private static final int MOST = 60_000;

    /** To these many, each spread evenly, and put together. */
    private static final int[] SAMPLES = {5_000, 15_000};

    /**
     * @param seed of where the thinning out begins
     * @throws InputException where the structure is a single point, or not there
     */
    static SurfacePoints of(TrainingData kept, long seed) {
        double[] found = half(kept);
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < found.length; i++) {
            low[i % 3] = Math.min(low[i % 3], found[i]);
            high[i % 3] = Math.max(high[i % 3], found[i]);
        }
        double side = 0;
        double[] middle = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            side = Math.max(side, high[axis] - low[axis]);
            middle[axis] = (low[axis] + high[axis]) / 2;
        }
        if (!(side > 0)) {
            throw new InputException("the mask", "has nothing inside on the kept slices", "give another one");
        }
        for (int i = 0; i < found.length; i++) {
            found[i] = (found[i] - middle[i % 3]) / side;
        }
        return new SurfacePoints(found.length / 3 > MOST ? thinned(found, seed) : found, middle, side);
    }

    int count() {
        return points.length / 3;
    }

    /** Millimetres along an axis to the scale of the points. */
    double toUnit(double millimetres, int axis) {
        return (millimetres - middle[axis]) / side;
    }

    private static double[] half(TrainingData kept) {
        int width = kept.stack().width();
        int height = kept.stack().height();
        double[] spacing = {kept.stack().geometry().columnSpacing(), kept.stack().geometry().rowSpacing()};
        double[] z = kept.stack().positions();
        double[] points = new double[3 << 10];
        int filled = 0;
        for (int s = 0; s < z.length; s++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (!inside(kept, x, y, s)) {
                        continue;
                    }
                    for (int side = 0; side < 6; side++) {
                        int axis = side / 2;
                        int step = side % 2 == 0 ? -1 : 1;
                        if (axis == 2 && !(gap(z, s, step) <= NEAR * Math.max(spacing[0], spacing[1])) || inside(kept, axis == 0 ? x + step : x, axis == 1 ? y + step : y, axis == 2 ? s + step : s)) {
                            continue;
                        }
                        if (filled == points.length) {
                            points = Arrays.copyOf(points, 2 * filled);
                        }
                        points[filled] = (axis == 0 ? x + 0.5 * step : x) * spacing[0];
                        points[filled + 1] = (axis == 1 ? y + 0.5 * step : y) * spacing[1];
                        points[filled + 2] = axis == 2 ? z[s] + step * gap(z, s, step) / 2 : z[s];
                        filled += 3;
                    }
                }
            }
        }
        return Arrays.copyOf(points, filled);
    }

    /** To the next slice, or beyond the stack's end as far as the one before; NaN for a single slice. */
    private static double gap(double[] z, int s, int step) {
        int other = s + step < 0 || s + step >= z.length ? s - step : s + step;
        return other < 0 || other >= z.length ? Double.NaN : Math.abs(z[other] - z[s]);
    }

    private static boolean inside(TrainingData kept, int x, int y, int s) {
        int width = kept.stack().width();
        int height = kept.stack().height();
        return x >= 0 && x < width && y >= 0 && y < height && s >= 0 && s < kept.stack().count()
                && kept.mask()[(s * height + y) * width + x] >= 0.5f;
    }

    private static double[] thinned(double[] points, long seed) {
        Random random = new Random(seed);
        double[] all = new double[0];
        for (int sample : SAMPLES) {
            double[] spread = FarthestPoints.of(points, sample, random.nextInt(points.length / 3));
            all = Arrays.copyOf(all, all.length + spread.length);
            System.arraycopy(spread, 0, all, all.length - spread.length, spread.length);
        }
        return all;
    }
}
