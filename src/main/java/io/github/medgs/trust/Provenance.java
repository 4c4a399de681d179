package io.github.medgs.trust;

import java.util.Arrays;

/**
 * Where the slices of a volume come from: acquired by the scanner, or drawn between two that were.
 *
 * @param positions millimetres of the volume's slices from the first acquired one
 * @param acquired millimetres of the acquired slices, increasing
 * @param sources for each slice of the volume which acquired one it is, or -1 for one that was drawn
 */
public record Provenance(double[] positions, double[] acquired, int[] sources) {

    /** A slice this close to an acquired one, as a share of the gap there, is that one. */
    private static final double SAME = 1e-3;

    /** A drawn slice's place: a share of the way from acquired slice {@code before} to the next. */
    public record Place(int before, double fraction) {}

    public static Provenance of(double[] acquired, double[] positions) {
        int[] sources = new int[positions.length];
        for (int n = 0; n < positions.length; n++) {
            int near = nearest(acquired, positions[n]);
            int other = near == 0 ? Math.min(1, acquired.length - 1) : near - 1;
            double gap = acquired.length == 1 ? 1 : Math.abs(acquired[near] - acquired[other]);
            sources[n] = Math.abs(positions[n] - acquired[near]) <= SAME * gap ? near : -1;
        }
        return new Provenance(positions, acquired, sources);
    }

    public int count() {
        return positions.length;
    }

    public boolean isAcquired(int slice) {
        return sources[slice] >= 0;
    }

    /** How many slices were drawn. */
    public int drawn() {
        return (int) Arrays.stream(sources).filter(source -> source < 0).count();
    }

    /** Millimetres to the nearest acquired slice; 0 for one of them. */
    public double distance(int slice) {
        return isAcquired(slice) ? 0 : Math.abs(positions[slice] - acquired[nearest(acquired, positions[slice])]);
    }

    /** Where a slice lies among the acquired ones, of which there are two or more. */
    public Place place(int slice) {
        int found = Arrays.binarySearch(acquired, positions[slice]);
        int before = Math.clamp(found >= 0 ? found : -found - 2, 0, acquired.length - 2);
        double gap = acquired[before + 1] - acquired[before];
        return new Place(before, Math.clamp((positions[slice] - acquired[before]) / gap, 0, 1));
    }

    private static int nearest(double[] acquired, double position) {
        int found = Arrays.binarySearch(acquired, position);
        if (found >= 0) {
            return found;
        }
        int after = Math.min(-found - 1, acquired.length - 1);
        int before = Math.max(0, after - 1);
        return position - acquired[before] <= acquired[after] - position ? before : after;
    }
}
