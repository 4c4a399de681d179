package io.github.medgs.interslice;

/** What becomes of a guess for a slice of a mask. */
@FunctionalInterface
interface SliceCorrection {

    /**
     * @param patches describe the slice's pixels
     * @param evidence how much the mask's own sections tell, 0 to 1
     * @return signed distances in pixels, positive inside; may be those of the guess
     */
    float[] correct(OutlinePatches patches, OutlinePatches.Slice slice, double evidence);
}
