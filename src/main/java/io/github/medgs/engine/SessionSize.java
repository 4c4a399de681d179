package io.github.medgs.engine;

/**
 * How large a training session can get, told before it is opened.
 *
 * @param gaussians that there is room for
 * @param rows parameters of one Gaussian
 * @param views of a step at most
 * @param share of the Gaussians that one view draws, above 0, at most 1
 * @param slices that are learnt
 * @param height pixels of a slice along a column
 * @param width pixels of a slice along a row
 * @param mask whether a mask head is learnt beside the image's
 */
public record SessionSize(int gaussians, int rows, int views, double share, int slices, int height, int width, boolean mask) {

    /** Splats that a step draws, over all views. */
    public double splats() {
        return share * views * gaussians;
    }

    /** Pixels of a slice. */
    public long pixels() {
        return (long) height * width;
    }
}
