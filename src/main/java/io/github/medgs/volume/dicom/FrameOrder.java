package io.github.medgs.volume.dicom;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the slices at one place apart by an order of all slices of a series, such as that of their instance numbers. An
 * order is believed where it goes the same way at all places; every place holds as many slices as every other.
 */
final class FrameOrder {

    private FrameOrder() {}

    /**
     * The frame of each slice of each place: the first at its place is of the first frame, and so on.
     *
     * @return null where two slices at one place are equal, or the order does not go from place to place as one of
     *     frame after frame, or of place after place, does
     */
    static int[][] of(List<List<DicomSlice>> places, Comparator<DicomSlice> order) {
        Map<DicomSlice, Integer> ranks = ranks(places, order);
        int[][] sorted = new int[places.size()][];
        int[][] frames = new int[places.size()][];
        for (int p = 0; p < frames.length; p++) {
            int[] own = places.get(p).stream().mapToInt(ranks::get).toArray();
            int[] inOrder = Arrays.stream(own).sorted().toArray();
            if (Arrays.stream(own).distinct().count() < own.length) {
                return null;
            }
            sorted[p] = inOrder;
            frames[p] = Arrays.stream(own).map(rank -> Arrays.binarySearch(inOrder, rank)).toArray();
        }
        return isEven(sorted) || isFrameAfterFrame(sorted) ? frames : null;
    }

    /** Whether no two slices of a series are equal. */
    static boolean isStrict(List<List<DicomSlice>> places, Comparator<DicomSlice> order) {
        Map<DicomSlice, Integer> ranks = ranks(places, order);
        return ranks.values().stream().distinct().count() == ranks.size();
    }

    // From 0 on, without gaps: numbers may have some. Equal slices have the same.
    private static Map<DicomSlice, Integer> ranks(List<List<DicomSlice>> places, Comparator<DicomSlice> order) {
        List<DicomSlice> all = places.stream().flatMap(List::stream).sorted(order).toList();
        Map<DicomSlice, Integer> ranks = new IdentityHashMap<>();
        int rank = 0;
        for (int n = 0; n < all.size(); n++) {
            if (n > 0 && order.compare(all.get(n - 1), all.get(n)) != 0) {
                rank++;
            }
            ranks.put(all.get(n), rank);
        }
        return ranks;
    }

    // From frame to frame it is everywhere as far.
    private static boolean isEven(int[][] sorted) {
        return Arrays.stream(sorted).allMatch(place -> {
            for (int frame = 1; frame < place.length; frame++) {
                if (place[frame] - place[0] != sorted[0][frame] - sorted[0][0]) {
                    return false;
                }
            }
            return true;
        });
    }

    // Some of one frame twice: two frames may run against each other, and cross.
    private static boolean isFrameAfterFrame(int[][] sorted) {
        int last = -1;
        for (int f = 0; f < sorted[0].length; f++) {
            int frame = f;
            int[] own = Arrays.stream(sorted).mapToInt(place -> place[frame]).sorted().toArray();
            long different = Arrays.stream(own).distinct().count();
            if (own[0] <= last || different > 1 && different < own.length) {
                return false;
            }
            last = own[own.length - 1];
        }
        return true;
    }
}
