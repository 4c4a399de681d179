package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3d;

/** Reads a DICOM series: a folder of it with all that lies beside, the series of any file, or what a DICOMDIR names. */
public final class DicomFormat implements VolumeFormat {

    @Override
    public boolean recognises(Path path, byte[] start) {
        return DicomParser.looksLikeOne(start);
    }

    /** Whether a folder holds DICOM files itself. */
    public static boolean recognisesFolder(Path folder) {
        return DicomFolder.holdsDicom(folder);
    }

    /** Whether DICOM files lie in folders below a folder. */
    public static boolean recognisesBelow(Path folder) {
        return DicomFolder.holdsDicomBelow(folder);
    }

    /** The series that a file belongs to, from all files of its folder; the file is among what is read. */
    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        DicomFolder.Entry entry = DicomFolder.entry(path);
        if (isDirectory(entry)) {
            return read(path.toString(), DicomFolder.scan(DicomFolder.filesOf(path)), options);
        }
        List<String> notes = new ArrayList<>();
        // Found again by its path as it was given.
        List<Path> siblings = new ArrayList<>(Folders.files(path.toAbsolutePath().getParent()));
        siblings.replaceAll(sibling -> sibling.equals(path.toAbsolutePath()) ? path : sibling);
        List<Path> files = entry.kind().kind() == ObjectKind.Kind.IMAGE
                ? SeriesList.of(DicomFolder.scan(siblings)).of(path, notes) : null;
        return read(path.toString(), files == null ? List.of(path) : files, path, notes, options);
    }

    private static boolean isDirectory(DicomFolder.Entry entry) {
        return entry.kind().words().equals("a DICOMDIR");
    }

    /** The one series of a folder and those below, or the one that the options name. */
    public static LoadedVolume readFolder(Path folder, ReadOptions options) {
        return read(folder.toString(), DicomFolder.scan(Folders.filesBelow(folder)), options);
    }

    private static LoadedVolume read(String name, DicomFolder folder, ReadOptions options) {
        SeriesList list = SeriesList.of(folder);
        if (list.size() == 0) {
            return readWithoutImages(name, folder, options);
        }
        List<String> notes = new ArrayList<>(folder.leftAside());
        return read(name, list.choose(name, options.series(), notes), null, notes, options);
    }

    private static LoadedVolume readWithoutImages(String name, DicomFolder folder, ReadOptions options) {
        List<DicomFolder.Entry> doses = folder.others().stream()
                .filter(entry -> entry.kind().kind() == ObjectKind.Kind.DOSE).toList();
        if (doses.size() == 1) {
            return read(name, List.of(doses.getFirst().path()), null, new ArrayList<>(), options);
        }
        List<String> found = folder.leftAside();
        if (folder.others().isEmpty() && !folder.faults().isEmpty()) {
            throw folder.faults().getFirst().error();
        }
        throw new InputException(name, "holds DICOM files without images"
                + (found.isEmpty() ? "" : " (" + found.getFirst().replaceFirst("left aside: ", "") + ")"),
                "give the folder of a series");
    }

    /**
     * What a folder holds where it is not one series: a line for each series and each thing left aside.
     *
     * @return null for a folder of one series, or where one was asked for
     */
    public static List<String> listing(Path path, ReadOptions options) {
        if (options.series() != null) {
            return null;
        }
        DicomFolder folder = DicomFolder.scan(java.nio.file.Files.isDirectory(path) ? Folders.filesBelow(path)
                : DicomFolder.filesOf(path));
        SeriesList list = SeriesList.of(folder);
        if (list.size() < 2 || list.hasOnePlaced()) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        list.lines().forEach(line -> lines.add("series     " + line));
        folder.leftAside().forEach(line -> lines.add("note       " + line));
        lines.add("note       choose a series by its number, or give a file of it");
        return lines;
    }

    /** Whether a file is a DICOMDIR, which stands for a folder. */
    public static boolean isDirectory(Path path) {
        return DicomFolder.isDicom(path) && isDirectory(DicomFolder.entry(path));
    }

    private static LoadedVolume read(String name, List<Path> files, Path named, List<String> notes, ReadOptions options) {
        List<DicomSlice> slices = new ArrayList<>();
        for (Path file : files) {
            slices.addAll(SliceReader.slices(file));
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
        List<DicomSlice> chosen = series.places().stream().map(place -> place.get(frame)).toList();
        DicomValues.say(chosen, notes);
        DicomSlice first = chosen.getFirst();
        int count = VoxelLayout.voxelCount(name, first.columns(), first.rows(), chosen.size());
        float[] voxels = VoxelLayout.allocate(name, count);
        DicomValues.read(chosen, voxels);
        long read = DicomValues.files(series.places());
        String modality = DicomFolder.entry(first.image().path()).head().text(Tag.MODALITY);
        String format = "DICOM series of " + read + (read == 1 ? " file" : " files")
                + (modality.isEmpty() ? "" : ", modality " + modality);
        return new LoadedVolume(new Volume(series.grid(), DicomValues.stored(chosen, voxels)), format, DicomValues.words(first.image()),
                series.frames(), frame, notes);
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
        notes.add("other files with its SOPInstanceUID were left out: " + (namesakes.size() - 1));
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
}
