package io.github.medgs.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A few threads that share out independent pieces of work. Which thread does which piece is left to chance, so a piece
 * may write only what is its own.
 */
public final class Workers {

    /** One piece of work; {@code worker}, below the count, tells which thread's scratch arrays to use. */
    @FunctionalInterface
    public interface Piece {
        void run(int index, int worker);
    }

    private final int count;

    /** @param count how many threads, the calling one among them */
    public Workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " threads");
        }
        this.count = count;
    }

    public int count() {
        return count;
    }

    /** Runs pieces 0 to pieces - 1 and returns when all are done; the first failure is thrown. */
    public void forEach(int pieces, Piece piece) {
        int threads = Math.min(count, pieces);
        if (threads <= 1) {
            for (int index = 0; index < pieces; index++) {
                piece.run(index, 0);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] others = new Thread[threads - 1];
        for (int t = 0; t < others.length; t++) {
            int worker = t + 1;
            others[t] = Thread.ofPlatform().daemon().name("worker-" + worker)
                    .start(() -> drain(pieces, piece, worker, next, failure));
        }
        drain(pieces, piece, 0, next, failure);
        for (Thread other : others) {
            joinFully(other);
        }
        switch (failure.get()) {
            case null -> { }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void drain(int pieces, Piece piece, int worker, AtomicInteger next,
            AtomicReference<Throwable> failure) {
        try {
            for (int index = next.getAndIncrement(); index < pieces && failure.get() == null;
                    index = next.getAndIncrement()) {
                piece.run(index, worker);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void joinFully(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
