package io.github.medgs.cohort;

import io.github.medgs.StopRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * In this process, several subjects at once: as many as there are threads, which are split between them when subjects are
 * fewer. Each run waits until its estimate of memory is free.
 *
 * @param threads in all, 1 or more
 */
public record LocalExecution(int threads) implements Execution {

    @Override
    public void run(List<SubjectTask> tasks, Consumer<SubjectTask.Outcome> heard, StopRequest stop)
            throws IOException {
        if (tasks.isEmpty()) {
            return;
        }
        int atOnce = Math.min(threads, tasks.size());
        BlockingQueue<Integer> shares = new ArrayBlockingQueue<>(atOnce);
        for (int n = 0; n < atOnce; n++) {
            shares.add(threads / atOnce + (n < threads % atOnce ? 1 : 0));
        }
        ReadWriteLock memory = new ReentrantReadWriteLock(true);
        try (ExecutorService pool = Executors.newFixedThreadPool(atOnce, Thread.ofPlatform().daemon().factory())) {
            ExecutorCompletionService<SubjectTask.Outcome> running = new ExecutorCompletionService<>(pool);
            for (SubjectTask task : tasks) {
                running.submit(() -> run(task, shares, memory, stop));
            }
            for (int n = 0; n < tasks.size(); n++) {
                heard.accept(running.take().get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SubjectTask.Outcome run(SubjectTask task, BlockingQueue<Integer> shares, ReadWriteLock memory,
            StopRequest stop) throws InterruptedException {
        if (stop.getAsBoolean()) {
            return new SubjectTask.Outcome(task.subject().id(), SubjectTask.Ending.STOPPED, null, 0, false);
        }
        int share = shares.take();
        try {
            SubjectTask.Outcome outcome = holding(memory.readLock(), () -> task.run(share, stop));
            // Others may have taken what it lacked: it is too large only when it is so alone.
            return outcome.outOfMemory() ? holding(memory.writeLock(), () -> task.run(share, stop)) : outcome;
        } finally {
            shares.add(share);
        }
    }

    private static SubjectTask.Outcome holding(Lock lock, Supplier<SubjectTask.Outcome> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
