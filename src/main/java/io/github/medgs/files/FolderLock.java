package io.github.medgs.files;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One writer at a time for a folder of results. The operating system holds the lock, so that a process that was killed
 * leaves none behind.
 */
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".medgs-running";

    /**
     * Lock files of this process. The system's locks are a process's: to close one channel of a file, such as that of a
     * second run that is refused, gives up the first one's lock.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path held;
    private final FileChannel channel;

    private FolderLock(Path file, Path held, FileChannel channel) {
        this.file = file;
        this.held = held;
        this.channel = channel;
    }

    /** Takes an output folder, which is made where it is missing. */
    public static FolderLock of(Path folder) throws IOException {
        return of(folder, "output");
    }

    /**
     * Takes the folder, which is made where it is missing.
     *
     * @param quantity which sets the folder, for {@link InputException#naming}
     * @throws InputException when another run writes into it
     */
    public static FolderLock of(Path folder, String quantity) throws IOException {
        AtomicFile.makeFolder(folder);
        // A channel would be closed on a thread that was interrupted; whether to go on is for the run to say.
        boolean interrupted = Thread.interrupted();
        try {
            return locked(folder, quantity);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Refuses a folder that another process writes into just now.
     *
     * @param quantity as in {@link #of(Path, String)}
     */
    public static void requireFree(Path folder, String quantity) {
        Path file = folder.resolve(NAME);
        try {
            if (HELD.contains(folder.toRealPath().resolve(NAME))) {
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                if (!locked(channel)) {
                    throw taken(folder, quantity);
                }
            }
        } catch (IOException e) {
            // Nobody's, or another user's: who wants to write will be told.
        }
    }

    private static InputException taken(Path folder, String quantity) {
        return new InputException(folder.toString(), "is being written to by another run", "wait for its end, or give another"
                + " folder").naming(quantity);
    }

    private static FolderLock locked(Path folder, String quantity) throws IOException {
        Path held = folder.toRealPath().resolve(NAME);
        if (!HELD.add(held)) {
            throw taken(folder, quantity);
        }
        FolderLock lock = null;
        try {
            lock = locked(folder, held, quantity);
            return lock;
        } catch (IOException e) {
            // Of the folder, and not of a file in it that nobody knows.
            throw AtomicFile.unwritable(folder, folder, e);
        } finally {
            if (lock == null) {
                HELD.remove(held);
            }
        }
    }

    private static FolderLock locked(Path folder, Path held, String quantity) throws IOException {
        Path file = folder.resolve(NAME);
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw taken(folder, quantity);
            }
            FolderLock lock = new FolderLock(file, held, channel);
            try {
                if (isStill(file, channel)) {
                    return lock;
                }
            } catch (IOException e) {
                // Who is interrupted just here, or finds the disk full, leaves no lock behind.
                lock.close();
                throw e;
            }
            // Its last owner removed it between our opening and our locking: what we hold has no name any more.
            channel.close();
        }
    }

    private static boolean locked(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // Some network file systems have no locks; a run there is not refused for that.
            return true;
        }
    }

    // What is written through the channel shows in the file of that name, if that is what is locked.
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
            return Files.size(file) > 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Gives the folder free. */
    @Override
    public void close() throws IOException {
        try (channel) {
            // While it is still locked: afterwards it could be the next owner's.
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(held);
        }
    }
}
