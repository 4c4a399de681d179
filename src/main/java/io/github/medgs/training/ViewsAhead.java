package io.github.medgs.training;

import io.github.medgs.engine.View;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The views of one step after the other, worked out while the engine is busy with the steps before: the pictures between
 * slices cost three quarters of what the vector engine's step does, and a device would wait for them.
 *
 * <p>What a step looks at is a function of the seed and its number alone, so it is the same whoever works it out, and
 * when.
 */
final class ViewsAhead implements AutoCloseable {

    private final ViewPlan plan;
    private final int last;
    private final int held;
    private final ExecutorService pool;
    private final Queue<Future<List<View>>> coming = new ArrayDeque<>();
    private int next;

    /**
     * @param first step whose views come first
     * @param last step that may be asked for
     * @param threads that the run may use: half of them work ahead; 1: each step's views are worked out when they are
     *     asked for
     */
    ViewsAhead(ViewPlan plan, int first, int last, int threads) {
        this.plan = plan;
        this.next = first;
        this.last = last;
        this.held = held(threads);
        this.pool = held == 0 ? null : Executors.newFixedThreadPool(threads / 2,
                Thread.ofPlatform().daemon().name("views-", 0).factory());
    }

    /**
     * Of how many steps the views are held at a time, beside those of a step that is worked out when asked for: some more
     * than there are threads, so that their code is warm before the first step is.
     */
    static int held(int threads) {
        return threads < 2 ? 0 : threads / 2 + 6;
    }

    /** The views of the next step. */
    List<View> next() {
        if (pool == null) {
            return plan.views(next++);
        }
        while (coming.size() < held && next <= last) {
            int iteration = next++;
            coming.add(pool.submit(() -> plan.views(iteration)));
        }
        return finished(coming.remove());
    }

    private static List<View> finished(Future<List<View>> views) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return views.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case RuntimeException cause -> throw cause;
                        case Error cause -> throw cause;
                        default -> throw new IllegalStateException(e.getCause());
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
