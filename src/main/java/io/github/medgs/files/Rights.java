package io.github.medgs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who may do what with a file or folder, where the system knows it as Unix does: what is replaced keeps it.
 *
 * @param group its number
 * @param mode its permissions, and for a folder whether what is made in it belongs to its group
 */
record Rights(int group, int mode) {

    private static final String GROUP = "unix:gid";
    private static final String MODE = "unix:mode";

    private static final int OF_FILES = 0777;
    private static final int OF_FOLDERS = 07777;
    private static final int ALL_FOR_ITS_OWNER = 0700;

    /** Those of what is at a place; {@code null} where nothing is, or where rights are of another kind. */
    static Rights of(Path place) {
        if (!Files.exists(place) || !place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        try {
            int mode = (int) Files.getAttribute(place, MODE);
            // Files are still to be written into a folder.
            return new Rights((int) Files.getAttribute(place, GROUP), Files.isDirectory(place)
                    ? mode & OF_FOLDERS | ALL_FOR_ITS_OWNER : mode & OF_FILES);
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
