package io.github.medgs.files;

import io.github.medgs.InputException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces a file in one step: readers see the old bytes or the new ones, never a part. */
public final class AtomicFile {

    private static final String PART = ".part";

    /** How names begin of what is written within the folder that it is for. */
    private static final String WITHIN = ".files.";

    private static final int MOST_LINKS = 40;

    /** In characters, of four bytes at most: disks allow 255 bytes. */
    private static final int LONGEST_NAME = 40;

    /** What another machine left is taken away when it has not grown for so long: its processes cannot be seen here. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private static final Pattern WRITER = Pattern.compile("\\.([0-9]{1,18})-[0-9]+-([A-Za-z0-9.]*)\\.part");

    private static final AtomicLong FILES = new AtomicLong();

    private AtomicFile() {}

    /** Writes the body of a file to a stream. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Looks at a file that was just written, before it takes its place. */
    @FunctionalInterface
    public interface Check {
        void check(Path written) throws IOException;
    }

    /**
     * Writes {@code target} whole or not at all: to a temporary file in the same folder, synced to the disk, then
     * moved into place. Threads, processes and machines may write the same target at once: one of them is last. Missing
     * parent folders are made, and temporary files of the same target are removed whose process is gone. A link stays,
     * and what it points to is written; what is replaced leaves its permissions. On failure the temporary file is removed and an earlier target is left as it was.
     *
     * @throws InputException when the target is no place for a file, or may not be written
     * @throws IOException naming the target, when the disk is full
     */
    public static void write(Path target, Body body) throws IOException {
        write(target, body, written -> {});
    }

    /** As {@link #write(Path, Body)}; when the check throws, an earlier target is left as it was. */
    public static void write(Path target, Body body, Check check) throws IOException {
        Path absolute = linked(target);
        requireFilePlace(target, absolute);
        Path folder = absolute.getParent();
        makeFolder(folder);
        try {
            // Not Files.createTempFile: that makes files only their owner can read, and these are results to share.
            String prefix = prefix(absolute);
            Path temporary = temporary(folder, prefix);
            removeLeftOvers(folder, prefix);
            try {
                Files.createFile(temporary);
                // Not a channel, which an interrupted thread could not write to: a run that is cancelled saves what it has.
                try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
                    // Once it is open, since a file may be for reading only; before anything that is secret stands in it.
                    Rights.give(Rights.of(absolute), temporary);
                    OutputStream out = new BufferedOutputStream(file, 1 << 16);
                    body.writeTo(out);
                    out.flush();
                    file.getFD().sync();
                }
                check.check(temporary);
                move(temporary, absolute);
                syncFolder(folder);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unwritable(target, folder, e);
        }
    }

    /** Writes the files of a folder. */
    @FunctionalInterface
    public interface FolderBody {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Makes a folder of files whole or not at all: its files are written into one beside it, which then takes its name. An
     * empty folder that is there already stays, as somebody's shell may stand in it: its files are written into a hidden
     * one within, and moved out when all are there, in the order of their names.
     *
     * @param target not there, or an empty folder
     */
    public static void writeFolder(Path target, FolderBody body) throws IOException {
        Path absolute = linked(target);
        boolean stands = Files.isDirectory(absolute);
        Path around = stands ? absolute : absolute.getParent();
        makeFolder(around);
        String prefix = stands ? WITHIN : prefix(absolute);
        Path temporary = temporary(around, prefix);
        try {
            removeLeftOvers(around, prefix);
            Files.createDirectory(temporary);
            body.writeTo(temporary);
            if (stands) {
                moveFiles(temporary, absolute);
            } else {
                move(temporary, absolute);
            }
            syncFolder(around);
        } catch (IOException e) {
            // Of the file in it that could not be written only the reason is of use: its folder is gone.
            throw unwritable(target, around, e.getCause() instanceof IOException within ? within : e);
        } finally {
            delete(temporary);
        }
    }

    /** Whether a folder of files is, or was, being written within the one that it fills; see {@link #writeFolder}. */
    public static boolean isPartWithin(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(WITHIN) && name.endsWith(PART);
    }

    // All or none, and nothing that came there meanwhile is replaced.
    private static void moveFiles(Path from, Path to) throws IOException {
        List<Path> moved = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                moved.add(Files.move(file, to.resolve(file.getFileName())));
            }
        } catch (IOException e) {
            for (Path file : moved) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /**
     * Refuses a place that {@link #write} could not write to, so that it is known before any work. Nothing is made.
     *
     * @throws InputException as {@link #write} would
     */
    public static void requirePlace(Path target) throws IOException {
        Path absolute = linked(target);
        requireFilePlace(target, absolute);
        requireRight(target, absolute.getParent());
    }

    /** As {@link #requirePlace}, of {@link #writeFolder}. */
    public static void requireFolderPlace(Path target) throws IOException {
        Path absolute = linked(target);
        requireRight(target, Files.isDirectory(absolute) ? absolute : absolute.getParent());
    }

    private static void requireRight(Path target, Path folder) throws IOException {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || Files.isDirectory(existing) && Files.isWritable(existing)) {
            return;
        }
        if (!Files.isDirectory(existing)) {
            throw inTheWay(folder, existing.toString(), null);
        }
        // Rights, or a disk that is for reading only: whoever tries is told.
        Path probe = temporary(existing, prefix(existing.resolve("probe")));
        try {
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException e) {
            throw unwritable(target, existing, e);
        }
    }

    /**
     * What is said of a place that could not be written.
     *
     * @throws InputException when it is for want of rights
     */
    static IOException unwritable(Path target, Path folder, IOException e) {
        if (e instanceof AccessDeniedException) {
            throw new InputException(target.toString(), "may not be written: permission denied in " + folder,
                    "give another place, or ask its owner", e);
        }
        return new IOException("cannot write " + target + ": " + reason(e), e);
    }

    // A file, or a folder of files.
    private static void delete(Path part) throws IOException {
        if (Files.isDirectory(part)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(part);
    }

    // A name may be as long as the disk allows, and what is beside it has more in its own.
    private static String prefix(Path target) {
        String name = target.getFileName().toString();
        return "." + (name.length() <= LONGEST_NAME ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2))
                + "~" + Integer.toHexString(name.hashCode())) + ".";
    }

    private static Path temporary(Path folder, String prefix) {
        return folder.resolve(prefix + ThisProcess.NUMBER + "-" + FILES.incrementAndGet() + "-" + ThisProcess.MACHINE + PART);
    }

    /**
     * Makes a folder for results and those above it, where they are missing.
     *
     * @throws InputException when that is not allowed, or a file is in the way
     */
    public static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (AccessDeniedException e) {
            throw new InputException(folder.toString(), "may not be made: permission denied",
                    "give another place, or ask its owner", e);
        } catch (FileAlreadyExistsException e) {
            throw inTheWay(folder, e.getMessage(), e);
        } catch (IOException e) {
            // Below a file every name is one that is not there, to some systems.
            Path existing = folder.toAbsolutePath();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (existing != null && !Files.isDirectory(existing)) {
                throw inTheWay(folder, existing.toString(), e);
            }
            throw new IOException("cannot make the folder " + folder + ": "
                    + (e instanceof NoSuchFileException missing ? nothingBeside(missing) : reason(e)), e);
        }
    }

    private static InputException inTheWay(Path folder, String file, IOException e) {
        return new InputException(folder.toString(), "cannot be a folder: " + file + " is a file", "give another place", e);
    }

    // The file behind a link, or behind a link to a link; it need not be there.
    private static Path linked(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        for (int n = 0; n < MOST_LINKS && Files.isSymbolicLink(absolute); n++) {
            // A link speaks from where it really lies: ".." of a linked folder is not what its path looks like.
            absolute = absolute.getParent().toRealPath().resolve(Files.readSymbolicLink(absolute));
        }
        if (Files.isSymbolicLink(absolute)) {
            throw new InputException(target.toString(), "is a link that leads back to itself", "give another name");
        }
        return absolute;
    }

    private static void requireFilePlace(Path target, Path absolute) {
        if (absolute.getFileName() == null || Files.isDirectory(absolute)) {
            throw new InputException(target.toString(), "is a folder", "give the name of a file in it");
        }
        if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
            throw new InputException(target.toString(), "is a pipe or a device, and files are written beside their place"
                    + " and then moved", "give the name of a file");
        }
    }

    /** Writes a text in UTF-8; see {@link #write}. */
    public static void writeText(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    // What a process that was killed in the middle of writing left behind: its number and machine are in the name.
    private static void removeLeftOvers(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, file -> {
            String name = file.getFileName().toString();
            return name.startsWith(prefix) && name.endsWith(PART);
        })) {
            for (Path part : parts) {
                String name = part.getFileName().toString();
                Matcher writer = WRITER.matcher(name.substring(prefix.length() - 1));
                if (writer.matches() && isOver(writer, part)) {
                    delete(part);
                }
            }
        }
    }

    private static boolean isOver(Matcher writer, Path part) {
        if (writer.group(2).equals(ThisProcess.MACHINE)) {
            return ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty();
        }
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(Instant.now().minus(GIVEN_UP));
        } catch (IOException e) {
            return false;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // The rename itself must survive a power cut. Not every platform lets a folder be opened.
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // Windows refuses to open folders; there the move is journalled by the file system.
        }
    }

    // What is no disk, as /proc, says of a new file that it is missing.
    private static String nothingBeside(NoSuchFileException missing) {
        return "nothing can be made in " + Path.of(missing.getFile()).toAbsolutePath().getParent() + "; give another place";
    }

    private static String reason(IOException e) {
        // Hidden files are those that are made here: parts, and locks.
        if (e instanceof NoSuchFileException missing && Path.of(missing.getFile()).getFileName().toString().startsWith(".")) {
            return nothingBeside(missing);
        }
        String message = e instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
