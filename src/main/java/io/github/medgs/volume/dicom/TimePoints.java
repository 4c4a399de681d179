package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Slices at one place, put in the order of their frames, see {@link WholeFrames}. Where a place lacks a slice, the others
 * are told apart by what they say of their time, and incomplete frames are left out; nothing is guessed.
 */
final class TimePoints {

    /** By what the slices say of their time, then by number, then by frame of a file, then by file. */
    static final Comparator<DicomSlice> ORDER = WholeFrames.STATED.thenComparing(WholeFrames.NAMES);

    private TimePoints() {}

    /**
     * Sorts the slices of each place by their frames.
     *
     * @return for each place as many slices as for every other, one of each frame
     * @throws InputException when nothing tells frames apart, or which are whole
     */
    static List<List<DicomSlice>> of(String name, List<List<DicomSlice>> places, List<String> notes) {
        places.forEach(place -> place.sort(ORDER));
        int most = places.stream().mapToInt(List::size).max().orElseThrow();
        int least = places.stream().mapToInt(List::size).min().orElseThrow();
        if (most == least) {
            return most == 1 ? places : complete(places, WholeFrames.of(name, places, notes), most);
        }
        int[][] marked = FrameMarks.byOne(places, most);
        List<List<DicomSlice>> complete = marked == null ? null : complete(places, marked, most);
        if (complete == null) {
            complete = byNumber(places, most);
        }
        if (complete != null && !complete.getFirst().isEmpty()) {
            int left = complete.getFirst().size();
            notes.add(Words.count(most - left, "of its " + most + " frames is", "of its " + most + " frames are")
                    + " incomplete and left out; " + left + (left == 1 ? " is" : " are") + " whole");
            return complete;
        }
        if (least == 1 && most == 2) {
            List<List<DicomSlice>> doubled = places.stream().filter(place -> place.size() == 2).toList();
            boolean numbered = doubled.stream().allMatch(place -> place.getFirst().marks().number() >= 0
                    && place.getFirst().marks().number() < place.getLast().marks().number());
            notes.add("two slices each at " + Words.count(doubled.size(), "position", "positions") + "; the one "
                    + (numbered ? "of the lower instance number" : "that is first by time, number or name") + " was taken");
            return places.stream().map(place -> List.of(place.getFirst())).toList();
        }
        throw new InputException(name, "holds between " + least + " and " + most + " slices at one position",
                "keep the files of one time point or echo");
    }

    // By instance numbers where those of the full places grow evenly from place to place, each frame by the same number.
    private static List<List<DicomSlice>> byNumber(List<List<DicomSlice>> places, int most) {
        List<Integer> full = new ArrayList<>();
        for (int p = 0; p < places.size(); p++) {
            if (places.get(p).size() == most) {
                full.add(p);
            }
        }
        if (full.size() < 2) {
            return null;
        }
        int start = full.getFirst();
        double perPlace = (double) (number(places, full.getLast(), 0) - number(places, start, 0))
                / (full.getLast() - start);
        for (int p : full) {
            for (int frame = 0; frame < most; frame++) {
                if (number(places, p, frame) != number(places, start, frame) + (p - start) * perPlace) {
                    return null;
                }
            }
        }
        int[][] frames = new int[places.size()][];
        for (int p = 0; p < frames.length; p++) {
            double offset = (p - start) * perPlace;
            frames[p] = places.get(p).stream().mapToInt(slice -> {
                for (int frame = 0; frame < most; frame++) {
                    if (slice.marks().number() == number(places, start, frame) + offset) {
                        return frame;
                    }
                }
                return -1;
            }).toArray();
        }
        return areFrames(frames) ? complete(places, frames, most) : null;
    }

    private static int number(List<List<DicomSlice>> places, int place, int frame) {
        return places.get(place).get(frame).marks().number();
    }

    /** Whether each slice has a frame, and no two at a place the same. */
    static boolean areFrames(int[][] frames) {
        return Arrays.stream(frames).allMatch(place -> Arrays.stream(place).allMatch(frame -> frame >= 0)
                && Arrays.stream(place).distinct().count() == place.length);
    }

    private static List<List<DicomSlice>> complete(List<List<DicomSlice>> places, int[][] frames, int most) {
        List<List<DicomSlice>> complete = new ArrayList<>();
        places.forEach(place -> complete.add(new ArrayList<>()));
        for (int frame = 0; frame < most; frame++) {
            int wanted = frame;
            boolean whole = Arrays.stream(frames).allMatch(row -> Arrays.stream(row).anyMatch(f -> f == wanted));
            for (int p = 0; whole && p < frames.length; p++) {
                for (int n = 0; n < frames[p].length; n++) {
                    if (frames[p][n] == frame) {
                        complete.get(p).add(places.get(p).get(n));
                    }
                }
            }
        }
        return complete;
    }
}
