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

    /** Adds up what the views of one step cost, in their order. */
    public static final class Sum {

        private double image;
        private double between;
        private double mask;
        private double squaredError;
        private double maskSquaredError;
        private int imageViews;
        private int maskViews;

        /**
         * The image head of a view.
         *
         * @param loss weighted
         * @param meanSquaredError of its pixels
         */
        public void addImage(View view, double loss, double meanSquaredError) {
            if (view.counted()) {
                image += loss;
                squaredError += meanSquaredError;
                imageViews++;
            } else {
                between += loss;
            }
        }

        /** The mask head of a view, likewise. */
        public void addMask(View view, double loss, double meanSquaredError) {
            if (view.counted()) {
                mask += loss;
                maskSquaredError += meanSquaredError;
                maskViews++;
            } else {
                between += loss;
            }
        }

        /** @param spread what the sigma regulariser adds */
        public StepLosses with(double spread) {
            return new StepLosses(image + between + mask + spread, image, between, mask, spread,
                    squaredError / imageViews, maskSquaredError / maskViews);
        }
    }

    /** Peak signal-to-noise ratio of the image head in decibel, for values in [0, 1]. */
    public double psnr() {
        return -10.0 * Math.log10(meanSquaredError);
    }
}
