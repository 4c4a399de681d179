package io.github.medgs.cohort.spark;

import io.github.medgs.StopRequest;
import io.github.medgs.cohort.SubjectTask;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What an executor does with a partition, which is one subject.
 *
 * <p>A second attempt at a task (its executor is thought lost, or the copy is speculative) waits while the first still
 * holds the subject's lock, and then finds it done or goes on from its checkpoint. So the copy never answers "busy" in the
 * place of the one that works. A task that Spark kills stops before its next step and leaves its checkpoint.
 */
final class SubjectPartition extends AbstractFunction1<Iterator<SubjectTask>, SubjectTask.Outcome>
        implements Serializable {

    private static final long serialVersionUID = 1;
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final int mostAttempts;

    /** @param mostAttempts after which Spark would give up all the work: the last one gives up the subject instead */
    SubjectPartition(int mostAttempts) {
        this.mostAttempts = mostAttempts;
    }

    @Override
    public SubjectTask.Outcome apply(Iterator<SubjectTask> tasks) {
        SubjectTask task = tasks.next();
        TaskContext context = TaskContext.get();
        int attempt = context.attemptNumber();
        if (attempt > 0 && attempt >= mostAttempts - 1) {
            return task.fail("its process ended without a word " + attempt + " times (killed, or out of memory)");
        }
        StopRequest stop = stop(context);
        SubjectTask.Outcome outcome = task.run(context.cpus(), stop);
        while (attempt > 0 && outcome.ending() == SubjectTask.Ending.BUSY && !stop.getAsBoolean()) {
            pause();
            outcome = task.run(context.cpus(), stop);
        }
        return outcome;
    }

    // Spark interrupts the thread of a task that it kills. With that flag up no file could be written, no checkpoint
    // either: so it is taken down and remembered.
    private static StopRequest stop(TaskContext context) {
        boolean[] interrupted = {false};
        return () -> {
            interrupted[0] |= Thread.interrupted();
            return interrupted[0] || context.isInterrupted();
        };
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
