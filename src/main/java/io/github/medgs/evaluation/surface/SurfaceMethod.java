package io.github.medgs.evaluation.surface;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.training.TrainingData;
import java.io.IOException;

/** A way to get a structure's whole surface from a few slices of it. */
public interface SurfaceMethod {

    /** As it stands in tables. */
    String name();

    /**
     * The structure's field at any positions: its surface is where the field is 0.5, inside is above.
     *
     * @param kept the slices that were kept, nothing of those that were dropped; the mask 0 or 1
     * @param positions millimetres from the first kept slice, increasing; where the image's slices are unequally far apart,
     *     these are too
     * @return slice by slice, row by row, one slice per position
     */
    float[] field(TrainingData kept, double[] positions) throws IOException;
}
