package io.github.medgs.reconstruction;

import io.github.medgs.training.TrainingListener;

/** Hears how a run goes, on the run's own thread. A listener that does nothing is {@link #SILENT}. */
public interface RunListener {

    /** Hears nothing. */
    RunListener SILENT = new RunListener() { };

    /** Something worth a line for people. */
    default void say(String line) {}

    /**
     * A piece of work begins.
     *
     * @param what its name in a word: training, drawing
     * @param steps how many steps it has
     */
    default Progress begin(String what, long steps) {
        return step -> { };
    }

    /** The course of a piece of work; closed when the work is over, whatever its end. */
    interface Progress extends TrainingListener, AutoCloseable {

        /** Work has come to this step. Called for every step: cheap listeners only. */
        void to(long step);

        @Override
        default void stepped(int iteration, int iterations) {
            to(iteration);
        }

        @Override
        default void close() {}
    }
}
