package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.model.FoldedGaussians;

/**
 * What training changes, as the host's arrays; the device holds a copy of each.
 *
 * @param parameters rows x capacity; {@code first} and {@code second}, Adam's moments, likewise
 * @param meanGradient per Gaussian; {@code timeGradient} and {@code visible} likewise
 */
public record TrainingState(
        float[] parameters, float[] first, float[] second, float[] meanGradient, float[] timeGradient, int[] visible) {

    public static TrainingState of(FoldedGaussians gaussians, AdamMoments moments, DensityStatistics statistics) {
        return new TrainingState(gaussians.parameters().values(), moments.first().values(), moments.second().values(),
                statistics.meanGradient(), statistics.timeGradient(), statistics.visible());
    }

    Object[] model() {
        return new Object[] {parameters, first, second};
    }

    Object[] figures() {
        return new Object[] {meanGradient, timeGradient, visible};
    }
}
