package io.github.medgs.training;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.model.TrainedModel;

/**
 * All that a run needs to go on as if it had never stopped: model, moments, density statistics, the iteration, the
 * configuration and the engine. Random numbers are functions of seed and iteration, so there is no generator to save.
 *
 * @param heads the mask heads of many channels, or {@code null} where there is one
 * @param dataFingerprint of the slices and masks it was trained on
 */
record Checkpoint(
        TrainedModel model,
        AdamMoments moments,
        LabelHeads heads,
        DensityStatistics statistics,
        int iteration,
        TrainingConfig config,
        String engine,
        String dataFingerprint,
        History history) {}
