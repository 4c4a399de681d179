package io.github.medgs.view;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that is made when it is first asked for, by one thread while the others wait, and kept until forgotten. Who
 * forgets it waits for nobody: what is being made of what has changed is made anew, and nobody gets it.
 */
final class Once<T> {

    /** A maker saw that what it makes is of something that has changed meanwhile. */
    static final class Outdated extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** @param generation how often it had been forgotten when its making began */
    private record Made<T>(T thing, int generation) {}

    private final Callable<T> maker;
    private final AtomicInteger generation = new AtomicInteger();
    private volatile Made<T> made;

    /** @param maker may throw {@link Outdated} to begin again */
    Once(Callable<T> maker) {
        this.maker = maker;
    }

    synchronized T get() throws Exception {
        while (true) {
            Made<T> now = made;
            if (now != null && now.generation == generation.get()) {
                return now.thing;
            }
            int began = generation.get();
            try {
                made = new Made<>(maker.call(), began);
            } catch (Outdated e) {
                // Begun again.
            }
        }
    }

    /** Makes it anew the next time. */
    void forget() {
        generation.incrementAndGet();
        made = null;
    }
}
