package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joml.Vector3d;

/**
 * The slices of one series in order along their normal: each place holds as many slices as the series has frames (time
 * points, echoes, weightings).
 *
 * @param places for each place, the slices there, one per frame
 * @param grid where they lie
 * @param leftOut which slices of the places were left out, in words; "" for none
 */
record DicomSeries(List<List<DicomSlice>> places, Grid grid, String leftOut) {

    // Brings those together that may be copies; NaN equals NaN.
    private static final Comparator<DicomSlice> ALIKE = Comparator
            .<DicomSlice>comparingInt(slice -> slice.marks().number()).thenComparingInt(DicomSlice::frame)
            .thenComparing(slice -> slice.marks().times(), Arrays::compare);

    /**
     * @param name the series as the user wrote it, for messages
     * @param named the file that the user named, or null for a folder
     */
    static DicomSeries of(String name, List<DicomSlice> all, Path named, List<String> notes) {
        List<DicomSlice> slices = new ArrayList<>(SliceSelection.of(name, all, named, notes));
        Vector3d normal = slices.getFirst().normal();
        slices.sort(Comparator.<DicomSlice>comparingDouble(slice -> slice.height(normal)));
        List<List<DicomSlice>> places = new ArrayList<>();
        for (DicomSlice slice : slices) {
            boolean here = !places.isEmpty() && slice.height(normal) - places.getLast().getFirst().height(normal)
                    <= SlicePlaces.SAME_PLACE;
            if (!here) {
                places.add(new ArrayList<>());
            }
            places.getLast().add(slice);
        }
        withoutCopies(places, named, notes);
        places.forEach(place -> requireOnePlace(name, place));
        List<String> frames = new ArrayList<>();
        places = TimePoints.of(name, places, frames);
        notes.addAll(frames);
        Grid grid = SlicePlaces.grid(name, places.stream().map(List::getFirst).toList(), notes);
        return new DicomSeries(places, grid, String.join("; ", frames));
    }

    int frames() {
        return places.getFirst().size();
    }

    /**
     * The frame that holds a slice of a file.
     *
     * @throws InputException when none does, since what was left out is not what was asked for
     */
    int frameOf(Path file) {
        for (List<DicomSlice> place : places) {
            for (int frame = 0; frame < place.size(); frame++) {
                if (place.get(frame).image().path().equals(file)) {
                    return frame;
                }
            }
        }
        throw new InputException(file.toString(), "is in no frame that can be read of its series (" + leftOut + ")",
                "name another file of it, or choose a frame by its number").naming("frame-index");
    }

    // A copy is a slice of the same place, the same number, time and echo and the same pixels, whatever its identifiers
    // say: the empty slices of two echoes look alike.
    private static void withoutCopies(List<List<DicomSlice>> places, Path named, List<String> notes) {
        FrameReader reader = new FrameReader();
        Set<Path> copies = new HashSet<>();
        for (List<DicomSlice> place : places) {
            // Of two copies the one that was named stays.
            place.sort(ALIKE.thenComparing(slice -> !slice.image().path().equals(named))
                    .thenComparing(WholeFrames.NAMES));
            for (int n = place.size() - 1; n > 0; n--) {
                DicomSlice slice = place.get(n);
                DicomSlice before = place.get(n - 1);
                boolean otherFile = !slice.image().path().equals(before.image().path());
                if (otherFile && slice.marks().number() == before.marks().number()
                        && Arrays.equals(slice.marks().times(), before.marks().times())
                        && slice.scale().equals(before.scale()) && samePixels(slice, before, reader)) {
                    copies.add(slice.image().path());
                    place.remove(n);
                }
            }
        }
        if (!copies.isEmpty()) {
            notes.add("left out as copies of others: " + Words.count(copies.size(), "file", "files"));
        }
    }

    private static boolean samePixels(DicomSlice a, DicomSlice b, FrameReader reader) {
        double[] pixels = reader.read(a.image(), a.frame()).clone();
        return Arrays.equals(pixels, reader.read(b.image(), b.frame()));
    }

    // Stations of a long scan can lie in one plane beside each other: no frames of one place.
    private static void requireOnePlace(String name, List<DicomSlice> place) {
        DicomSlice first = place.getFirst();
        double allowed = Math.max(0.1, Math.max(first.columnSpacing(), first.rowSpacing()));
        for (DicomSlice slice : place) {
            if (slice.position().distance(first.position()) > allowed) {
                throw new InputException(name, "holds slices that lie in one plane beside each other, "
                        + first.file() + " and " + slice.file(), "give the files of one station or stack");
            }
        }
    }
}
