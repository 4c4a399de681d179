package io.github.medgs.evaluation.surface;

import java.io.IOException;

/** A way to get a structure's whole surface from a few slices of it. */
public interface SurfaceMethod {

    /** As it stands in tables. */
    String name();

    /**
     * The structure's field at any positions: its surface is where the field is 0.5, inside is above.
     *
     * @param positions millimetres from the first kept slice, increasing, equally spaced
     * @return slice by slice, row by row, one slice per position
     */
    float[] field(KeptSlices kept, double[] positions) throws IOException;
}
