package io.github.medgs.engine;

import io.github.medgs.model.ParameterTable;
import java.util.function.Consumer;

/** A model in training on an engine. A session is used by one thread at a time. */
public interface TrainingSession extends AutoCloseable {

    /** Draws the step's views, takes their loss and its gradient, and moves the parameters by one step of Adam. */
    StepLosses step(Step step);

    /**
     * As {@link #step}, but a device need not be waited for: the losses come later, step after step in their order, all
     * of them before {@link #await} or any other method here returns.
     */
    default void submit(Step step, Consumer<StepLosses> losses) {
        losses.accept(step(step));
    }

    /** Waits for all submitted steps; their losses were passed on when it returns. */
    default void await() {}

    /**
     * The gradient of a step's loss, without moving anything.
     *
     * @param gradient output, rows and capacity of the model's parameters; only living Gaussians' columns are written
     */
    StepLosses gradient(Step step, ParameterTable gradient);

    /** What was gathered since the last {@link #clearStatistics}, for density control. On a device, read back. */
    DensityStatistics statistics();

    /** Takes over statistics that a checkpoint kept. */
    void restoreStatistics(DensityStatistics saved);

    /** Sets the statistics to zero. */
    void clearStatistics();

    /** Brings the parameters and moments into the host's arrays: before they are saved or changed there. */
    void download();

    /** Takes over what the host changed in the model or the moments, the count included. */
    void upload();

    @Override
    void close();
}
