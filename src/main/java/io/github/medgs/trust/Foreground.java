package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;

/** Where there is something between two slices: one of them is above the window's low end. */
public final class Foreground {

    private Foreground() {}

    /** @param before the slice before the place; the next one is the one after */
    public static boolean of(KeptSlices slices, int before, int pixel) {
        float[] values = slices.values();
        int pixels = slices.pixels();
        return values[before * pixels + pixel] > 0 || values[(before + 1) * pixels + pixel] > 0;
    }
}
