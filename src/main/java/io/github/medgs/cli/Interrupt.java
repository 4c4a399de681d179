package io.github.medgs.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while training: the run is asked to stop, and the process waits until its checkpoint is safe. The virtual
 * machine then ends with status 130 by itself. Before the first step there is nothing to keep, and it ends at once.
 */
final class Interrupt implements AutoCloseable {

    private static final long LONGEST_WAIT_SECONDS = 120;

    private final CountDownLatch safe = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askAndWait, "interrupt");
    private volatile boolean requested;
    private volatile boolean training;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the run was asked to stop; who asks has something to keep from now on. */
    boolean requested() {
        training = true;
        return requested;
    }

    private void askAndWait() {
        requested = true;
        if (!training) {
            return;
        }
        try {
            safe.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the run holds is safe: the process may end. */
    @Override
    public void close() {
        safe.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending for another reason; the latch lets it.
            }
        }
    }
}
