package io.github.medgs.files;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a user's path turns out to be, and the one line that says so where it is not what is needed. */
public final class InputFiles {

    private static final char NOT_UNDERSTOOD = '\uFFFD';

    private InputFiles() {}

    /**
     * Refuses what cannot be read twice: opening a pipe that nobody writes to would wait for ever, and readers here go
     * over a file more than once.
     *
     * @throws InputException when there is no such file, or it is a folder, a pipe or a device
     */
    public static void requireFile(Path path) {
        requireThere(path);
        if (Files.isDirectory(path)) {
            throw new InputException(path.toString(), "is a folder", "give a file");
        }
        if (!Files.isRegularFile(path)) {
            throw new InputException(path.toString(), "is a pipe or a device, and a file is read here more than once",
                    "write it to a file first; .nii.gz needs no unpacking");
        }
    }

    /** @throws InputException when there is no such file or folder, or it may not be looked at */
    public static void requireThere(Path path) {
        if (Files.exists(path)) {
            return;
        }
        if (Files.isSymbolicLink(path)) {
            throw new InputException(path.toString(), "is a link to something that is not there", "repair the link");
        }
        Path closed = closedFolder(path);
        if (closed != null) {
            throw new InputException(path.toString(), "cannot be looked for: permission denied in " + closed,
                    "ask its owner for the right to read it");
        }
        throw new InputException(path.toString(), "does not exist", "check the path");
    }

    /**
     * Refuses a file whose name is needed and was not understood: in another locale than UTF-8 Java reads its letters as
     * the replacement character, and different names become one.
     *
     * @throws InputException when the name has such letters
     */
    public static void requireReadableName(Path path) {
        if (path.getFileName().toString().indexOf(NOT_UNDERSTOOD) >= 0
                && !System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8")) {
            throw otherLetters(path.toString(), null);
        }
    }

    /** What is said of a name with letters that cannot be in a file's name in this locale. */
    public static InputException otherLetters(String name, Exception cause) {
        return new InputException(name, "has letters that this shell's locale does not know",
                "run it again with LC_ALL=C.UTF-8, or by tornado-env.sh", cause);
    }

    /**
     * A path as an absolute one without dots that names the same: what {@code link/../file} names does not lie beside the
     * link, but beside the folder that it leads to. The file itself need not be there, and keeps its name where it is a
     * link.
     */
    public static Path plain(Path path) {
        Path absolute = path.toAbsolutePath();
        Path plain = absolute.normalize();
        try {
            if (plain.equals(absolute) || Files.exists(absolute) && Files.exists(plain) && Files.isSameFile(plain, absolute)) {
                return plain;
            }
            if (plain.getFileName() != null && absolute.endsWith(plain.getFileName())) {
                return plain(absolute.getParent()).resolve(absolute.getFileName());
            }
            return Files.exists(absolute) ? absolute.toRealPath() : plain;
        } catch (IOException e) {
            return plain;
        }
    }

    // Without the right to enter a folder, everything in it seems not to exist.
    private static Path closedFolder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        return folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder) ? folder : null;
    }

    /**
     * A user's text.
     *
     * @throws InputException when it is not there, cannot be read, or is not in UTF-8
     */
    public static String text(Path file) {
        requireFile(file);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InputException(file.toString(), "is not text in UTF-8", "give a text, saved in UTF-8", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The user's error for a file or folder that cannot be read at all. */
    public static InputException unreadable(Path path, IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> new InputException(path.toString(), "does not exist", "check the path", e);
            case AccessDeniedException e -> new InputException(path.toString(), "may not be read: permission denied",
                    "ask its owner for the right to read it", e);
            default -> new InputException(path.toString(), Files.isDirectory(path) ? "is a folder"
                    : "cannot be read (" + cause.getMessage() + ")", "check the path", cause);
        };
    }
}
