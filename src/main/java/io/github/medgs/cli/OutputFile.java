package io.github.medgs.cli;

import io.github.medgs.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    static void requireOther(Path output, Path... inputs) {
        for (Path input : inputs) {
            if (input != null && isSame(input, output)) {
                throw new InputException(output.toString(), "is what is read, and would be lost", "give another -o FILE");
            }
        }
    }

    private static boolean isSame(Path input, Path output) {
        try {
            return Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
