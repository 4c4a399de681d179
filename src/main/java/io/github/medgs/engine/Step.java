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

    /**
     * Adam's constants.
     *
     * @param share of a step that counts for the bias corrections. A Gaussian of one slice is drawn once in so many steps as
     *     there are slices: counting all of them takes its second moment for long settled when it is still near zero, and
     *     makes its rate too large by the root of that number
     */
    public record Adam(float beta1, float beta2, float epsilon, double share) {

        /** Every step counts, as published. */
        public Adam(float beta1, float beta2, float epsilon) {
            this(beta1, beta2, epsilon, 1);
        }

        /** What a learning rate is divided by for the first moment's bias: 1 - beta1^steps. */
        public double firstCorrection(int iteration) {
            return 1 - Math.pow(beta1, counted(iteration));
        }

        /** What the root of the second moment is multiplied by for its bias: 1 / sqrt(1 - beta2^steps). */
        public float secondCorrection(int iteration) {
            return (float) (1 / Math.sqrt(1 - Math.pow(beta2, counted(iteration))));
        }

        private double counted(int iteration) {
            return Math.max(1, iteration * share);
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
