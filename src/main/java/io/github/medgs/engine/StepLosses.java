package io.github.medgs.engine;

/**
 * What a step cost.
 *
 * @param total the whole weighted loss
 * @param image its part from the image head on training slices
 * @param between its part from views between the slices, both heads
 * @param mask its part from the mask head on training slices
 * @param spread its part from the sigma regulariser
 * @param meanSquaredError of the image head on the training slices of the step; NaN without any
 * @param maskMeanSquaredError of the mask head likewise
 */
public record StepLosses(
        double total,
        double image,
        double between,
        double mask,
        double spread,
        double meanSquaredError,
        double maskMeanSquaredError) {

    /** Peak signal-to-noise ratio of the image head in decibel, for values in [0, 1]. */
    public double psnr() {
        return -10.0 * Math.log10(meanSquaredError);
    }
}
