package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The folder that a command writes into; what stands there is replaced only when that is asked for. */
final class OutputFolder {

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true, description = "folder for the results")
    Path path;

    @Option(names = "--force", description = "replace earlier results in the output folder")
    boolean force;

    OutputFolder() {}

    OutputFolder(Path path, boolean force) {
        this.path = path;
        this.force = force;
    }

    /**
     * Refuses what is no folder, and results that would be replaced unasked.
     *
     * @param file whose presence says that there are results
     * @param what they are, as in "a report"
     */
    void check(String file, String what) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException(path.toString(), "is not a folder", "give another -o DIR");
        }
        if (path.toAbsolutePath().normalize().getNameCount() == 0) {
            throw new InputException(path.toString(), "is the root of the file system", "give a folder of its own");
        }
        if (!force && Files.exists(path.resolve(file))) {
            throw new InputException(path.toString(), "already holds " + what,
                    "replace it by --force, or give another -o DIR");
        }
    }

    /** As {@link #check(String, String)} for files of the result that may be somebody else's, where there is no result. */
    void checkFiles(List<String> files) {
        files.forEach(file -> check(file, file));
    }

    /**
     * Takes the folder for this run, which makes it; refused while another run writes into it.
     *
     * @param file as in {@link #check}, which is asked once more: another run may have ended in it since
     */
    FolderLock lock(String file, String what) throws IOException {
        FolderLock lock = FolderLock.of(path);
        try {
            check(file, what);
            return lock;
        } catch (InputException e) {
            lock.close();
            throw e;
        }
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
