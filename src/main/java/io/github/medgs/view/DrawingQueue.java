package io.github.medgs.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one drawing run at a time, the newest first. Whoever drags a slider wants the last depth, not all of them in
 * turn: of those that wait, the oldest are sent away once there are too many.
 */
final class DrawingQueue {

    /** The request was overtaken by newer ones. */
    static final class Overtaken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** One that waits. */
    private final class Waiting {
        private final Condition turn = lock.newCondition();
        private boolean called;
        private boolean sentAway;
    }

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    /** @param most how many may wait */
    DrawingQueue(int most) {
        this.most = most;
    }

    /** Does some drawing when its turn comes. */
    <T> T draw(Callable<T> drawing) throws Exception {
        enter();
        try {
            return drawing.call();
        } finally {
            leave();
        }
    }

    private void enter() throws Overtaken, InterruptedException {
        lock.lock();
        try {
            if (!busy) {
                busy = true;
                return;
            }
            Waiting me = new Waiting();
            waiting.addFirst(me);
            if (waiting.size() > most) {
                Waiting oldest = waiting.removeLast();
                oldest.sentAway = true;
                oldest.turn.signal();
            }
            try {
                while (!me.called && !me.sentAway) {
                    me.turn.await();
                }
            } catch (InterruptedException e) {
                if (me.called) {
                    passOn();
                }
                waiting.remove(me);
                throw e;
            }
            if (me.sentAway) {
                throw new Overtaken();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            passOn();
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        Waiting newest = waiting.pollFirst();
        busy = newest != null;
        if (busy) {
            newest.called = true;
            newest.turn.signal();
        }
    }
}
