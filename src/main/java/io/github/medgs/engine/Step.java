package io.github.medgs.engine;

import java.util.List;

/**
 * All that one training step depends on besides the model.
 *
 * @param iteration 1 for the first step; Adam's bias correction counts it
 * @param rates learning rate of each parameter row; 0 freezes a row
 * @param drawnOnly Adam moves only the Gaussians that some view of this step drew
 * @param statistics whether this step enters the density statistics
 */
public record Step(
        int iteration,
        List<View> views,
        float[] rates,
        Adam adam,
        SpreadPenalty spreadPenalty,
        boolean drawnOnly,
        boolean statistics) {

    /** Most views of a step: three slices and two between them, as published. */
    public static final int MOST_VIEWS = 8;

    /** Adam's constants. */
    public record Adam(float beta1, float beta2, float epsilon) {

        /** What a learning rate is divided by for the first moment's bias: 1 - beta1^iteration. */
        public double firstCorrection(int iteration) {
            return 1 - Math.pow(beta1, iteration);
        }

        /** What the root of the second moment is multiplied by for its bias: 1 / sqrt(1 - beta2^iteration). */
        public float secondCorrection(int iteration) {
            return (float) (1 / Math.sqrt(1 - Math.pow(beta2, iteration)));
        }
    }

    /**
     * The sigma regulariser: weight times the mean, over the Gaussians that violate it, of lowest - sigma and of sigma
     * - highest.
     */
    public record SpreadPenalty(float lowest, float highest, float weight) {
        public static final SpreadPenalty NONE = new SpreadPenalty(0f, 1f, 0f);
    }

    public Step {
        if (views.isEmpty() || views.size() > MOST_VIEWS) {
            throw new IllegalArgumentException(views.size() + " views in a step");
        }
    }
}
