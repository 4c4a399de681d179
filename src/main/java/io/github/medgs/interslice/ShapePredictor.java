package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * What a mask most likely looks like between the slices on which it is known.
 *
 * <p>Each known slice becomes signed distances (millimetres, positive inside), smoothed, held to a clamp of
 * {@value #CLAMP} of the gap; between slices they run along a spline, and the result is turned into occupancy by a
 * narrow edge, so that a voxel is inside, outside or truly undecided.
 *
 * <p><b>Why.</b> Distances alone (shape-based interpolation, S. Raya and J. Udupa, IEEE TMI 1990) follow a boundary
 * that moves, but a thin part with no partner in the next slice vanishes at once, because it is far from everything
 * there; blending masks keeps such parts to the middle of the gap, but steps. The clamp is the mean of the two: within
 * it distances move the boundary, beyond it the blend decides. Outside it is tighter ({@value #OUTSIDE} of the clamp
 * inside), so that a part without partner, or a structure that ends between two slices, reaches past the middle. The
 * spline bends round structures over more than two slices, where straight lines cut every bulge. The smoothing takes the
 * staircase of pixels out of the distances; it is made twice over (the smoothed plus what smoothing takes from it once
 * more), since one Gaussian would shrink every rounded part. Its price: a part one pixel wide fades between the slices.
 *
 * <p><b>Measured.</b> Every second and every fourth slice of five structures (both kidneys, L3 and the aorta of an
 * abdominal CT at 3 mm; a cervical cord at 1 mm), against the surface of the full mask: mean ASSD 0.401 mm (ISO 0.541,
 * shape-based 0.566, Poisson 0.636), mean Dice on the dropped slices 0.942 (0.914, 0.922, 0.933). The whole table, and
 * what else was tried, is in {@code src/site/markdown/surfaces.md}.
 */
public final class ShapePredictor implements SlicePredictor {

    /** Largest distance that counts, as a share of the gap between two slices. */
    public static final double CLAMP = 0.5;

    /**
     * The clamp outside, as a share of the one inside: what is held to both clamps crosses zero at 1 / 1.7 of the gap.
     */
    public static final double OUTSIDE = 0.7;

    /** How much of the way from the straight line to the Catmull-Rom spline, and beyond. */
    static final double BEND = 1.25;

    /** Standard deviation of the smoothing, in pixels. */
    static final double SMOOTHING = 0.9;

    /** Width of the occupancy's edge, as a share of a pixel. */
    static final double EDGE = 0.05;

    /** A voxel that nothing decides counts as inside, so that a surface is no smaller than the organ. */
    private static final double UNDECIDED_INSIDE = 0.3;

    /** Distances are cut off here, in pixels, so that slices without the structure are finite too. */
    private static final double MOST_PIXELS = 1000;

    private final KeptSlices slices;
    private final float[][] distances;
    private final double edge;

    /**
     * @param slices of a mask
     * @param workers share the slices out; nothing depends on their number
     */
    ShapePredictor(KeptSlices slices, Workers workers) {
        this.slices = slices;
        this.distances = new float[slices.count()][];
        this.edge = EDGE * Math.min(slices.columnSpacing(), slices.rowSpacing());
        double most = MOST_PIXELS * Math.max(slices.columnSpacing(), slices.rowSpacing());
        workers.forEach(distances.length, (s, worker) ->
                distances[s] = smoothed(slices.distances(s), slices.width(), slices.height(), most));
    }

    /** The occupancy: near 1 inside, near 0 outside, 0.5 on the boundary; on a known slice that slice. */
    @Override
    public void predict(int slice, double fraction, float[] out) {
        slices.requireInside(slice, fraction);
        double[] positions = slices.positions();
        int a = slice;
        int b = slice + 1;
        double gap = positions[b] - positions[a];
        double position = positions[a] + fraction * gap;
        if (position <= positions[a] || position >= positions[b]) {
            int known = slices.start(position <= positions[a] ? a : b);
            System.arraycopy(slices.values(), known, out, 0, slices.pixels());
            return;
        }
        // By way of the position, whose rounding is part of what models were trained on.
        between(Math.max(0, a - 1), a, b, Math.min(positions.length - 1, b + 1), (position - positions[a]) / gap, out);
    }

    /**
     * The occupancy between any two known slices.
     *
     * @param before the slice before {@code a}, or {@code a} where there is none
     * @param after the slice after {@code b}, or {@code b}
     * @param t share of the way from a to b
     */
    void between(int before, int a, int b, int after, double t, float[] out) {
        double[] positions = slices.positions();
        double gap = positions[b] - positions[a];
        double clamp = CLAMP * gap;
        // Slopes in units of the gap: over two gaps where there are two, else over this one.
        double scaleA = a == before ? 0 : gap / (positions[b] - positions[before]);
        double scaleB = b == after ? 0 : gap / (positions[after] - positions[a]);
        double stepB = t * t * (3 - 2 * t);
        double bendA = t * (1 - t) * (1 - t);
        double bendB = t * t * (t - 1);
        for (int i = 0; i < slices.pixels(); i++) {
            double here = held(distances[a][i], clamp);
            double next = held(distances[b][i], clamp);
            if (here == next && (here == clamp || here == -OUTSIDE * clamp)) {
                out[i] = here > 0 ? 1 : 0;
                continue;
            }
            double slopeA = scaleA == 0 ? next - here : scaleA * (next - held(distances[before][i], clamp));
            double slopeB = scaleB == 0 ? next - here : scaleB * (held(distances[after][i], clamp) - here);
            double straight = here + t * (next - here);
            double spline = here + stepB * (next - here) + bendA * slopeA + bendB * slopeB;
            double distance = straight + BEND * (spline - straight);
            out[i] = (float) (0.5 + 0.5 * Math.tanh(distance / edge + UNDECIDED_INSIDE));
        }
    }

    /** The occupancy at a signed distance in pixels. */
    static float occupancy(float distance) {
        return (float) (0.5 + 0.5 * Math.tanh(distance / EDGE + UNDECIDED_INSIDE));
    }

    /** Signed distances of every slice, smoothed, in millimetres. */
    float[][] smoothedDistances() {
        return distances;
    }

    private static double held(float distance, double clamp) {
        return distance < -OUTSIDE * clamp ? -OUTSIDE * clamp : distance > clamp ? clamp : distance;
    }

    /** 2 G - G G, with G a Gaussian over the slice whose border repeats. */
    private static float[] smoothed(float[] distances, int width, int height, double most) {
        float[] source = new float[distances.length];
        for (int i = 0; i < source.length; i++) {
            source[i] = (float) held(distances[i], most);
        }
        SmoothingKernel kernel = new SmoothingKernel(SMOOTHING);
        float[] rows = new float[source.length];
        float[] once = new float[source.length];
        kernel.along(source, 1, width, 0, source.length, rows);
        kernel.along(rows, width, height, 0, source.length, once);
        kernel.along(once, 1, width, 0, source.length, rows);
        kernel.along(rows, width, height, 0, source.length, source);
        for (int i = 0; i < once.length; i++) {
            once[i] = 2 * once[i] - source[i];
        }
        return once;
    }
}
