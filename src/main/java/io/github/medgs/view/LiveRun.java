package io.github.medgs.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.training.History;
import io.github.medgs.reconstruction.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A run that is watched while it trains. It costs the trainer a comparison a step while nobody looks; when a slice is
 * asked for, the trainer copies the model once, between two steps, and slices are drawn from that copy by an engine of
 * their own. Nothing of the run depends on it.
 */
final class LiveRun implements RunListener.Progress, ModelSource {

    private static final long NANOS_BETWEEN_EVENTS = 250_000_000L;
    private static final long NANOS_UNTIL_STALE = 1_000_000_000L;
    private static final long SECONDS_TO_FIRST = 20;
    private static final long MILLISECONDS_TO_NEXT = 400;

    private final Frame frame;
    private final EventStream events = new EventStream();
    private final List<History.Row> rows = new CopyOnWriteArrayList<>();
    private volatile long began = System.nanoTime();
    private long lastEvent = began;
    private volatile int firstStep = -1;
    private volatile int iteration;
    private volatile int iterations;
    private volatile boolean stopRequested;
    private volatile String ending;
    private volatile String work = "training";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private volatile boolean wanted;
    private TrainedModel copy;
    private long copied;

    LiveRun(Frame frame) {
        this.frame = frame;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    EventStream events() {
        return events;
    }

    List<History.Row> history() {
        return rows;
    }

    /** Asks the run to stop at its next step, with a checkpoint. */
    void stop() {
        stopRequested = true;
        events.publish("progress", progress());
    }

    /** Whether somebody pressed the button. */
    boolean stopRequested() {
        return stopRequested;
    }

    /** Says how it ended. @param how a line for people */
    void ended(String how) {
        ending = how;
        events.publish("ended", progress());
    }

    /** Where the run is now. */
    ObjectNode progress() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("work", work);
        node.put("iteration", iteration);
        node.put("iterations", iterations);
        int done = iteration - firstStep;
        if (firstStep >= 0 && done > 0) {
            double perStep = (System.nanoTime() - began) / 1e9 / done;
            node.put("secondsLeft", Math.round(perStep * (iterations - iteration)));
        }
        node.put("stopping", stopRequested);
        if (ending != null) {
            node.put("ended", ending);
        }
        return node;
    }

    /** The training is over, and another piece of work begins. */
    void begin(String what, long steps) {
        work = what;
        began = System.nanoTime();
        firstStep = -1;
        iteration = 0;
        iterations = (int) steps;
    }

    @Override
    public void to(long step) {
        if (firstStep < 0) {
            firstStep = (int) step - 1;
        }
        iteration = (int) step;
        if (events.isHeard() && System.nanoTime() - lastEvent > NANOS_BETWEEN_EVENTS) {
            lastEvent = System.nanoTime();
            events.publish("progress", progress());
        }
    }

    @Override
    public void reported(History.Row row, int iterations) {
        rows.add(row);
        events.publish("row", StateJson.row(row));
    }

    @Override
    public boolean wantsModel() {
        return wanted;
    }

    @Override
    public void model(TrainedModel model) {
        // While a slice is drawn from the copy, the trainer goes on and offers it again after its next step.
        if (!lock.tryLock()) {
            return;
        }
        try {
            wanted = false;
            copy = copyOf(model, copy);
            copied = System.nanoTime();
        } catch (OutOfMemoryError e) {
            // The run comes first: then there is nothing to see.
            copy = null;
        } finally {
            arrived.signalAll();
            lock.unlock();
        }
    }

    /** @param room an earlier copy, whose arrays are used again where they fit; may be {@code null} */
    private static TrainedModel copyOf(TrainedModel model, TrainedModel room) {
        FoldedGaussians from = model.gaussians();
        ParameterTable table = room != null && room.gaussians().capacity() == from.capacity()
                ? room.gaussians().parameters() : new ParameterTable(from.form().rows(), from.capacity());
        for (int row = 0; row < from.form().rows(); row++) {
            System.arraycopy(from.parameters().values(), row * from.capacity(), table.values(), row * from.capacity(),
                    from.count());
        }
        TrainedModel apart = new TrainedModel(new FoldedGaussians(from.form(), table, from.count()), model.geometry(),
                model.window(), model.image(), model.mask());
        return model.labelled() ? apart.with(model.labels(), model.heads().apart()) : apart;
    }

    @Override
    public <T> T lend(Function<TrainedModel, T> use) throws InterruptedException {
        lock.lock();
        try {
            if (ending == null && (copy == null || System.nanoTime() - copied > NANOS_UNTIL_STALE)) {
                wanted = true;
                await();
            }
            if (copy == null) {
                throw new NothingYet();
            }
            return use.apply(copy);
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        long wait = copy == null ? TimeUnit.SECONDS.toNanos(SECONDS_TO_FIRST)
                : TimeUnit.MILLISECONDS.toNanos(MILLISECONDS_TO_NEXT);
        while (wanted && ending == null && wait > 0) {
            wait = arrived.awaitNanos(wait);
        }
    }

    /** The training has not begun to step. */
    static final class NothingYet extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
