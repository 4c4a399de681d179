package io.github.medgs.cli;

import io.github.medgs.StopRequest;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the run is asked to stop, and the process waits for those that {@link #hold} something until it is safe, a
 * training until its checkpoint is written. When nobody holds anything it ends at once: files are moved into place whole,
 * so none is left half-written. The virtual machine ends with status 130 by itself.
 */
final class Interrupt implements StopRequest, AutoCloseable {

    private static final long LONGEST_HOLD_SECONDS = 120;
    /** For what is said and written of a run that heeded: no run that draws on may take longer. */
    private static final long LONGEST_ENDING_SECONDS = 10;

    private final Thread hook = new Thread(this::askAndWait, "interrupt");
    private volatile boolean requested;
    private int holds;
    private boolean closed;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    @Override
    public synchronized Hold hold() {
        holds++;
        return this::release;
    }

    private synchronized void release() {
        holds--;
        notifyAll();
    }

    private synchronized void askAndWait() {
        requested = true;
        if (holds == 0) {
            return;
        }
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_HOLD_SECONDS);
            while (holds > 0 && !closed && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
            end = Math.min(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_ENDING_SECONDS));
            while (!closed && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is said and written: the process may end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending for another reason, and the hook no longer waits.
            }
        }
    }
}
