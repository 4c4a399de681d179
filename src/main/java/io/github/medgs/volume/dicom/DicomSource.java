package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.raw.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3d;

/**
 * The slices that a user means by a folder, a file or a DICOMDIR, in the order of their places: what a volume is read
 * from, and what a segmentation refers to.
 */
public final class DicomSource {

    private final String name;
    private final DicomSeries series;
    private final int frame;
    private final List<String> notes;

    private DicomSource(String name, DicomSeries series, int frame, List<String> notes) {
        this.name = name;
        this.series = series;
        this.frame = frame;
        this.notes = notes;
    }

    /**
     * Finds and parses the slices.
     *
     * @throws InputException when there are none, several series to choose from, or damaged ones
     */
    public static DicomSource of(Path path, ReadOptions options) {
        if (Files.isDirectory(path)) {
            return of(path.toString(), DicomFolder.scan(path), options);
        }
        DicomFolder.Entry entry = DicomFolder.entry(path);
        if (DicomFolder.isDirectory(entry)) {
            return of(path.toString(), DicomFolder.ofDirectory(path), options);
        }
        List<String> notes = new ArrayList<>();
        // Found again by its path as it was given.
        Path parent = path.toAbsolutePath().getParent();
        List<Path> siblings = new ArrayList<>(Folders.filesAndLostLinks(parent));
        siblings.replaceAll(sibling -> sibling.equals(path.toAbsolutePath()) ? path : sibling);
        List<Path> files = null;
        if (entry.kind().kind() == ObjectKind.Kind.IMAGE) {
            DicomFolder folder = DicomFolder.scan(parent, siblings);
            files = SeriesList.of(folder).of(path, notes);
            // They may have been slices of the series.
            notes.addAll(folder.damaged());
        }
        return of(path.toString(), files == null ? List.of(path) : files, path, notes, options);
    }

    static DicomSource of(String name, DicomFolder folder, ReadOptions options) {
        SeriesList list = SeriesList.of(folder);
        List<String> notes = new ArrayList<>(folder.leftAside());
        if (list.size() > 0) {
            return of(name, list.choose(name, options.series(), notes), null, notes, options);
        }
        List<DicomFolder.Entry> doses = folder.others().stream()
                .filter(entry -> entry.kind().kind() == ObjectKind.Kind.DOSE).toList();
        if (doses.size() == 1) {
            return of(name, List.of(doses.getFirst().path()), null, new ArrayList<>(folder.damaged()), options);
        }
        if (folder.others().isEmpty() && !folder.faults().isEmpty()) {
            throw folder.faults().getFirst().error();
        }
        throw new InputException(name, "holds DICOM files without images"
                + (notes.isEmpty() ? "" : " (" + notes.getFirst().replaceFirst("left aside: ", "") + ")"),
                "give the folder of a series");
    }

    private static DicomSource of(String name, List<Path> files, Path named, List<String> notes, ReadOptions options) {
        List<DicomSlice> slices = new ArrayList<>();
        for (Path file : files) {
            slices.addAll(SliceReader.slices(file, notes));
        }
        if (named != null) {
            slices = apartFromNamesakes(slices, named, notes);
        }
        DicomSeries series = DicomSeries.of(name, slices, named, notes);
        int frame = options.frame() == ReadOptions.ANY_FRAME && named != null ? series.frameOf(named)
                : options.frameOf(name, series.frames());
        if (series.frames() > 1) {
            notes.add("each position holds " + series.frames() + " slices; frame " + frame + " was read");
        }
        return new DicomSource(name, series, frame, notes);
    }

    // Several files may carry the identifier of the one that was named. Side by side they are the slices of a stack whose
    // identifiers an anonymiser has made one; else they are versions of one object, and the named one is meant.
    private static List<DicomSlice> apartFromNamesakes(List<DicomSlice> slices, Path named, List<String> notes) {
        DicomSlice own = slices.stream().filter(slice -> slice.image().path().equals(named)).findFirst().orElseThrow();
        List<DicomSlice> namesakes = slices.stream().filter(slice -> slice.frame() == own.frame()
                && slice.marks().instance().equals(own.marks().instance())).toList();
        if (own.marks().instance().isEmpty() || own.image().frames() > 1 || namesakes.size() == 1
                || areSideBySide(namesakes)) {
            return slices;
        }
        List<DicomSlice> rest = new ArrayList<>(slices);
        rest.removeIf(slice -> namesakes.contains(slice) && !slice.image().path().equals(named));
        long others = namesakes.stream().map(slice -> slice.image().path()).distinct().count() - 1;
        if (others > 0) {
            notes.add("other files with its SOPInstanceUID were left out: " + others);
        }
        return rest;
    }

    private static boolean areSideBySide(List<DicomSlice> slices) {
        DicomSlice first = slices.getFirst();
        if (slices.stream().anyMatch(slice -> slice.position() == null || slice.along() == null)) {
            return false;
        }
        Vector3d normal = first.normal();
        double[] heights = slices.stream().mapToDouble(slice -> slice.height(normal)).sorted().toArray();
        for (int n = 1; n < heights.length; n++) {
            double gap = heights[n] - heights[n - 1];
            if (gap <= SlicePlaces.SAME_PLACE || gap > 1.5 * (first.sliceStep() > 0 ? first.sliceStep() : 5)) {
                return heights.length > 2 && gap > SlicePlaces.SAME_PLACE;
            }
        }
        return true;
    }

    /** As the user wrote it. */
    public String name() {
        return name;
    }

    /** Where the slices lie. */
    public Grid grid() {
        return series.grid();
    }

    /** What was seen on the way, to be said to the user; the list itself. */
    public List<String> notes() {
        return notes;
    }

    DicomSeries series() {
        return series;
    }

    int frame() {
        return frame;
    }

    /** The slices of the frame, along k. */
    List<DicomSlice> slices() {
        return series.places().stream().map(place -> place.get(frame)).toList();
    }
}
