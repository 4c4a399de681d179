package io.github.medgs.cohort;

import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** {@code log.txt} of a subject: what a run of it says, attempt after attempt. */
final class SubjectLog implements RunListener, AutoCloseable {

    private final PrintWriter out;

    SubjectLog(Path file) throws IOException {
        out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND), true);
        out.println("-- " + LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        out.close();
    }
}
