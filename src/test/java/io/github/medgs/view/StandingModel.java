package io.github.medgs.view;

import io.github.medgs.model.TrainedModel;
import java.util.function.Function;

/** A model that stands. */
record StandingModel(TrainedModel standing) implements ModelSource {

    @Override
    public Frame frame() {
        return new Frame(standing.geometry(), standing.image(), standing.mask());
    }

    @Override
    public <T> T lend(Function<TrainedModel, T> use) {
        return use.apply(standing);
    }
}
