package io.github.medgs.training;

import io.github.medgs.model.TrainedModel;

/** Hears how a run goes. Called on the trainer's thread. */
public interface TrainingListener {

    /** A step was done. Cheap listeners only: this comes for every step. */
    default void stepped(int iteration, int iterations) {}

    /** A row of the history was closed. */
    default void reported(History.Row row, int iterations) {}

    /** Asked after every step: whether {@link #model} is to be called now. */
    default boolean wantsModel() {
        return false;
    }

    /** The model as it is after this step. It goes on changing: a listener that keeps it makes a copy, here. */
    default void model(TrainedModel model) {}

    /** A checkpoint stands on the disk. */
    default void checkpointed(int iteration) {}

    /** Something worth a line. */
    default void note(String line) {}
}
