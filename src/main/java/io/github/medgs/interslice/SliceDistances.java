package io.github.medgs.interslice;

import java.util.Arrays;

/**
 * Shape-based interpolation: signed distances in each slice, linear between slices.
 *
 * <p>Source: S. Raya and J. Udupa, Shape-based interpolation of multidimensional objects, IEEE TMI 1990. On a slice
 * without the structure, where no distance is defined, a point is as far outside as its distance inside the neighbouring
 * slice, less the gap, but never inside: of the usual choices, the one with the best surfaces.
 */
public final class SliceDistances implements SlicePredictor {

    /** The shallowest outside that 0.5 can be told from, in millimetres. */
    private static final float JUST_OUTSIDE = Math.nextDown(0.5f) - 0.5f;

    private final KeptSlices slices;
    private final float[][] distances;
    private final boolean[] empty;

    /** @param slices of a mask */
    public SliceDistances(KeptSlices slices) {
        this.slices = slices;
        this.distances = new float[slices.count()][];
        float farthest = (float) Math.hypot(slices.width() * slices.columnSpacing(),
                slices.height() * slices.rowSpacing());
        this.empty = new boolean[distances.length];
        for (int s = 0; s < distances.length; s++) {
            distances[s] = slices.distances(s);
            empty[s] = distances[s][0] == Float.NEGATIVE_INFINITY;
        }
        for (int s = 0; s < distances.length; s++) {
            if (empty[s]) {
                Arrays.fill(distances[s], -farthest);
                for (int neighbour = Math.max(0, s - 1); neighbour <= Math.min(s + 1, empty.length - 1); neighbour++) {
                    if (!empty[neighbour]) {
                        raise(distances[s], distances[neighbour], slices.gap(Math.min(s, neighbour)));
                    }
                }
            }
            for (int p = 0; p < distances[s].length; p++) {
                distances[s][p] = Math.clamp(distances[s][p], -farthest, farthest);
            }
        }
    }

    private static void raise(float[] distances, float[] neighbour, float gap) {
        for (int p = 0; p < distances.length; p++) {
            distances[p] = Math.max(distances[p], neighbour[p] - gap);
        }
    }

    /**
     * Signed distances of one slice in millimetres, positive inside, finite everywhere. On a slice without the structure they
     * are those of what would reach it, and may be positive where that is deeper than the gap is wide.
     */
    public float[] of(int slice) {
        return distances[slice];
    }

    /** Whether a slice is without the structure. */
    public boolean isEmpty(int slice) {
        return empty[slice];
    }

    /** The same as an occupancy, as that of {@link ShapePredictor}: what a model can learn to draw. */
    SlicePredictor occupancy() {
        float pixel = (float) Math.min(slices.columnSpacing(), slices.rowSpacing());
        return (slice, fraction, out) -> {
            predict(slice, fraction, out);
            // Between slices that are known to be empty nothing is undecided.
            boolean none = empty[slice] && empty[slice + 1];
            for (int p = 0; p < slices.pixels(); p++) {
                out[p] = none ? 0 : ShapePredictor.occupancy((out[p] - 0.5f) / pixel);
            }
        };
    }

    /** A millimetre is one unit of the field, whose boundary lies at 0.5. */
    @Override
    public void predict(int slice, double fraction, float[] out) {
        slices.requireInside(slice, fraction);
        float[] before = distances[slice];
        float[] after = distances[slice + 1];
        for (int p = 0; p < slices.pixels(); p++) {
            // What is known to be empty stays so.
            float from = empty[slice] ? Math.min(JUST_OUTSIDE, before[p]) : before[p];
            float to = empty[slice + 1] ? Math.min(JUST_OUTSIDE, after[p]) : after[p];
            out[p] = (float) (0.5 + ((1 - fraction) * from + fraction * to));
        }
    }
}
