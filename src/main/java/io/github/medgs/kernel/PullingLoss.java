package io.github.medgs.kernel;

/**
 * What one place says of a signed distance f that is learnt from points of the surface alone (Ma et al., Neural-Pull, ICML
 * 2021). A place q is pulled along f's gradient by f, and should come to its nearest point p of the surface:
 * <pre>   n = grad f / |grad f|,  q' = q - f n,  loss = |q' - p| + consistency (1 - n . e),  e = (q' - p) / |q' - p|,</pre>
 * whose second term asks that the gradient points away from the surface on both sides of it.
 */
public final class PullingLoss {

    /** Lengths below this are not divided by: in a box of +-1 their direction is rounding. */
    private static final float SMALLEST = 1e-6f;

    private PullingLoss() {}

    /**
     * One row: the loss' two terms, and their derivative by f and by grad f.
     *
     * @param row of the batch; points are three numbers a row
     * @param values f, input
     * @param gradients grad f, input
     * @param places q, input
     * @param nearest p, input
     * @param consistency weight of the second term
     * @param terms output, two numbers a row: |q' - p| and 1 - n . e, not weighted
     * @param byValue output, one number a row
     * @param byGradient output, three numbers a row
     */
    public static void gradient(int row, float[] values, float[] gradients, float[] places, float[] nearest,
            float consistency, float[] terms, float[] byValue, float[] byGradient) {
        int x = 3 * row;
        float f = values[row];
        float gx = gradients[x];
        float gy = gradients[x + 1];
        float gz = gradients[x + 2];
        float slope = atLeast(SquareRoot.of(gx * gx + gy * gy + gz * gz));
        float nx = gx / slope;
        float ny = gy / slope;
        float nz = gz / slope;
        float dx = places[x] - f * nx - nearest[x];
        float dy = places[x + 1] - f * ny - nearest[x + 1];
        float dz = places[x + 2] - f * nz - nearest[x + 2];
        float distance = SquareRoot.of(dx * dx + dy * dy + dz * dz);
        float divisor = atLeast(distance);
        float ex = dx / divisor;
        float ey = dy / divisor;
        float ez = dz / divisor;
        float cosine = nx * ex + ny * ey + nz * ez;
        terms[2 * row] = distance;
        terms[2 * row + 1] = 1f - cosine;

        // By q' - p: e of the first term, -(n - (n . e) e) / |q' - p| of the second.
        float pull = distance > SMALLEST ? consistency / distance : 0f;
        float hx = ex - pull * (nx - cosine * ex);
        float hy = ey - pull * (ny - cosine * ey);
        float hz = ez - pull * (nz - cosine * ez);
        byValue[row] = -(hx * nx + hy * ny + hz * nz);

        // By n, and from n to the gradient: only what is across n counts.
        float bx = -f * hx - consistency * ex;
        float by = -f * hy - consistency * ey;
        float bz = -f * hz - consistency * ez;
        float along = bx * nx + by * ny + bz * nz;
        byGradient[x] = (bx - along * nx) / slope;
        byGradient[x + 1] = (by - along * ny) / slope;
        byGradient[x + 2] = (bz - along * nz) / slope;
    }

    private static float atLeast(float length) {
        return length > SMALLEST ? length : SMALLEST;
    }
}
