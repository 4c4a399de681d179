package io.github.medgs.engine.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads, the caller's included, that runs loops over tasks.
 *
 * <p>Not a general executor: a training step has half a dozen loops of a millisecond or less, so helpers wait for the
 * next one awake for a moment before they sleep, and nothing is allocated per loop.
 */
final class Workers implements AutoCloseable {

    /** One loop's body. */
    interface Task {
        /**
         * @param index of the task, 0 to count - 1
         * @param worker of the thread, 0 to threads - 1: a place for scratch memory
         */
        void run(int index, int worker);
    }

    /** How often a waiting thread looks before it sleeps: some tens of microseconds. */
    private static final int LOOKS = 2_000;

    private final Thread[] helpers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    // Written by the caller before it raises the round, read by helpers after they see it raised.
    private Task task;
    private int count;
    private volatile int round;
    private volatile boolean closed;
    private volatile Thread caller;

    Workers(int threads) {
        helpers = new Thread[Math.max(1, threads) - 1];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = Thread.ofPlatform()
                    .name("medgs-vector-" + worker)
                    .daemon()
                    .unstarted(() -> help(worker));
            helpers[i].start();
        }
    }

    int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs tasks 0 to count - 1, each once, on whichever thread is free; returns when all are done.
     *
     * @throws IllegalStateException after {@link #close}: helpers that are gone would be waited for
     */
    synchronized void forEach(int count, Task task) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        if (helpers.length == 0 || count <= 1) {
            for (int i = 0; i < count; i++) {
                task.run(i, 0);
            }
            return;
        }
        this.task = task;
        this.count = count;
        caller = Thread.currentThread();
        next.set(0);
        busy.set(helpers.length);
        round++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        work(0);
        for (int look = 0; busy.get() > 0; look++) {
            if (look < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        this.task = null;
        Throwable failed = failure.getAndSet(null);
        if (failed != null) {
            throw new IllegalStateException("a worker failed: " + failed, failed);
        }
    }

    private void work(int worker) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.run(i, worker);
            }
        } catch (Throwable failed) {
            failure.compareAndSet(null, failed);
            next.set(count);
        }
    }

    private void help(int worker) {
        int seen = 0;
        while (true) {
            for (int look = 0; round == seen && !closed; look++) {
                if (look < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen++;
            work(worker);
            if (busy.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    /** Ends the helpers, once a loop that another thread runs is done. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
