package io.github.medgs.surface;

/**
 * What a mask most likely looks like between the slices on which it is known.
 *
 * <p>Each known slice becomes signed distances (millimetres, positive inside), held to a clamp of
 * {@value #CLAMP} of the gap to the next slice; between slices they run along a Catmull-Rom spline, and the sum is
 * turned into occupancy by a narrow edge, so that a voxel is inside, outside or truly undecided.
 *
 * <p><b>Why.</b> Distances alone (shape-based interpolation, S. Raya and J. Udupa, IEEE TMI 1990) follow a boundary
 * that moves, but a thin part with no partner in the next slice vanishes at once, because it is far from everything
 * there; blending masks keeps such parts to the middle of the gap, but steps. The clamp is the mean of the two: within
 * it distances move the boundary, beyond it the blend decides. Where a neighbouring slice is empty, the structure ends
 * somewhere in the gap: a smaller clamp ({@value #CLAMP_AT_END}) makes the end blunter. The spline bends round
 * structures over more than two slices, where straight lines cut every bulge.
 *
 * <p>Immutable once made; {@link #targetAt} may be called from any number of threads.
 */
public final class ShapeTarget {

    /** Largest distance that counts, as a share of the gap between two slices. */
    static final double CLAMP = 0.5;

    /** The same in a gap where the structure begins or ends. */
    static final double CLAMP_AT_END = 0.35;

    /** Width of the occupancy's edge, as a share of a pixel. */
    static final double EDGE = 0.25;

    private final double[] positions;
    private final float[][] distances;
    private final boolean[] empty;
    private final double edge;

    /**
     * @param slices masks on the known slices, one array each, row by row; inside at 0.5 or more
     * @param positions where they lie along the slicing axis, millimetres, increasing
     * @param columnSpacing millimetres between neighbours in a row
     * @param rowSpacing millimetres between rows
     */
    public ShapeTarget(float[][] slices, double[] positions, int width, int height, double columnSpacing,
            double rowSpacing) {
        if (slices.length != positions.length || slices.length == 0) {
            throw new IllegalArgumentException(slices.length + " slices at " + positions.length + " positions");
        }
        this.positions = positions.clone();
        this.distances = new float[slices.length][];
        this.empty = new boolean[slices.length];
        this.edge = EDGE * Math.min(columnSpacing, rowSpacing);
        for (int s = 0; s < slices.length; s++) {
            if (slices[s].length != width * height || s > 0 && !(positions[s] > positions[s - 1])) {
                throw new IllegalArgumentException("slice " + s + " has another size or does not follow its predecessor");
            }
            boolean[] inside = new boolean[width * height];
            empty[s] = true;
            for (int i = 0; i < inside.length; i++) {
                inside[i] = slices[s][i] >= 0.5f;
                empty[s] &= !inside[i];
            }
            distances[s] = DistanceTransform.signed(
                    inside, new int[] {width, height}, new double[] {columnSpacing, rowSpacing});
        }
    }

    /**
     * The occupancy at a position: near 1 inside, near 0 outside, 0.5 on the boundary. On a known slice it is that
     * slice; before the first and after the last it is the first or last slice.
     *
     * @param position millimetres, in the terms of the constructor's positions
     * @param out output: one value per pixel, row by row
     */
    public void targetAt(double position, float[] out) {
        int last = positions.length - 1;
        int a = 0;
        while (a + 1 < last && positions[a + 1] <= position) {
            a++;
        }
        int b = Math.min(a + 1, last);
        double gap = positions[b] - positions[a];
        double t = gap > 0 ? Math.clamp((position - positions[a]) / gap, 0, 1) : 0;
        double clamp = gap > 0 ? gap * (empty[a] || empty[b] ? CLAMP_AT_END : CLAMP) : edge;
        int before = Math.max(0, a - 1);
        int after = Math.min(last, b + 1);
        // Slopes in units of the gap: over two gaps where there are two, else over this one.
        double slopeScaleA = a == before ? 0 : gap / (positions[b] - positions[before]);
        double slopeScaleB = b == after ? 0 : gap / (positions[after] - positions[a]);
        double h00 = (1 + 2 * t) * (1 - t) * (1 - t);
        double h10 = t * (1 - t) * (1 - t);
        double h01 = t * t * (3 - 2 * t);
        double h11 = t * t * (t - 1);
        for (int i = 0; i < out.length; i++) {
            double here = held(distances[a][i], clamp);
            double next = held(distances[b][i], clamp);
            if (here == next && Math.abs(here) == clamp) {
                out[i] = here > 0 ? 1 : 0;
                continue;
            }
            double slopeA = slopeScaleA == 0 ? next - here : slopeScaleA * (next - held(distances[before][i], clamp));
            double slopeB = slopeScaleB == 0 ? next - here : slopeScaleB * (held(distances[after][i], clamp) - here);
            double distance = h00 * here + h10 * slopeA + h01 * next + h11 * slopeB;
            out[i] = (float) (0.5 + 0.5 * Math.tanh(distance / edge));
        }
    }

    private static double held(float distance, double clamp) {
        return distance < -clamp ? -clamp : distance > clamp ? clamp : distance;
    }
}
