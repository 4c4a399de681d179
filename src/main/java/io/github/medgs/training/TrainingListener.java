package io.github.medgs.training;

/** Hears how a run goes. Called on the trainer's thread. */
public interface TrainingListener {

    /** A step was done. Cheap listeners only: this comes for every step. */
    default void stepped(int iteration, int iterations) {}

    /** A row of the history was closed. */
    default void reported(History.Row row, int iterations) {}

    /** A checkpoint stands on the disk. */
    default void checkpointed(int iteration) {}

    /** Something worth a line. */
    default void note(String line) {}
}
