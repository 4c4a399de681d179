package io.github.medgs.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file as it was when the page was opened. A run's folder may be replaced while its page is served: what is read later
 * must be of the same run as the model.
 *
 * @param key what the file system calls it by, {@code null} where that has no such thing
 */
record SeenFile(Path path, long bytes, FileTime changed, Object key) {

    /** {@code null} where there is no such file, or it may not be looked at. */
    static SeenFile of(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new SeenFile(path, now.size(), now.lastModifiedTime(), now.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether it is still the same. */
    boolean stands() {
        return equals(of(path));
    }
}
