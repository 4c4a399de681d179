package io.github.medgs.volume;

import java.nio.file.Path;

/** A file format that volumes are read from. */
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

    /** Whether whole files may be gzip; else a compressed one has to be unpacked first. */
    default boolean readsGzip() {
        return false;
    }
}
