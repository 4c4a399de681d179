package io.github.medgs.volume;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.nifti.NiftiFormat;
import io.github.medgs.volume.nifti.NiftiWriter;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.ScalarType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** The one door to volumes in files: the content decides how a file is read, the name how it is written. */
public final class VolumeFiles {

    /** How much of a file is shown to the formats that may recognise it. */
    static final int START_BYTES = 1024;

    private static final List<VolumeFormat> FORMATS = List.of(new NiftiFormat());

    private VolumeFiles() {}

    /**
     * A volume from a file, the first one where the file holds several.
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
        if (Files.isDirectory(path)) {
            throw new InputException(path.toString(), "is a folder", "give a volume file");
        }
        byte[] start = ByteSource.of(path).first(START_BYTES);
        for (VolumeFormat format : FORMATS) {
            if (format.recognises(path, start)) {
                return format.read(path, options);
            }
        }
        throw unrecognised(path, start);
    }

    private static InputException unrecognised(Path path, byte[] start) {
        return new InputException(path.toString(), start.length == 0 ? "is empty" : "is not a volume: " + looksLike(start),
                "give a NIfTI file (.nii, .nii.gz, .hdr)");
    }

    private static String looksLike(byte[] start) {
        String text = new String(start, 0, Math.min(start.length, 24), StandardCharsets.ISO_8859_1);
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 127 || Character.isWhitespace(c));
        return printable ? "it is a text that begins \"" + text.strip() + "\"" : "its content is of no known format";
    }

    /** Writes 32-bit floats; see {@link #write(Volume, Path, ScalarType)}. */
    public static void write(Volume volume, Path path) throws IOException {
        write(volume, path, ScalarType.FLOAT32);
    }

    /**
     * Writes a volume, whole or not at all, in the format of the path's name: {@code .nii} or {@code .nii.gz}.
     *
     * @param type float32, or int16 or uint8 where these hold every voxel exactly
     * @throws InputException when the name is of no known format, or a voxel does not fit the type
     */
    public static void write(Volume volume, Path path, ScalarType type) throws IOException {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new InputException(path.toString(), "has no known volume extension", "end the name in .nii or .nii.gz");
        }
        requireExact(volume, path, type);
        AtomicFile.write(path, out -> {
            if (name.endsWith(".gz")) {
                // GZIPOutputStream writes neither time nor name: equal volumes give equal files.
                try (OutputStream gzip = new GZIPOutputStream(unclosed(out), 1 << 16)) {
                    NiftiWriter.write(volume, type, gzip);
                }
            } else {
                NiftiWriter.write(volume, type, out);
            }
        });
    }

    private static void requireExact(Volume volume, Path path, ScalarType type) {
        for (float voxel : volume.voxels()) {
            if (!type.holds(voxel)) {
                throw new InputException(path.toString(), "the value " + voxel + " does not fit " + type.words(),
                        "write floats");
            }
        }
    }

    // The file is synced after its body: closing the gzip stream must not close it.
    private static OutputStream unclosed(OutputStream out) {
        return new java.io.FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }
}
