package io.github.medgs.view;

import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceGeometry;
import java.util.function.Function;

/** The model that is drawn: one that stands, or one that is still learning. */
interface ModelSource {

    /**
     * What does not change while a model learns.
     *
     * @param image whether the image head is trained
     * @param mask whether the mask head is trained
     */
    record Frame(SliceGeometry geometry, boolean image, boolean mask) {}

    Frame frame();

    /** The model itself, if it does not change; else {@code null}. */
    default TrainedModel standing() {
        return null;
    }

    /** Lends the model as it is now; it stands still meanwhile. */
    <T> T lend(Function<TrainedModel, T> use) throws Exception;
}
