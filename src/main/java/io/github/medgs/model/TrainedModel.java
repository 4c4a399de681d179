package io.github.medgs.model;

import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceGeometry;

/**
 * A model and what it was learnt from: enough to draw slices in the input's units at their place in the patient.
 *
 * @param geometry where the slices lie
 * @param window which intensities became [0, 1]
 * @param image whether the image head was trained
 * @param mask whether the mask head was trained
 */
public record TrainedModel(
        FoldedGaussians gaussians, SliceGeometry geometry, IntensityWindow window, boolean image, boolean mask) {

    /** From millimetres to the model's time. */
    public TimeScale timeScale() {
        return new TimeScale(gaussians.form().timeAxis(), geometry.positions());
    }
}
