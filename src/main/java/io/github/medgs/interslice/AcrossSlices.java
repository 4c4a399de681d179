package io.github.medgs.interslice;

/** Weights of interpolation across slices that need not be evenly spaced. */
final class AcrossSlices {

    private AcrossSlices() {}

    /**
     * Lagrange's weight of the node {@code at} for the parabola through three nodes.
     *
     * @param x where the parabola is read
     */
    static float parabolaWeight(float x, float at, float other, float another) {
        return (x - other) * (x - another) / ((at - other) * (at - another));
    }

    /**
     * Weights of four slices for the cubic through the middle two: the hat-weighted blend of the parabolas about slice
     * 1 and about slice 2. Evenly spaced, it is Catmull-Rom's spline. Where slice 0 or 3 is missing the one parabola
     * left serves alone, where both are it is the straight line.
     *
     * @param positions input, of the four slices; that of a missing slice is not read
     * @param x where between slices 1 and 2
     * @param hasBefore whether there is a slice 0
     * @param hasAfter whether there is a slice 3
     * @param weights output, four, summing to one
     */
    static void cubic(float[] positions, float x, boolean hasBefore, boolean hasAfter, float[] weights) {
        float p1 = positions[1];
        float p2 = positions[2];
        float fraction = (x - p1) / (p2 - p1);
        float first = hasBefore ? hasAfter ? 1f - fraction : 1f : 0f;
        float second = hasAfter ? hasBefore ? fraction : 1f : 0f;
        float line = hasBefore || hasAfter ? 0f : 1f;
        float p0 = hasBefore ? positions[0] : p1 - 1f;
        float p3 = hasAfter ? positions[3] : p2 + 1f;
        weights[0] = first * parabolaWeight(x, p0, p1, p2);
        weights[1] = first * parabolaWeight(x, p1, p0, p2) + second * parabolaWeight(x, p1, p2, p3)
                + line * (1f - fraction);
        weights[2] = first * parabolaWeight(x, p2, p0, p1) + second * parabolaWeight(x, p2, p1, p3) + line * fraction;
        weights[3] = second * parabolaWeight(x, p3, p1, p2);
    }

    /**
     * The cubic spline between two knots (Press et al., Numerical Recipes, section 3.3): the straight line and a
     * correction by the second derivatives at the knots.
     *
     * @param fraction of the way from the first knot to the second
     * @param gap distance of the knots
     * @param bend0 second derivative at the first knot
     * @param bend1 second derivative at the second
     */
    static float spline(float value0, float value1, float bend0, float bend1, float fraction, float gap) {
        float a = 1f - fraction;
        return a * value0 + fraction * value1
                + ((a * a * a - a) * bend0 + (fraction * fraction * fraction - fraction) * bend1) * gap * gap / 6f;
    }
}
