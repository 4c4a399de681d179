package io.github.medgs.reconstruction;

import java.util.function.Consumer;

/**
 * The memory that this process may take, shared by the runs in it: a run that needs more than is free waits for the
 * others to end. Claims are what runs are expected to need, not what they take.
 */
final class MemoryBudget {

    /** All of this process's heap. */
    static final MemoryBudget PROCESS = new MemoryBudget(Runtime.getRuntime().maxMemory());

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
     */
    Claim take(long bytes, Consumer<String> waits) {
        long taken = Math.min(bytes, total);
        // Not told under the lock, which the run that is to give back needs too.
        if (!isFree(taken)) {
            waits.accept("waiting for " + ((taken + (1 << 20) - 1) >> 20) + " MiB of memory, which other runs of this program have");
        }
        return await(taken);
    }

    private synchronized boolean isFree(long bytes) {
        return free >= bytes;
    }

    private synchronized Claim await(long taken) {
        boolean interrupted = false;
        while (free < taken) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        free -= taken;
        return () -> giveBack(taken);
    }

    private synchronized void giveBack(long bytes) {
        free += bytes;
        notifyAll();
    }
}
