package io.github.medgs.volume.dicom;

import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads DICOM: the series of a folder with all that lies beside, of any file, or of what a DICOMDIR names; and
 * segmentations and structure sets as label maps.
 */
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
        return switch (DicomFolder.entry(path).kind().kind()) {
            case SEGMENTATION -> SegmentationReader.read(path, options);
            case STRUCTURES -> StructureReader.read(path, options);
            case IMAGE, DOSE, OTHER -> read(DicomSource.of(path, options));
        };
    }

    /** The DICOM files of its folder, any of which may be of its series or what its outlines were drawn on. */
    @Override
    public List<Path> files(Path path) {
        List<Path> files = new ArrayList<>(List.of(path));
        boolean directory = DicomFolder.isDirectory(DicomFolder.entry(path));
        for (Path file : directory ? DicomFolder.filesOf(path) : Folders.files(path.toAbsolutePath().getParent())) {
            if (!file.equals(path.toAbsolutePath()) && isDicom(file)) {
                files.add(file);
            }
        }
        return files;
    }

    /** The one series of a folder and those below, or the one that the options name; else its only mask. */
    public static LoadedVolume readFolder(Path folder, ReadOptions options) {
        DicomFolder found = DicomFolder.scan(folder);
        List<DicomFolder.Entry> masks = found.others().stream().filter(DicomFolder.Entry::isMask).toList();
        if (found.images().isEmpty() && masks.size() == 1) {
            return new DicomFormat().read(masks.getFirst().path(), options);
        }
        return read(DicomSource.of(folder.toString(), found, options));
    }

    private static LoadedVolume read(DicomSource source) {
        List<String> notes = source.notes();
        int frames = source.series().frames();
        List<DicomSlice> slices = source.slices();
        DicomValues.say(slices, notes);
        DicomSlice first = slices.getFirst();
        int count = VoxelLayout.voxelCount(source.name(), first.columns(), first.rows(), slices.size());
        float[] voxels = VoxelLayout.allocate(source.name(), count);
        StoredVoxels stored = DicomValues.read(source.name(), slices, voxels, notes);
        long read = DicomValues.files(source.series().places());
        String modality = DicomFolder.entry(first.image().path()).head().text(Tag.MODALITY);
        String format = "DICOM series of " + read + (read == 1 ? " file" : " files")
                + (modality.isEmpty() ? "" : ", modality " + modality);
        return new LoadedVolume(new Volume(source.grid(), stored), format,
                DicomValues.words(first.image()), frames, source.frame(), notes);
    }

    /**
     * What DICOM holds where it is not one volume: a line for each series and each thing left aside, or for each
     * structure whose image is not known.
     *
     * @return null for one volume, or where a series was asked for
     */
    public static List<String> listing(Path path, ReadOptions options) {
        if (options.series() != null) {
            return null;
        }
        if (!Files.isDirectory(path) && !DicomFolder.isDirectory(DicomFolder.entry(path))) {
            boolean outlines = DicomFolder.entry(path).kind().kind() == ObjectKind.Kind.STRUCTURES;
            return outlines && !StructureReader.hasImage(path) ? StructureReader.lines(path) : null;
        }
        DicomFolder folder = Files.isDirectory(path) ? DicomFolder.scan(path)
                : DicomFolder.ofDirectory(path);
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

    /** Whether a file is DICOM at all. */
    public static boolean isDicom(Path path) {
        return DicomFolder.isDicom(path);
    }
}
