package io.github.medgs.engine;

/**
 * One drawing of the model in a step, and what its pixels cost.
 *
 * @param time in the model's time axis
 * @param image target of the image head, or {@code null} when it has none here
 * @param mask target of the mask head, or {@code null}
 * @param imageCost weights for the image head
 * @param maskCost weights for the mask head; its SSIM weight is 0
 * @param counted whether this view is a training slice: it enters the density statistics and the PSNR
 */
public record View(float time, Target image, Target mask, PixelCost imageCost, PixelCost maskCost, boolean counted) {

    /**
     * Weights of a head's loss, each for the mean over the slice's pixels.
     *
     * @param absolute weight of the mean absolute difference
     * @param squared weight of the mean squared difference
     * @param structural weight of 1 - SSIM
     */
    public record PixelCost(float absolute, float squared, float structural) {
        public static final PixelCost NONE = new PixelCost(0f, 0f, 0f);
    }
}
