package io.github.medgs.cohort;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * In this process, several subjects at once: as many as there are threads, which are split between them when subjects are
 * fewer. Each run waits until its estimate of memory is free.
 *
 * @param threads in all, 1 or more
 */
public record LocalExecution(int threads) implements Execution {

    @Override
    public void run(List<SubjectTask> tasks, Consumer<SubjectTask.Outcome> heard, BooleanSupplier stop)
            throws IOException {
        if (tasks.isEmpty()) {
            return;
        }
        int atOnce = Math.min(threads, tasks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(atOnce, Thread.ofPlatform().daemon().factory())) {
            ExecutorCompletionService<SubjectTask.Outcome> running = new ExecutorCompletionService<>(pool);
            for (SubjectTask task : tasks) {
                running.submit(() -> stop.getAsBoolean()
                        ? new SubjectTask.Outcome(task.subject().id(), SubjectTask.Ending.STOPPED, null, 0)
                        : task.run(Math.max(1, threads / atOnce), stop));
            }
            for (int n = 0; n < tasks.size(); n++) {
                heard.accept(running.take().get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
