package io.github.medgs.interslice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Signed distances in space, in windows of neighbouring planes of a solid that are moved along it. What a plane says by
 * itself is worked out once and kept while windows hold the plane; for one thread.
 *
 * <p>The same to the bit as {@link DistanceTransform#signed} of each window, held to a largest distance.
 */
final class WindowDistances {

    /**
     * A plane by itself.
     *
     * @param across squared distance in the plane to the nearest sample of the other side; to one's own side it is zero
     */
    private record Plane(boolean[] inside, double[] across) {

        double toOutside(int p) {
            return inside[p] ? across[p] : 0;
        }

        double toInside(int p) {
            return inside[p] ? 0 : across[p];
        }
    }

    private final IntFunction<boolean[]> planes;
    private final int width;
    private final int height;
    private final double[] spacing;
    private final float most;
    private Map<Integer, Plane> known = new HashMap<>();

    /**
     * @param planes of the solid, by number: height x width, row by row, whether inside
     * @param spacing of columns and of rows
     * @param most largest distance that counts, to either side
     */
    WindowDistances(IntFunction<boolean[]> planes, int width, int height, double[] spacing, float most) {
        this.planes = planes;
        this.width = width;
        this.height = height;
        this.spacing = spacing;
        this.most = most;
    }

    /**
     * @param numbers of the window's planes, in order; one may stand there more than once
     * @param apart distance of planes
     * @return plane by plane
     */
    float[] signed(int[] numbers, double apart) {
        Plane[] window = take(numbers);
        int pixels = width * height;
        double half = DistanceTransform.half(new int[] {width, height, numbers.length},
                new double[] {spacing[0], spacing[1], apart});
        float[] signed = new float[numbers.length * pixels];
        double[] outside = new double[pixels];
        double[] inside = new double[pixels];
        Arrays.fill(outside, Double.POSITIVE_INFINITY);
        Arrays.fill(inside, Double.POSITIVE_INFINITY);
        for (int n = 0; n < window.length; n++) {
            Plane plane = window[n];
            for (int p = 0; p < pixels; p++) {
                outside[p] = Math.min(outside[p], plane.toOutside(p));
                inside[p] = Math.min(inside[p], plane.toInside(p));
                signed[n * pixels + p] = plane.inside[p] ? most : -most;
            }
        }
        // Across planes nothing gets smaller than the least there is: only lines near the boundary need a transform. Where
        // no sample is on a side its distances are not asked for.
        DistanceTransform.Line line = new DistanceTransform.Line(numbers.length, apart);
        for (int p = 0; p < pixels; p++) {
            if (inside[p] == 0 && held(Math.sqrt(outside[p]) - half) < most) {
                across(window, true, p, half, line, signed);
            }
            if (outside[p] == 0 && held(Math.sqrt(inside[p]) - half) < most) {
                across(window, false, p, half, line, signed);
            }
        }
        return signed;
    }

    private void across(Plane[] window, boolean side, int p, double half, DistanceTransform.Line line, float[] signed) {
        for (int n = 0; n < window.length; n++) {
            line.values[n] = side ? window[n].toOutside(p) : window[n].toInside(p);
        }
        line.transform();
        for (int n = 0; n < window.length; n++) {
            if (window[n].inside[p] == side) {
                double distance = Math.sqrt(line.values[n]);
                signed[n * width * height + p] = held(side ? distance - half : half - distance);
            }
        }
    }

    private float held(double distance) {
        return Math.clamp((float) distance, -most, most);
    }

    private Plane[] take(int[] numbers) {
        Map<Integer, Plane> kept = new HashMap<>();
        Plane[] window = new Plane[numbers.length];
        for (int n = 0; n < window.length; n++) {
            Plane plane = known.get(numbers[n]);
            window[n] = kept.computeIfAbsent(numbers[n], number -> plane == null ? alone(planes.apply(number)) : plane);
        }
        known = kept;
        return window;
    }

    private Plane alone(boolean[] inside) {
        int[] sizes = {width, height};
        double[] across = DistanceTransform.squared(inside, false, sizes, spacing);
        double[] toInside = DistanceTransform.squared(inside, true, sizes, spacing);
        for (int p = 0; p < across.length; p++) {
            across[p] = inside[p] ? across[p] : toInside[p];
        }
        return new Plane(inside, across);
    }
}
