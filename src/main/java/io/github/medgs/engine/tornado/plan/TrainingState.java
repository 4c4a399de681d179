package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.model.FoldedGaussians;

/** What training changes, in the host's arrays; the device holds a copy of each. */
public record TrainingState(FoldedGaussians gaussians, AdamMoments moments, DensityStatistics statistics) {

    float[] parameters() {
        return gaussians.parameters().values();
    }

    float[] first() {
        return moments.first().values();
    }

    float[] second() {
        return moments.second().values();
    }

    Object[] model() {
        return new Object[] {parameters(), first(), second()};
    }

    Object[] figures() {
        return new Object[] {statistics.meanGradient(), statistics.timeGradient(), statistics.visible()};
    }
}
