package io.github.medgs.trust;

import io.github.medgs.volume.SlicePositions;
import java.util.Arrays;

/**
 * Where the slices of a volume come from: acquired by the scanner, or drawn between two that were.
 *
 * @param positions millimetres of the volume's slices from the first acquired one
 * @param acquired millimetres of the acquired slices, increasing
 * @param sources for each slice of the volume which acquired one it is, or -1 for one that was drawn
 */
public record Provenance(double[] positions, double[] acquired, int[] sources) {

    /** A drawn slice's place: a share of the way from acquired slice {@code before} to the next. */
    public record Place(int before, double fraction) {}

    public static Provenance of(double[] acquired, double[] positions) {
        return new Provenance(positions, acquired,
                Arrays.stream(positions).mapToInt(position -> SlicePositions.at(acquired, position)).toArray());
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

    /** How many of the acquired slices are none of the volume's, which has none at their places. */
    public int missing() {
        return acquired.length - (int) Arrays.stream(sources).filter(source -> source >= 0).distinct().count();
    }

    /** Millimetres to the nearest acquired slice; 0 for one of them. */
    public double distance(int slice) {
        return isAcquired(slice) ? 0 : Math.abs(positions[slice] - acquired[nearest(slice)]);
    }

    /** Where a slice lies among the acquired ones, of which there are two or more. */
    public Place place(int slice) {
        int found = Arrays.binarySearch(acquired, positions[slice]);
        int before = Math.clamp(found >= 0 ? found : -found - 2, 0, acquired.length - 2);
        double gap = acquired[before + 1] - acquired[before];
        return new Place(before, Math.clamp((positions[slice] - acquired[before]) / gap, 0, 1));
    }

    /** The acquired slice nearest to a slice; of two, the earlier. */
    public int nearest(int slice) {
        return SlicePositions.nearest(acquired, positions[slice]);
    }
}
