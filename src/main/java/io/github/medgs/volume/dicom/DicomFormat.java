package io.github.medgs.volume.dicom;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Folders;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a DICOM series: a folder of it, or the series of any file in one. */
public final class DicomFormat implements VolumeFormat {

    private static final int START = 256;

    @Override
    public boolean recognises(Path path, byte[] start) {
        return DicomElements.looksLikeOne(start);
    }

    /** Whether a folder holds DICOM files. */
    public static boolean recognisesFolder(Path folder) {
        return Folders.files(folder).stream().anyMatch(DicomFormat::isDicom);
    }

    private static boolean isDicom(Path path) {
        return DicomElements.looksLikeOne(new ByteSource(path, 0, ByteSource.Compression.NONE).first(START));
    }

    /** The series that a file belongs to, from all files of its folder. */
    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        DicomSlice chosen = DicomSlice.of(path);
        if (chosen == null) {
            throw new InputException(path.toString(), "is DICOM without an image", "give a file of the series");
        }
        List<DicomSlice> series = chosen.series().isEmpty() ? List.of(chosen)
                : seriesOf(path.toAbsolutePath().getParent()).get(chosen.series());
        return read(path.toString(), new ArrayList<>(series), new ArrayList<>(), options);
    }

    /** The one series of a folder. */
    public static LoadedVolume readFolder(Path folder, ReadOptions options) {
        Map<String, List<DicomSlice>> all = seriesOf(folder);
        if (all.size() != 1) {
            throw new InputException(folder.toString(), all.isEmpty() ? "holds DICOM files without images"
                    : "holds " + all.size() + " series", all.isEmpty() ? "give the folder of a series"
                    : "give one file of the wanted series, such as "
                            + all.values().iterator().next().getFirst().path().getFileName());
        }
        return read(folder.toString(), all.values().iterator().next(), new ArrayList<>(), options);
    }

    private static Map<String, List<DicomSlice>> seriesOf(Path folder) {
        Map<String, List<DicomSlice>> series = new LinkedHashMap<>();
        for (Path file : Folders.files(folder)) {
            DicomSlice slice = isDicom(file) ? DicomSlice.of(file) : null;
            if (slice != null) {
                series.computeIfAbsent(slice.series(), identifier -> new ArrayList<>()).add(slice);
            }
        }
        return series;
    }

    private static LoadedVolume read(String name, List<DicomSlice> slices, List<String> notes, ReadOptions options) {
        DicomSeries series = DicomSeries.of(name, slices, notes);
        int frame = options.frameOf(name, series.frames());
        if (series.frames() > 1) {
            notes.add("each position holds " + series.frames() + " slices; frame " + frame + " was read");
        }
        DicomSlice first = series.steps().getFirst().getFirst();
        if (first.inverted()) {
            notes.add("the series is meant to be shown inverted (MONOCHROME1); its values were left as they are");
        }
        int depth = series.steps().size();
        int count = VoxelLayout.voxelCount(name, first.columns(), first.rows(), depth);
        Grid grid = new Grid(first.columns(), first.rows(), depth, series.affine());
        float[] voxels = VoxelLayout.allocate(name, count);
        int size = first.columns() * first.rows();
        for (int k = 0; k < depth; k++) {
            if (!series.steps().get(k).isEmpty()) {
                DicomPixels.read(series.steps().get(k).get(frame), voxels, k * size, size);
            }
        }
        fillMissing(series, voxels, size);
        String format = "DICOM series of " + slices.size() + " files" + (first.modality().isEmpty() ? ""
                : ", modality " + first.modality());
        return new LoadedVolume(new Volume(grid, stored(series, frame, voxels)), format, first.bitsStored() + "-bit "
                + (first.signed() ? "signed" : "unsigned") + " integers", series.frames(), frame, notes);
    }

    /** As the pixels are, where all slices are scaled alike; a PET scanner scales each for itself. */
    private static StoredVoxels stored(DicomSeries series, int frame, float[] voxels) {
        DicomSlice first = series.steps().getFirst().get(frame);
        for (List<DicomSlice> step : series.steps()) {
            if (!step.isEmpty() && (step.get(frame).slope() != first.slope()
                    || step.get(frame).intercept() != first.intercept() || first.slope() == 0)) {
                return StoredVoxels.computed(voxels);
            }
        }
        ScalarType type = first.bitsStored() > 16 ? first.signed() ? ScalarType.INT32 : ScalarType.UINT32
                : first.bitsStored() > 8 ? first.signed() ? ScalarType.INT16 : ScalarType.UINT16
                : first.signed() ? ScalarType.INT8 : ScalarType.UINT8;
        return StoredVoxels.exactly(voxels, new Storage(type, first.slope(), first.intercept()));
    }

    private static void fillMissing(DicomSeries series, float[] voxels, int size) {
        int before = 0;
        for (int k = 1; k < series.steps().size(); k++) {
            if (series.steps().get(k).isEmpty()) {
                continue;
            }
            for (int missing = before + 1; missing < k; missing++) {
                double weight = (double) (missing - before) / (k - before);
                for (int n = 0; n < size; n++) {
                    voxels[missing * size + n] =
                            (float) ((1 - weight) * voxels[before * size + n] + weight * voxels[k * size + n]);
                }
            }
            before = k;
        }
    }
}
