package io.github.medgs.reconstruction;

import io.github.medgs.InputException;

/**
 * What the volume with slices between the slices is to hold.
 *
 * @param acquired whether acquired slices come back as they were, to the bit; else as the model draws them
 * @param floats whether voxels are stored as floats; else as the input's
 * @param uncertainty whether the expected error of every voxel is worked out
 * @param band share of the errors that the band is meant to hold, such as 0.9
 */
public record DrawingRecipe(boolean acquired, boolean floats, boolean uncertainty, double band) {

    /** Acquired slices as they were, the input's type, bands of 90 %. */
    public static final DrawingRecipe USUAL = new DrawingRecipe(true, false, true, 0.9);

    private static final double LOWEST_BAND = 0.5;
    private static final double HIGHEST_BAND = 0.99;

    /** @throws InputException for a band that nothing could be said of */
    public DrawingRecipe {
        if (!(band >= LOWEST_BAND && band <= HIGHEST_BAND)) {
            throw new InputException("band " + band, "is no share that can be learnt from left-out slices",
                    "give " + LOWEST_BAND + " to " + HIGHEST_BAND).naming("band");
        }
    }
}
