package io.github.medgs.interslice;

import io.github.medgs.kernel.BlendedPicture;

/**
 * What lies between slices. Asked as often as needed, from any number of threads where nothing else is said; the same
 * slices give the same bits.
 */
@FunctionalInterface
public interface SlicePredictor {

    /**
     * The slice {@code fraction} of the way from a slice to the next.
     *
     * @param slice index of the slice before, below count - 1
     * @param fraction from 0 to 1
     * @param out output, height x width, row by row: an image in [0, 1], or a field that is 0.5 on a mask's boundary and
     *     above inside
     * @throws IllegalArgumentException for a place outside the stack
     */
    void predict(int slice, double fraction, float[] out);

    /** What its pictures are blended from, for a device that makes them itself; {@code null} when they are no blends. */
    default BlendedPicture.Stack stack() {
        return null;
    }

    /** How the picture at a place is blended from the {@link #stack}: {@link BlendedPicture#FLOATS} floats. */
    default float[] describe(int slice, double fraction) {
        throw new UnsupportedOperationException();
    }
}
