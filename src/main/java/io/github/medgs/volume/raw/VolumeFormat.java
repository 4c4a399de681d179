package io.github.medgs.volume.raw;

import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A file format of volumes: all are read, most are written too. */
public interface VolumeFormat {

    /** How much of a file is shown to the formats that may recognise it. */
    int START_BYTES = 1024;

    /**
     * Whether a file is of this format, by its content; the name may only break a tie.
     *
     * @param path an existing file
     * @param start its first bytes (up to {@value #START_BYTES}), decompressed where the file is gzip
     */
    boolean recognises(Path path, byte[] start);

    /**
     * Reads it.
     *
     * @throws io.github.medgs.InputException when the file is damaged, or uses what this reader does not support
     */
    LoadedVolume read(Path path, ReadOptions options);

    /**
     * The files whose bytes {@link #read} looks at, the given one first; no voxels are read for it.
     *
     * @throws io.github.medgs.InputException when the file is damaged, or a file that it names is not there
     */
    default List<Path> files(Path path) {
        return List.of(path);
    }

    /** Whether whole files may be gzip; else a compressed one has to be unpacked first. */
    default boolean readsGzip() {
        return false;
    }

    /** How the names of files end that are written in this format; none where it is only read. */
    default List<String> extensions() {
        return List.of();
    }

    /** Whether a file of this name is to be written in this format. */
    default boolean writes(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return extensions().stream().anyMatch(name::endsWith);
    }

    /**
     * Refuses a name whose writing would replace a file that belongs to something else, or mix with what is there.
     *
     * @throws io.github.medgs.InputException when it would
     */
    default void requireFree(Path path) {}

    /** The types that {@link #write} can store voxels in; 32-bit floats are always one of them. */
    default Set<ScalarType> types() {
        return EnumSet.allOf(ScalarType.class);
    }

    /** Whether a file of this format can say that intensities are stored numbers times a slope plus an intercept. */
    default boolean keepsScaling() {
        return false;
    }

    /**
     * Writes a volume, whole or not at all, stored as it says of itself.
     *
     * @param volume in one of {@link #types()}; scaled only where the format {@link #keepsScaling}
     * @param remark what the file says of itself, where the format has a place for it
     * @throws IOException when the disk is full or the folder cannot be written
     */
    default void write(Volume volume, Remark remark, Path path) throws IOException {
        throw new UnsupportedOperationException("only read");
    }
}
