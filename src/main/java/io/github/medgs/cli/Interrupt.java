package io.github.medgs.cli;

import io.github.medgs.StopRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, of which {@link Ending} tells: the run is asked to stop, and the process waits for those that {@link #hold} something until it is safe, a
 * training until its checkpoint is written. When nobody holds anything it ends at once: files are moved into place whole,
 * so none is left half-written. The virtual machine ends with the signal's status by itself, 130 or, of SIGTERM, 143.
 */
final class Interrupt implements StopRequest, AutoCloseable {

    private static final long LONGEST_HOLD_SECONDS = 120;
    /** For what is said and written of a run that heeded: no run that draws on may take longer. */
    static final long LONGEST_ENDING_SECONDS = 10;

    private static final Set<Interrupt> OPEN = ConcurrentHashMap.newKeySet();

    private volatile boolean requested;
    private int holds;
    private boolean closed;

    Interrupt() {
        OPEN.add(this);
    }

    /** Asks every run of the process to stop, and waits for those that hold something. Whether there was one. */
    static boolean stopAll() {
        List<Interrupt> heeding = OPEN.stream().filter(Interrupt::ask).toList();
        heeding.forEach(Interrupt::await);
        return !heeding.isEmpty();
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

    private synchronized boolean ask() {
        requested = true;
        return holds > 0;
    }

    private synchronized void await() {
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
        OPEN.remove(this);
    }
}
