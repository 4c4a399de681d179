package io.github.medgs.volume.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Tells the slices at one place apart by what they say of their time, echo or weighting: by marks of which full places
 * hold the same different values, and others only such.
 */
final class FrameMarks {

    private FrameMarks() {}

    /**
     * The frame of each slice of each place, by the first mark that tells all apart; in the order of its values.
     *
     * @param most slices at full places
     * @return null where no mark does
     */
    static int[][] byOne(List<List<DicomSlice>> places, int most) {
        for (int mark = 0; mark < marks(places); mark++) {
            int[][] frames = frames(places, most, new int[] {mark});
            if (frames != null) {
                return frames;
            }
        }
        return null;
    }

    /** The same by several marks together, such as three weightings of two echoes. */
    static int[][] byAll(List<List<DicomSlice>> places, int most) {
        List<Integer> usable = new ArrayList<>();
        for (int mark = 0; mark < marks(places); mark++) {
            int[] one = {mark};
            List<double[]> values = keys(full(places, most), one);
            boolean everywhere = places.stream().filter(place -> place.size() == most)
                    .allMatch(place -> Arrays.deepEquals(keys(place, one).toArray(), values.toArray()));
            if (everywhere && !Double.isNaN(values.getLast()[0])) {
                usable.add(mark);
            }
        }
        return frames(places, most, usable.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int marks(List<List<DicomSlice>> places) {
        return places.getFirst().getFirst().marks().times().length;
    }

    private static List<DicomSlice> full(List<List<DicomSlice>> places, int most) {
        return places.stream().filter(place -> place.size() == most).findFirst().orElseThrow();
    }

    private static double[] key(DicomSlice slice, int[] marks) {
        return Arrays.stream(marks).mapToDouble(mark -> slice.marks().times()[mark]).toArray();
    }

    // In their order; NaN is the last.
    private static List<double[]> keys(List<DicomSlice> place, int[] marks) {
        return place.stream().map(slice -> key(slice, marks)).sorted(Arrays::compare).toList();
    }

    private static int[][] frames(List<List<DicomSlice>> places, int most, int[] marks) {
        List<double[]> keys = keys(full(places, most), marks);
        for (int n = 0; n < keys.size(); n++) {
            boolean unknown = Arrays.stream(keys.get(n)).anyMatch(Double::isNaN);
            if (unknown || n > 0 && Arrays.equals(keys.get(n - 1), keys.get(n))) {
                return null;
            }
        }
        int[][] frames = new int[places.size()][];
        for (int p = 0; p < frames.length; p++) {
            frames[p] = places.get(p).stream()
                    .mapToInt(slice -> Collections.binarySearch(keys, key(slice, marks), Arrays::compare)).toArray();
        }
        return TimePoints.areFrames(frames) ? frames : null;
    }
}
