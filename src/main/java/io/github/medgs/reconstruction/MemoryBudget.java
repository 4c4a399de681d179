package io.github.medgs.reconstruction;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The memory that this process may take, shared by the runs in it: a run that needs more than is free waits for the
 * others to end. Claims are what runs are expected to need, not what they take.
 */
final class MemoryBudget {

    /** All of this process's heap. */
    static final MemoryBudget PROCESS = new MemoryBudget(Runtime.getRuntime().maxMemory());

    private static final long MILLIS_BETWEEN_QUESTIONS = 200;

    private final long total;
    private long free;

    MemoryBudget(long total) {
        this.total = total;
        this.free = total;
    }

    /** What a run holds until it is closed. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until so much is free, and takes it.
     *
     * @param bytes at most the total, which {@link Limits} sees to; more is taken as all of it
     * @param waits told, for people, when it is not free yet
     * @param stop asked again and again while it waits
     * @return {@code null} when that said true, or the thread was interrupted, before so much was free
     */
    Claim take(long bytes, Consumer<String> waits, BooleanSupplier stop) {
        long taken = Math.min(bytes, total);
        // Neither told nor asked under the lock, which the run that is to give back needs too.
        if (!isFree(taken)) {
            waits.accept("waiting for " + ((taken + (1 << 20) - 1) >> 20) + " MiB of memory, which other runs of this program have");
        }
        try {
            while (!takes(taken)) {
                if (stop.getAsBoolean()) {
                    return null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        return () -> giveBack(taken);
    }

    private synchronized boolean isFree(long bytes) {
        return free >= bytes;
    }

    // Waits a moment where it is not free at once.
    private synchronized boolean takes(long bytes) throws InterruptedException {
        if (free < bytes) {
            wait(MILLIS_BETWEEN_QUESTIONS);
        }
        if (free < bytes) {
            return false;
        }
        free -= bytes;
        return true;
    }

    private synchronized void giveBack(long bytes) {
        free += bytes;
        notifyAll();
    }
}
