package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Slices at one place, put in the order of their frames. Where a place lacks a slice, the others are told apart by what
 * they say of their time, and incomplete frames are left out; nothing is guessed.
 */
final class TimePoints {

    /** By what the slices say of their time, then by number, then by frame of a file, then by file. */
    static final Comparator<DicomSlice> ORDER = Comparator
            .<DicomSlice>comparingDouble(slice -> known(slice.marks().times()[0]))
            .thenComparingDouble(slice -> known(slice.marks().times()[1]))
            .thenComparingInt(slice -> slice.marks().number()).thenComparingInt(DicomSlice::frame)
            .thenComparing(slice -> slice.image().path().toString());

    private TimePoints() {}

    private static double known(double time) {
        return Double.isNaN(time) ? 0 : time;
    }

    static List<List<DicomSlice>> of(String name, List<List<DicomSlice>> places, List<String> notes) {
        places.forEach(place -> place.sort(ORDER));
        int most = places.stream().mapToInt(List::size).max().orElseThrow();
        int least = places.stream().mapToInt(List::size).min().orElseThrow();
        if (most == least) {
            return places;
        }
        List<List<DicomSlice>> complete = byMark(places, most);
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
            long doubled = places.stream().filter(place -> place.size() == 2).count();
            notes.add("two slices each at " + Words.count(doubled, "position", "positions")
                    + "; the one of the lower instance number was taken");
            return places.stream().map(place -> List.of(place.getFirst())).toList();
        }
        throw new InputException(name, "holds between " + least + " and " + most + " slices at one position",
                "keep the files of one time point or echo");
    }

    // By the first mark of which full places hold the same different values, and others only such.
    private static List<List<DicomSlice>> byMark(List<List<DicomSlice>> places, int most) {
        int marks = places.getFirst().getFirst().marks().times().length;
        for (int mark = 0; mark < marks; mark++) {
            int which = mark;
            List<DicomSlice> full = places.stream().filter(place -> place.size() == most).findFirst().orElseThrow();
            double[] values = full.stream().mapToDouble(slice -> slice.marks().times()[which]).sorted().toArray();
            if (Arrays.stream(values).anyMatch(Double::isNaN)
                    || Arrays.stream(values).distinct().count() < most) {
                continue;
            }
            int[][] frames = frames(places, slice -> Arrays.binarySearch(values, slice.marks().times()[which]));
            if (frames != null) {
                return complete(places, frames, most);
            }
        }
        return null;
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

    private interface FrameOf {
        int frame(DicomSlice slice);
    }

    // The frame of each slice of each place; null where one has none, or two have the same.
    private static int[][] frames(List<List<DicomSlice>> places, FrameOf rule) {
        int[][] frames = new int[places.size()][];
        for (int p = 0; p < frames.length; p++) {
            frames[p] = places.get(p).stream().mapToInt(rule::frame).toArray();
        }
        return areFrames(frames) ? frames : null;
    }

    private static boolean areFrames(int[][] frames) {
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
