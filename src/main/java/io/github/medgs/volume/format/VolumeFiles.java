package io.github.medgs.volume.format;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.dicom.DicomFormat;
import io.github.medgs.volume.metaimage.MetaImageFormat;
import io.github.medgs.volume.mgh.MghFormat;
import io.github.medgs.volume.nifti.NiftiFormat;
import io.github.medgs.volume.nrrd.NrrdFormat;
import io.github.medgs.volume.png.PngFolder;
import io.github.medgs.volume.png.PngSlice;
import io.github.medgs.volume.png.PngWriter;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.VolumeFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one door to volumes in files: the content decides how a file is read, the name how it is written. */
public final class VolumeFiles {

    /** How the names of headers end that are read, not written. */
    static final Pattern HEADER = Pattern.compile("(?i)\\.(nhdr|hdr|hdr\\.gz)$");

    private static final String READABLE = "give NIfTI, NRRD, MetaImage, MGZ, a DICOM series or a folder"
            + " of PNG slices";

    // NIfTI last: a header's size in four bytes is the weakest mark of all.
    private static final List<VolumeFormat> FORMATS =
            List.of(new NrrdFormat(), new MetaImageFormat(), new DicomFormat(), new MghFormat(), new NiftiFormat());

    private static final VolumeFormat SLICES = new PngFolder();

    /** Of a voxel's smallest side: how coarse the coordinates of surfaces may be before it is said. */
    private static final double FINE_ENOUGH = 0.05;

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
        InputFiles.requireThere(path);
        return toldIfBeyond(toldIfFar(Files.isDirectory(path) ? loadFolder(path, options) : loadFile(path, options)));
    }

    // What is asked of an image is given for its mask too, where it need not be of use.
    private static LoadedVolume toldIfUnused(LoadedVolume loaded, boolean slices, boolean dicom, ReadOptions options) {
        LoadedVolume told = loaded;
        if (options.onto() == null && options.spacingMm() != null && !slices) {
            told = told.withNote(PngFolder.OWN_SPACING);
        }
        if (options.onto() == null && options.series() != null && !dicom) {
            told = told.withNote("it is no DICOM series: the one that was asked for does not count");
        }
        return told;
    }

    // A wrong unit or a damaged origin, as a rule; at the distance of a scanner's table nothing is lost.
    private static LoadedVolume toldIfFar(LoadedVolume loaded) {
        Grid grid = loaded.volume().grid();
        double smallest = Math.min(grid.spacing(0), Math.min(grid.spacing(1), grid.spacing(2)));
        return grid.coarseness() < FINE_ENOUGH * smallest ? loaded : loaded.withNote("it lies so far from the origin that"
                + " coordinates of its surfaces are good to " + Words.number(grid.coarseness()) + " mm only; look at its origin");
    }

    // Kept where a file keeps them, and nothing is computed with them.
    private static LoadedVolume toldIfBeyond(LoadedVolume loaded) {
        int beyond = loaded.volume().stored().beyondFloats();
        return beyond == 0 ? loaded : loaded.withNote(StoredVoxels.beyondFloats(beyond) + "; scale the volume");
    }

    private static LoadedVolume loadFolder(Path folder, ReadOptions options) {
        if (isDicomFolder(folder, options)) {
            return toldIfUnused(DicomFormat.readFolder(folder, options), false, true, options);
        }
        boolean pictures = SLICES.recognises(folder, new byte[0]);
        if (pictures && PngFolder.knowsSpacing(folder, options)) {
            return toldIfUnused(SLICES.read(folder, options), true, false, options);
        }
        OtherContent.requireNoRun(folder);
        List<Path> masks = MaskFolder.volumes(folder);
        if (!masks.isEmpty()) {
            LoadedVolume read = MaskFolder.read(folder, masks, options);
            return toldIfUnused(pictures ? read.withNote("PNG pictures beside the masks were passed over; as slices they need"
                    + " a spacing") : read, false, false, options);
        }
        if (pictures) {
            // Which says what is missing.
            return SLICES.read(folder, options);
        }
        throw new InputException(folder.toString(), "is a folder without DICOM files, PNG slices or masks",
                "give a volume file");
    }

    // A picture beside volumes or above a series hides neither: slices are what somebody gave a spacing for.
    private static boolean isDicomFolder(Path folder, ReadOptions options) {
        return DicomFormat.recognisesFolder(folder)
                || !(SLICES.recognises(folder, new byte[0]) && PngFolder.knowsSpacing(folder, options))
                && DicomFormat.recognisesBelow(folder);
    }

    /**
     * The files that a volume's voxels come from: the given one first, then those beside it that its header names, or
     * that its DICOM series goes on in. A file that is no volume, or cannot be read as one, comes alone.
     *
     * @param file a file, not a folder
     */
    public static List<Path> filesOf(Path file) {
        try {
            byte[] start = ByteSource.of(file).first(VolumeFormat.START_BYTES);
            for (VolumeFormat format : formats(file)) {
                if (format.recognises(file, start)) {
                    return format.files(file);
                }
            }
        } catch (InputException e) {
            // Whoever reads it hears of it.
        }
        return List.of(file);
    }

    // The voxels of a pair may begin with anything, also as DICOM does.
    private static List<VolumeFormat> formats(Path file) {
        return NiftiFormat.isImageWithHeader(file) ? List.of(new NiftiFormat()) : FORMATS;
    }

    private static LoadedVolume loadFile(Path path, ReadOptions options) {
        ByteSource source = ByteSource.of(path);
        byte[] start = source.first(VolumeFormat.START_BYTES);
        for (VolumeFormat format : formats(path)) {
            if (format.recognises(path, start)) {
                if (source.compression() != ByteSource.Compression.NONE && !format.readsGzip()) {
                    throw new InputException(path.toString(), "is gzip round a format that packs its own data",
                            "unpack it with gunzip first");
                }
                return toldIfUnused(format.read(path, options), false, format instanceof DicomFormat, options);
            }
        }
        if (PngSlice.looksLikeOne(start)) {
            throw new InputException(path.toString(), "is one PNG slice", "give the folder that holds the slices");
        }
        throw new InputException(path.toString(), OtherContent.words(path, start), READABLE);
    }

    /** What a file or folder holds, in words, line by line. */
    public static String describe(Path path, ReadOptions options) {
        boolean dicom = Files.isDirectory(path) ? isDicomFolder(path, options)
                : Files.isRegularFile(path) && !NiftiFormat.isImageWithHeader(path) && DicomFormat.isDicom(path);
        List<String> series = dicom ? DicomFormat.listing(path, options) : null;
        return series != null ? String.join("\n", series) + "\n" : load(path, options).describe();
    }

    /** Writes a volume as its {@linkplain Volume#stored() storage} says; see {@link #write(Volume, Path, Remark)}. */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, Remark.NONE);
    }

    /** {@link #write(Volume, Path, ScalarType, Remark)} without a remark. */
    public static void write(Volume volume, Path path, ScalarType type) throws IOException {
        write(volume, path, type, Remark.NONE);
    }

    /**
     * Writes a volume in another type than its own.
     *
     * @param type a float, or one that holds every voxel exactly; PNG slices are always 16-bit
     * @throws InputException also when a voxel does not fit the type
     */
    public static void write(Volume volume, Path path, ScalarType type, Remark remark) throws IOException {
        VolumeFormat format = writer(path);
        if (!format.types().contains(type)) {
            throw new InputException(path.toString(), "cannot hold " + type.words(), "choose among "
                    + words(format.types()));
        }
        StoredVoxels stored = volume.stored();
        int unfit = stored.firstUnfit(type);
        // Slices have one type of their own: what another does not hold, or makes inexact, goes into them as it is stored.
        if (format == SLICES && (unfit >= 0 || PngWriter.lossNote(new Volume(volume.grid(), stored.in(type))) != null)) {
            write(volume, path, remark);
            return;
        }
        if (unfit >= 0) {
            throw new InputException(path.toString(), "the value " + (stored.isWhole() ? whole(stored, unfit)
                    : String.valueOf(stored.intensities()[unfit])) + " does not fit " + type.words(),
                    type.isInteger() ? "write floats" : "write a .nii.gz, .nrrd or .mha in its own type");
        }
        write(new Volume(volume.grid(), stored.in(type)), path, remark);
    }

    /**
     * Writes a volume in the format of the path's name: one of {@link #writtenExtensions()}, or, for a name without an
     * extension, a new folder of 16-bit PNG slices with their {@code volume.json}. A file is written whole or not at
     * all. Voxels are stored to the bit as the volume's storage has them; a format that knows no scaling holds scaled
     * ones as the intensities that they mean, in floats, and PNG what {@link io.github.medgs.volume.png.PngWriter} says.
     *
     * @param remark what the file says of itself
     * @throws InputException when the name is of no known format
     */
    public static void write(Volume volume, Path path, Remark remark) throws IOException {
        VolumeFormat format = writer(path);
        requireRegular(volume.grid(), path);
        Volume held = volume.stored().storage().scaled() && !format.keepsScaling() ? volume.asFloats() : volume;
        ScalarType type = held.stored().storage().type();
        if (!format.types().contains(type)) {
            write(held, path, held.stored().smallest(format.types()));
            return;
        }
        format.write(held, remark, path);
    }

    /** The smallest type that holds every voxel exactly in a file of this name. */
    public static ScalarType smallestType(Volume volume, Path path) {
        return volume.stored().smallest(writer(path).types());
    }

    /** Whether a volume's numbers are scaled, and a file of this name can say so. */
    public static boolean keepsScaling(Volume volume, Path path) {
        return volume.stored().storage().scaled() && writer(path).keepsScaling();
    }

    /**
     * Refuses a name that {@link #write} would, so that a command can do so before any work.
     *
     * @throws InputException when the name is of no known format, a file beside it would be lost, or nothing may be written
     *     there
     */
    public static void requireWritable(Path path) throws IOException {
        VolumeFormat format = writer(path);
        format.requireFree(path);
        if (format == SLICES) {
            AtomicFile.requireFolderPlace(path);
        } else {
            AtomicFile.requirePlace(path);
        }
    }

    private static VolumeFormat writer(Path path) {
        for (VolumeFormat format : FORMATS) {
            if (format.writes(path)) {
                return format;
            }
        }
        if (SLICES.writes(path)) {
            return SLICES;
        }
        throw new InputException(path.toString(), "has no extension of a format that is written", "end the name in "
                + String.join(", ", writtenExtensions()) + ", or leave the extension out for a folder of PNG slices");
    }

    /** How the names of files may end that {@link #write} makes. */
    public static List<String> writtenExtensions() {
        return FORMATS.stream().flatMap(format -> format.extensions().stream()).toList();
    }

    /** Whether a file's name ends as those of volumes do. */
    public static boolean isNamedAsVolume(Path file) {
        // The root of the file system has no name.
        return file.getFileName() != null && !ending(file.getFileName().toString()).isEmpty();
    }

    /** The same, or a header that has its voxels beside it: each volume of a folder once. */
    public static boolean isNamedAsVolumeOrHeader(Path file) {
        return isNamedAsVolume(file) || HEADER.matcher(file.getFileName().toString()).find() && filesOf(file).size() > 1;
    }

    /** How a name ends, where it is a volume's: ".nii.gz" and the like; else nothing. */
    public static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return writtenExtensions().stream().filter(lower::endsWith).findFirst().orElse("");
    }

    /** Whether {@link #write} would make a folder of PNG slices: the name has no extension. */
    public static boolean isSliceFolder(Path path) {
        return SLICES.writes(path);
    }

    // No format that is written holds slices at places of their own; equal distances would be a lie.
    private static void requireRegular(Grid grid, Path path) {
        if (!grid.isRegular()) {
            throw new InputException(path.toString(), "cannot hold slices that are not equally far apart ("
                    + grid.describe() + ")", "use the series itself: medgs reconstruct takes it as it is and writes equal"
                    + " distances");
        }
    }

    private static String whole(StoredVoxels stored, int voxel) {
        long value = stored.whole(voxel);
        return stored.storage().type() == ScalarType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private static String words(Set<ScalarType> types) {
        return types.stream().map(type -> type.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
