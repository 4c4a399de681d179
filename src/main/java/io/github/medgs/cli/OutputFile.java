package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command may write to. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Refuses to write over what is read.
     *
     * @param inputs those that are {@code null} do not count
     */
    static void requireOther(Path output, Path... inputs) throws IOException {
        for (Path input : inputs) {
            if (input != null && Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output)) {
                throw new InputException(output.toString(), "is what is read, and would be lost", "give another -o FILE");
            }
        }
    }
}
