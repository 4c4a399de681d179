package io.github.medgs.cli;

import io.github.medgs.StopRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the run is asked to stop, and the process waits for those that {@link #hold} something until it is safe, a
 * training until its checkpoint is written. When nobody holds anything it ends at once: files are moved into place whole,
 * so none is left half-written. The virtual machine ends with the signal's status by itself, 130 or, of SIGTERM, 143.
 */
final class Interrupt implements StopRequest, AutoCloseable {

    private static final long LONGEST_HOLD_SECONDS = 120;
    /** For what is said and written of a run that heeded: no run that draws on may take longer. */
    static final long LONGEST_ENDING_SECONDS = 10;

    private static final Set<Interrupt> OPEN = ConcurrentHashMap.newKeySet();

    private final Thread hook = new Thread(this::askAndWait, "interrupt");
    private volatile boolean requested;
    private boolean heeded;
    private int holds;
    private boolean closed;

    Interrupt() {
        OPEN.add(this);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Asks every run of the process to stop, and waits for those that hold something. Whether there was one. */
    static boolean stopAll() {
        boolean heeded = false;
        for (Interrupt interrupt : OPEN) {
            heeded |= interrupt.askAndWait();
        }
        return heeded;
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

    private synchronized boolean askAndWait() {
        // Who asks second may find the hold released, and what is said of it not yet.
        heeded |= !requested && holds > 0;
        requested = true;
        if (!heeded) {
            return false;
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
        return true;
    }

    /** All is said and written: the process may end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        OPEN.remove(this);
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending for another reason, and the hook no longer waits.
            }
        }
    }
}
