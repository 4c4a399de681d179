package io.github.medgs.reconstruction;

import io.github.medgs.training.Heads;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.Volume;
import java.io.IOException;

/** Hears how a run goes, on the run's own thread. A listener that does nothing is {@link #SILENT}. */
public interface RunListener {

    /** Hears nothing. */
    RunListener SILENT = new RunListener() { };

    /** Something worth a line for people. */
    default void say(String line) {}

    /** Whether a long run is to try out how long, which takes some seconds, and to tell by {@link #expects}. */
    default boolean wantsForecast() {
        return false;
    }

    /** A long run is about to begin: what it is expected to take. */
    default void expects(Forecast forecast) {}

    /**
     * All input is read and checked, nothing has been written, and the run is about to begin.
     *
     * @throws io.github.medgs.InputException to call it off
     */
    default void learns(Subject subject) throws IOException {}

    /**
     * What a run learns.
     *
     * @param image the whole volume, in its own units
     * @param data its slices and mask as they are learnt
     * @param heads resolved
     */
    record Subject(Volume image, TrainingData data, Heads heads) {}

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
