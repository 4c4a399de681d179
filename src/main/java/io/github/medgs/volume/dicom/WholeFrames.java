package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.raw.Folders;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which frame each slice is of where all places hold equally many: by marks, else by instance numbers, else by file
 * names. What does not go the same way at all places is not believed, since a volume of two echoes looks like one.
 */
final class WholeFrames {

    /** By what slices say of their time, then by number, then by frame of a file. */
    static final Comparator<DicomSlice> STATED = Comparator
            .<DicomSlice>comparingDouble(slice -> known(slice.marks().times()[0]))
            .thenComparingDouble(slice -> known(slice.marks().times()[1]))
            .thenComparingInt(slice -> slice.marks().number()).thenComparingInt(DicomSlice::frame);

    /** As people order names, wherever the program was started. */
    static final Comparator<DicomSlice> NAMES = Comparator
            .comparing((DicomSlice slice) -> slice.image().path().toAbsolutePath().normalize().toString(),
                    Folders::compareNames);

    private static final Comparator<DicomSlice> NUMBERS = Comparator
            .<DicomSlice>comparingInt(slice -> slice.marks().number()).thenComparingInt(DicomSlice::frame);

    private WholeFrames() {}

    private static double known(double time) {
        return Double.isNaN(time) ? 0 : time;
    }

    /**
     * The frame of each slice of each place.
     *
     * @param places sorted by {@link TimePoints#ORDER}
     * @throws InputException when nothing tells frames apart
     */
    static int[][] of(String name, List<List<DicomSlice>> places, List<String> notes) {
        int count = places.getFirst().size();
        boolean numbered = isNumbered(places);
        int[][] frames = FrameMarks.byOne(places, count);
        if (frames == null && numbered) {
            frames = FrameOrder.of(places, NUMBERS);
        }
        if (frames == null) {
            frames = FrameMarks.byAll(places, count);
        }
        for (int m = 0; frames == null && m < places.getFirst().getFirst().marks().times().length; m++) {
            int mark = m;
            boolean known = places.stream().flatMap(List::stream)
                    .noneMatch(slice -> Double.isNaN(slice.marks().times()[mark]));
            frames = known ? FrameOrder.of(places,
                    Comparator.comparingDouble(slice -> slice.marks().times()[mark])) : null;
        }
        if (frames != null) {
            return inStatedOrder(places, frames);
        }
        if (numbered && FrameOrder.isStrict(places, NUMBERS)) {
            notes.add("its instance numbers or frames grow unevenly from position to position; at each position they"
                    + " gave the order");
            int[] order = new int[count];
            Arrays.setAll(order, frame -> frame);
            return places.stream().map(place -> order).toArray(int[][]::new);
        }
        frames = FrameOrder.of(places, NAMES.thenComparingInt(DicomSlice::frame));
        if (frames == null) {
            throw new InputException(name, "holds " + count + " slices at each position, and does not say which of them"
                    + " are of one time point or echo", "keep the files of one");
        }
        notes.add("only the names of its files tell the slices at one position apart: frames are in the order of"
                + " names");
        return frames;
    }

    // Frames of one file have the order in which they stand there.
    private static boolean isNumbered(List<List<DicomSlice>> places) {
        List<DicomSlice> all = places.stream().flatMap(List::stream).toList();
        return all.stream().allMatch(slice -> slice.marks().number() >= 0)
                || all.stream().map(slice -> slice.image().path()).distinct().count() == 1;
    }

    // Frames that were told apart keep the order that their slices state, where it is the same at all places.
    private static int[][] inStatedOrder(List<List<DicomSlice>> places, int[][] frames) {
        int[] rank = new int[frames[0].length];
        for (int p = 0; p < frames.length; p++) {
            List<DicomSlice> place = places.get(p);
            for (int n = 0; n < rank.length; n++) {
                boolean tied = n > 0 && STATED.compare(place.get(n - 1), place.get(n)) == 0;
                if (tied || p > 0 && rank[frames[p][n]] != n) {
                    return frames;
                }
                rank[frames[p][n]] = n;
            }
        }
        return Arrays.stream(frames).map(place -> Arrays.stream(place).map(frame -> rank[frame]).toArray())
                .toArray(int[][]::new);
    }
}
