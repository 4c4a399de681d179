package io.github.medgs.cohort;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where subjects run. */
public interface Execution {

    /**
     * Runs every task once; in which order, and how many at a time, is its own choice.
     *
     * @param heard told each outcome, one at a time
     * @param stop when true, no further task is begun and running ones are asked to stop
     * @throws IOException when a subject's folder cannot be written
     */
    void run(List<SubjectTask> tasks, Consumer<SubjectTask.Outcome> heard, BooleanSupplier stop) throws IOException;
}
