package io.github.medgs.reconstruction;

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
     */
    synchronized Claim take(long bytes) {
        long taken = Math.min(bytes, total);
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
