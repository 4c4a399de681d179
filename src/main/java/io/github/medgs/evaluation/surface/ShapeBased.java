package io.github.medgs.evaluation.surface;

import io.github.medgs.surface.DistanceTransform;

/**
 * Shape-based interpolation: signed distances in each slice, linear between slices.
 *
 * <p>Source: S. Raya and J. Udupa, Shape-based interpolation of multidimensional objects, IEEE TMI 1990. On a slice
 * without the structure, where no distance is defined, a point is as far outside as its distance inside the neighbouring
 * slice, less the gap: of the usual choices, the one with the best surfaces.
 */
public final class ShapeBased implements SurfaceMethod {

    @Override
    public String name() {
        return "shape-based";
    }

    @Override
    public float[] field(KeptSlices kept, double[] positions) {
        int pixels = kept.pixels();
        float[][] distances = distances(kept);
        float[] field = new float[positions.length * pixels];
        for (int s = 0; s < positions.length; s++) {
            KeptSlices.Between at = kept.locate(positions[s]);
            for (int p = 0; p < pixels; p++) {
                double distance = (1 - at.share()) * distances[at.before()][p] + at.share() * distances[at.after()][p];
                // A millimetre is one unit of the field; the level moves from 0 to 0.5.
                field[s * pixels + p] = (float) (0.5 + distance);
            }
        }
        return field;
    }

    /** Signed distances of each kept slice in millimetres, positive inside, finite everywhere. */
    static float[][] distances(KeptSlices kept) {
        int[] sizes = {kept.stack().width(), kept.stack().height()};
        double[] spacing = {kept.stack().geometry().columnSpacing(), kept.stack().geometry().rowSpacing()};
        double[] positions = kept.stack().positions();
        float farthest = (float) Math.hypot(sizes[0] * spacing[0], sizes[1] * spacing[1]);
        float[][] distances = new float[kept.count()][];
        for (int s = 0; s < kept.count(); s++) {
            boolean[] inside = new boolean[kept.pixels()];
            for (int p = 0; p < inside.length; p++) {
                inside[p] = kept.mask()[s * inside.length + p] >= 0.5f;
            }
            distances[s] = DistanceTransform.signed(inside, sizes, spacing);
        }
        for (int s = 0; s < kept.count(); s++) {
            if (kept.empty(s)) {
                java.util.Arrays.fill(distances[s], -farthest);
                lower(distances, s, s - 1, positions, kept);
                lower(distances, s, s + 1, positions, kept);
            }
            for (int p = 0; p < distances[s].length; p++) {
                distances[s][p] = Math.clamp(distances[s][p], -farthest, farthest);
            }
        }
        return distances;
    }

    private static void lower(float[][] distances, int empty, int neighbour, double[] positions, KeptSlices kept) {
        if (neighbour < 0 || neighbour >= distances.length || kept.empty(neighbour)) {
            return;
        }
        float gap = (float) Math.abs(positions[neighbour] - positions[empty]);
        for (int p = 0; p < distances[empty].length; p++) {
            distances[empty][p] = Math.max(distances[empty][p], distances[neighbour][p] - gap);
        }
    }
}
