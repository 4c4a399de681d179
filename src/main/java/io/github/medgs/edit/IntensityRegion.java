package io.github.medgs.edit;

import io.github.medgs.InputException;
import io.github.medgs.model.TrainedModel;

/** Where a model draws an intensity of a range. */
final class IntensityRegion implements Region {

    private final DrawnSlices slices;
    private final double from;
    private final double to;

    IntensityRegion(Selection.Intensity range, TrainedModel model, DrawnSlices slices) {
        if (!model.image()) {
            throw new InputException("intensity", "selects by the image head, which this model has not",
                    "select by a mask or a place");
        }
        this.slices = slices;
        double span = (double) model.window().high() - model.window().low();
        // What lies outside the window is drawn at its ends.
        this.from = range.from() <= model.window().low() ? Double.NEGATIVE_INFINITY
                : (range.from() - model.window().low()) / span;
        this.to = range.to() >= model.window().high() ? Double.POSITIVE_INFINITY
                : (range.to() - model.window().low()) / span;
    }

    @Override
    public boolean contains(double column, double row, double depth) {
        float value = slices.at(0, column, row, depth);
        return value >= from && value <= to;
    }
}
