package io.github.medgs.view;

import java.util.concurrent.Callable;

/** Something that is made when it is first asked for, by one thread while the others wait, and kept until forgotten. */
final class Once<T> {

    private final Callable<T> maker;
    private T made;

    Once(Callable<T> maker) {
        this.maker = maker;
    }

    synchronized T get() throws Exception {
        if (made == null) {
            made = maker.call();
        }
        return made;
    }

    /** Makes it anew the next time. */
    synchronized void forget() {
        made = null;
    }
}
