package io.github.medgs.cohort;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import io.github.medgs.files.Sha256;
import io.github.medgs.reconstruction.RunFolder;
import io.github.medgs.reconstruction.SourceFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A subject's folder: the files of its run, {@code subject.json} with its state, {@code log.txt}, and a lock.
 *
 * <p>The lock is the operating system's, on {@code .lock}: it ends with its process, however that ends. Who holds it may
 * write into the folder. A subject is done when {@code subject.json} says so, its key is that of the present input and
 * arguments, and every file of the result has its checksum.
 */
final class SubjectFolder {

    static final String STATE = "subject.json";
    static final String LOG = "log.txt";
    private static final String LOCK = ".lock";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Folders that this process has locked or looks at. The operating system's locks are the process's, and closing any
     * channel on a file ends them all: so no second one is ever opened.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;

    SubjectFolder(Path path) {
        this.path = path;
    }

    /**
     * A subject's folder in that of its cohort; nothing need be there.
     *
     * @throws io.github.medgs.InputException for an id with letters that this machine's locale cannot name a file by
     */
    static SubjectFolder of(Path cohort, String id) {
        try {
            return new SubjectFolder(cohort.resolve(id));
        } catch (InvalidPathException e) {
            throw InputFiles.otherLetters("id " + id, e);
        }
    }

    Path path() {
        return path;
    }

    /** A held lock; closing it lets others in. */
    static final class Held implements AutoCloseable {

        private final Path folder;
        private final FileChannel channel;

        private Held(Path folder, FileChannel channel) {
            this.folder = folder;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                HELD_HERE.remove(folder);
            }
        }
    }

    /**
     * Why a cohort must leave the folder alone: a run or a file in it is somebody else's, or it is no folder. {@code null}
     * where it may write there.
     *
     * @param replacing whether what is somebody else's is replaced
     */
    String whyNot(boolean replacing) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            return path + ": is a file, where the subject's folder belongs; move it away, or give another folder";
        }
        RunFolder run = new RunFolder(path, false, replacing);
        String theirs = run.holdsRun() ? "a run" : run.othersFile();
        return theirs != null && !replacing && !Files.exists(path.resolve(STATE)) ? path + ": holds " + theirs
                + " that is not this cohort's; move it away, give another folder, or replace it by force" : null;
    }

    /** Takes the lock, or {@code null} when somebody holds it. The folder is made when it is not there. */
    Held tryLock() throws IOException {
        AtomicFile.makeFolder(path);
        Path real = path.toRealPath();
        if (!HELD_HERE.add(real)) {
            return null;
        }
        Held held = null;
        try {
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // Who asks for the state holds it for a moment.
            for (int attempt = 0; attempt < 5 && held == null; attempt++) {
                held = channel.tryLock() == null ? null : new Held(real, channel);
                if (held == null && !pause()) {
                    break;
                }
            }
            if (held == null) {
                channel.close();
            }
            return held;
        } finally {
            if (held == null) {
                HELD_HERE.remove(real);
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(20);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether nobody works in the folder; nothing need be writable. */
    boolean isIdle() throws IOException {
        Path lock = path.resolve(LOCK);
        if (!Files.exists(lock)) {
            return true;
        }
        Path real = path.toRealPath();
        if (!HELD_HERE.add(real)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared != null;
        } finally {
            HELD_HERE.remove(real);
        }
    }

    /** What {@code subject.json} says; {@code null} when there is none, or none that can be read. */
    SubjectState state() throws IOException {
        if (!Files.isRegularFile(path.resolve(STATE))) {
            return null;
        }
        try {
            return JSON.readValue(Files.readAllBytes(path.resolve(STATE)), SubjectState.class);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return null;
        }
    }

    void write(SubjectState state) throws IOException {
        AtomicFile.writeText(path.resolve(STATE), JSON.writeValueAsString(state) + "\n");
    }

    /** Checksum of a subject's arguments and of the bytes of its input files. */
    static String key(Subject subject) throws IOException {
        Sha256 digest = new Sha256();
        for (String argument : subject.arguments()) {
            digest.add(argument + "\n");
        }
        for (String input : subject.inputs()) {
            addTo(digest, Path.of(input), true);
        }
        return digest.hex();
    }

    /** Checksums of all files of the result: what stands in the folder, less state, log, lock and checkpoint. */
    Map<String, String> checksums() throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(SubjectFolder::isResult).sorted().toList()) {
                sums.put(file.getFileName().toString(), new Sha256().add(file).hex());
            }
        }
        return sums;
    }

    /** Whether every file of a result is there with its bytes; files that were added do not count. */
    boolean holds(Map<String, String> outputs) throws IOException {
        return outputs != null && !outputs.isEmpty() && checksums().entrySet().containsAll(outputs.entrySet());
    }

    private static boolean isResult(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.equals(STATE) && !name.equals(LOG) && !name.equals("checkpoint.medgs")
                && Files.isRegularFile(file);
    }

    /**
     * A file's bytes, with those of the files that its voxels come from besides, or those of all files of a folder in the
     * order of their names.
     */
    private static void addTo(Sha256 digest, Path input, boolean alone) throws IOException {
        if (Files.isDirectory(input)) {
            try (Stream<Path> files = Files.walk(input)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.add(input.relativize(file).toString());
                    addTo(digest, file, false);
                }
            }
            return;
        }
        if (!Files.exists(input)) {
            digest.add("missing: " + input);
            return;
        }
        digest.add(input);
        // Within a folder they are added as its own.
        List<Path> files = alone ? SourceFiles.of(input) : List.of(input);
        for (Path file : files.subList(1, files.size())) {
            digest.add(file.getFileName().toString()).add(file);
        }
    }
}
