package io.github.medgs.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long work will still take, once that can be known: when the pace of the last seconds tells the same end as the pace a
 * second before did. The first steps run before Java has compiled them, and say nothing.
 */
final class Pace {

    private static final double SECONDS_BETWEEN = 1;
    private static final int SECONDS_LOOKED_BACK = 10;
    private static final int FEWEST_SAMPLES = 3;
    private static final double AGREEMENT = 0.25;

    /** When so many steps were done. */
    private record Sample(double seconds, long done) {}

    private final long steps;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private double end = Double.NaN;
    private boolean known;

    /** @param steps of the whole work */
    Pace(long steps) {
        this.steps = steps;
    }

    /**
     * Work has come to a step.
     *
     * @param seconds since any fixed moment
     */
    void to(long done, double seconds) {
        if (!samples.isEmpty() && seconds - samples.getLast().seconds() < SECONDS_BETWEEN) {
            return;
        }
        samples.addLast(new Sample(seconds, done));
        while (samples.size() > FEWEST_SAMPLES && seconds - samples.getFirst().seconds() > SECONDS_LOOKED_BACK) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        if (samples.size() < FEWEST_SAMPLES || done == first.done()) {
            return;
        }
        double left = (steps - done) * (seconds - first.seconds()) / (done - first.done());
        double before = end - seconds;
        end = seconds + left;
        known |= Math.abs(left - before) <= AGREEMENT * Math.max(left, SECONDS_BETWEEN);
    }

    /** Seconds to go from a moment on; NaN while it cannot be known. */
    double left(double seconds) {
        return known ? Math.max(0, end - seconds) : Double.NaN;
    }
}
