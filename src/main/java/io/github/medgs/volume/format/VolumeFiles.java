package io.github.medgs.volume.format;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.VolumeFormat;
import io.github.medgs.volume.dicom.DicomFormat;
import io.github.medgs.volume.metaimage.MetaImageFormat;
import io.github.medgs.volume.nifti.NiftiFormat;
import io.github.medgs.volume.nifti.NiftiWriter;
import io.github.medgs.volume.nrrd.NrrdFormat;
import io.github.medgs.volume.nrrd.NrrdWriter;
import io.github.medgs.volume.png.PngFolder;
import io.github.medgs.volume.png.PngSlice;
import io.github.medgs.volume.png.PngWriter;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Gzip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The one door to volumes in files: the content decides how a file is read, the name how it is written. */
public final class VolumeFiles {

    private static final String READABLE = "give NIfTI, NRRD, MetaImage, a DICOM series or a folder of PNG slices";

    // NIfTI last: a header's size in four bytes is the weakest mark of all.
    private static final List<VolumeFormat> FORMATS =
            List.of(new NrrdFormat(), new MetaImageFormat(), new DicomFormat(), new NiftiFormat());

    private VolumeFiles() {}

    /**
     * A volume from a file or folder, the first one where it holds several.
     *
     * @throws InputException when there is no such file, or it cannot be read as a volume
     */
    public static Volume read(Path path) {
        return load(path, ReadOptions.DEFAULT).volume();
    }

    /** @param frame which volume of a file that holds several, from 0 */
    public static Volume read(Path path, int frame) {
        return load(path, new ReadOptions(frame, null)).volume();
    }

    /** A volume with what its reader saw on the way. */
    public static LoadedVolume load(Path path, ReadOptions options) {
        if (!Files.exists(path)) {
            throw new InputException(path.toString(), "does not exist", "check the path");
        }
        return Files.isDirectory(path) ? loadFolder(path, options) : loadFile(path, options);
    }

    private static LoadedVolume loadFolder(Path folder, ReadOptions options) {
        if (DicomFormat.recognisesFolder(folder)) {
            return DicomFormat.readFolder(folder, options);
        }
        if (PngFolder.recognises(folder)) {
            return PngFolder.read(folder, options);
        }
        throw new InputException(folder.toString(), "is a folder without DICOM files or PNG slices", "give a volume file");
    }

    private static LoadedVolume loadFile(Path path, ReadOptions options) {
        ByteSource source = ByteSource.of(path);
        byte[] start = source.first(VolumeFormat.START_BYTES);
        for (VolumeFormat format : FORMATS) {
            if (format.recognises(path, start)) {
                if (source.compression() != ByteSource.Compression.NONE && !format.readsGzip()) {
                    throw new InputException(path.toString(), "is gzip round a format that packs its own data",
                            "unpack it with gunzip first");
                }
                return format.read(path, options);
            }
        }
        if (PngSlice.looksLikeOne(start)) {
            throw new InputException(path.toString(), "is one PNG slice", "give the folder that holds the slices");
        }
        throw new InputException(path.toString(), OtherContent.words(start), READABLE);
    }

    /** What a file or folder holds, in words, line by line. */
    public static String describe(Path path) {
        return describe(path, ReadOptions.DEFAULT);
    }

    public static String describe(Path path, ReadOptions options) {
        return load(path, options).describe();
    }

    /** Writes a volume as its {@linkplain Volume#stored() storage} says; see {@link #write(Volume, Path, Remark)}. */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, Remark.NONE);
    }

    /**
     * Writes a volume in another type than its own.
     *
     * @param type a float, or one that holds every voxel exactly
     * @throws InputException also when a voxel does not fit the type
     */
    public static void write(Volume volume, Path path, ScalarType type) throws IOException {
        requireWritable(path);
        if (!isSliceFolder(path)) {
            requireExact(volume, path, type);
        }
        write(new Volume(volume.grid(), new StoredVoxels(volume.voxels(), Storage.plain(type), null)), path);
    }

    /**
     * Writes a volume in the format of the path's name: {@code .nii}, {@code .nii.gz}, {@code .nrrd}, or, for a name
     * without an extension, a new folder of 16-bit PNG slices with their {@code volume.json}. A file is written whole
     * or not at all. Voxels are stored to the bit as the volume's storage has them; NRRD, which knows no scaling, holds
     * scaled ones as the intensities that they mean, in floats, and PNG what {@link PngWriter} says.
     *
     * @param remark what the file says of itself
     * @throws InputException when the name is of no known format
     */
    public static void write(Volume volume, Path path, Remark remark) throws IOException {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        requireWritable(path);
        requireRegular(volume.grid(), path);
        if (isSliceFolder(path)) {
            PngWriter.write(volume, remark, path);
            return;
        }
        AtomicFile.write(path, out -> {
            if (name.endsWith(".nrrd")) {
                NrrdWriter.write(volume.stored().storage().scaled() ? volume.asFloats() : volume, remark, out);
            } else if (name.endsWith(".gz")) {
                Gzip gzip = new Gzip(out);
                NiftiWriter.write(volume, remark, gzip);
                gzip.finish();
            } else {
                NiftiWriter.write(volume, remark, out);
            }
        });
    }

    /**
     * Refuses a name that {@link #write} would, so that a command can do so before any work.
     *
     * @throws InputException when the name is of no known format
     */
    public static void requireWritable(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz") && !name.endsWith(".nrrd") && !isSliceFolder(path)) {
            throw new InputException(path.toString(), "has no extension of a format that is written",
                    "end the name in .nii, .nii.gz or .nrrd, or leave the extension out for a folder of PNG slices");
        }
    }

    /** Whether {@link #write} would make a folder of PNG slices: the name has no extension. */
    public static boolean isSliceFolder(Path path) {
        return !path.getFileName().toString().contains(".");
    }

    // No format that is written holds slices at places of their own; equal distances would be a lie.
    private static void requireRegular(Grid grid, Path path) {
        if (!grid.isRegular()) {
            throw new InputException(path.toString(), "cannot hold slices that are not equally far apart ("
                    + grid.describe() + ")", "use the series itself: medgs reconstruct takes it as it is and writes equal"
                    + " distances");
        }
    }

    private static void requireExact(Volume volume, Path path, ScalarType type) {
        for (float voxel : volume.voxels()) {
            if (!type.holds(voxel)) {
                throw new InputException(path.toString(), "the value " + voxel + " does not fit " + type.words(),
                        "write floats");
            }
        }
    }
}
