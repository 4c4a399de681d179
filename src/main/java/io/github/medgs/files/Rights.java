package io.github.medgs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who may do what with a file, where the system knows it as Unix does: what is replaced keeps it.
 *
 * @param group its number
 * @param mode its permissions
 */
record Rights(int group, int mode) {

    private static final String GROUP = "unix:gid";
    private static final String MODE = "unix:mode";

    private static final int PERMISSIONS = 0777;

    /** Those of what is at a place; {@code null} where nothing is, or where rights are of another kind. */
    static Rights of(Path place) {
        if (!Files.exists(place) || !place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        try {
            return new Rights((int) Files.getAttribute(place, GROUP), (int) Files.getAttribute(place, MODE) & PERMISSIONS);
        } catch (IOException e) {
            return null;
        }
    }

    /** Gives what takes a place the rights of what was there, as far as that is allowed. */
    static void give(Rights rights, Path replacement) {
        if (rights != null) {
            // The group first: with it a file loses some of its mode.
            set(replacement, GROUP, rights.group);
            set(replacement, MODE, rights.mode);
        }
    }

    private static void set(Path file, String right, int value) {
        try {
            if (!Files.getAttribute(file, right).equals(value)) {
                Files.setAttribute(file, right, value);
            }
        } catch (IOException e) {
            // A group that its owner is not in, or a disk without rights: the file is worth more than its mode.
        }
    }
}
