package io.github.medgs.cohort;

import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** {@code log.txt} of a subject: what a run of it says, attempt after attempt. */
final class SubjectLog implements RunListener, AutoCloseable {

    private final PrintWriter out;
    private final Runnable begun;

    /** @param begun told when the folder is the run's own: what stood there before is gone or taken up */
    SubjectLog(Path file, Runnable begun) throws IOException {
        out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND), true);
        this.begun = begun;
        // With its zone: machines of several may write into one log.
        out.println("-- " + OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public Progress begin(String what, long steps) {
        begun.run();
        return RunListener.super.begin(what, steps);
    }

    /** What a fault of the program leaves to be reported. */
    void trace(Throwable thrown) {
        thrown.printStackTrace(out);
    }

    @Override
    public void close() {
        out.close();
    }
}
