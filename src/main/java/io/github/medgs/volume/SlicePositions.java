package io.github.medgs.volume;

import java.util.Arrays;

/** Where slices lie along their axis: increasing, in millimetres. */
public final class SlicePositions {

    /** A place this close to a slice, as a share of the gap before it (of the first: after it), is that slice's. */
    private static final double SAME = 1e-3;

    private SlicePositions() {}

    /** The slice nearest to a place; of two, the earlier. */
    public static int nearest(double[] positions, double millimetres) {
        int found = Arrays.binarySearch(positions, millimetres);
        if (found >= 0) {
            return found;
        }
        int after = Math.min(-found - 1, positions.length - 1);
        int before = Math.max(0, after - 1);
        return millimetres - positions[before] <= positions[after] - millimetres ? before : after;
    }

    /**
     * The slice that lies at a place, or -1 where the place is between slices. Everything that tells acquired slices from
     * drawn ones goes by this. One slice alone has a millimetre for a gap.
     */
    public static int at(double[] positions, double millimetres) {
        int near = nearest(positions, millimetres);
        int other = near == 0 ? Math.min(1, positions.length - 1) : near - 1;
        double gap = positions.length == 1 ? 1 : Math.abs(positions[near] - positions[other]);
        return Math.abs(millimetres - positions[near]) <= SAME * gap ? near : -1;
    }
}
