package io.github.medgs.cohort;

import io.github.medgs.StopRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where subjects run; closed when no more will. */
public interface Execution extends AutoCloseable {

    /**
     * Runs every task once; in which order, and how many at a time, is its own choice.
     *
     * @param heard told each outcome, one at a time
     * @param stop when true, no further task is begun and running ones are asked to stop
     * @throws IOException when the place itself fails; what is wrong with a subject is its outcome
     */
    void run(List<SubjectTask> tasks, Consumer<SubjectTask.Outcome> heard, StopRequest stop) throws IOException;

    @Override
    default void close() {}
}
