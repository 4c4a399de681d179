package io.github.medgs.evaluation.interpolation;

import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.volume.SliceStack;
import java.io.IOException;
import java.util.Map;

/** A way to fill in slices, under the name by which reports know it. */
public interface InterpolationMethod {

    String name();

    /** What it does, in a line for the report. */
    String description();

    /** What it was told, for the report: names and values in order. */
    Map<String, Object> settings();

    /**
     * Learns from the kept slices all it will know.
     *
     * @param kept never holds a slice that will be scored
     */
    SlicePredictor fit(SliceStack kept) throws IOException;

    /** Whether it draws what the stack's motion predicts, so that the errors expected of that are expected of it. */
    default boolean drawsByMotion() {
        return false;
    }
}
