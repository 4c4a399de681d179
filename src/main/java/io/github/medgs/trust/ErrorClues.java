package io.github.medgs.trust;

import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.interslice.SlicePredictor;

/**
 * How large the error of a drawn voxel looks from the slices about it: a weighted sum, with weights of zero and more, of
 * what the motion leaves unexplained (difference of the two slices moved there, over 3 x 3 and 7 x 7 pixels), how far
 * linear, cubic, spline and motion disagree (standard deviation, of the voxel and over 3 x 3), and the geometric mean of
 * the unexplained and the local contrast; then times {@code (4 f (1 - f))^0.55} for a voxel a share f of the way between
 * its slices. Intensities are in widths of the window.
 *
 * <p>The weights are non-negative least squares on the absolute error of slices left out of 45 cases at strides 2, 3 and
 * 5, which are not those of the tables (other axes, other volumes); see {@code trust.md}. The scale of the sum means
 * little by itself: {@link ErrorModel} finds it for each stack.
 */
final class ErrorClues {

    private static final float LEAST = 0.001f;
    private static final float UNEXPLAINED = 0.085f;
    private static final float UNEXPLAINED_WIDELY = 0.31f;
    private static final float DISAGREEMENT = 0.15f;
    private static final float DISAGREEMENT_LOCALLY = 0.96f;
    private static final float CONTRAST = 0.31f;
    private static final double PROFILE = 0.55;

    private final MotionPredictor motion;
    private final SlicePredictor[] others;
    private final int height;
    private final int width;

    ErrorClues(MotionPredictor motion, int threads) {
        this.motion = motion;
        KeptSlices slices = motion.slices();
        this.others = new SlicePredictor[] {Interpolation.LINEAR.ofImage(slices, threads),
            Interpolation.CUBIC.ofImage(slices, threads), Interpolation.SPLINE.ofImage(slices, threads)};
        this.height = slices.height();
        this.width = slices.width();
    }

    MotionPredictor motion() {
        return motion;
    }

    /**
     * The clue of every voxel of a slice.
     *
     * @param drawn output, height x width: what motion predicts there
     * @param clues output, likewise, above 0 between slices
     * @return standard deviation of the four predictions, likewise
     */
    float[] at(int slice, double fraction, float[] drawn, float[] clues) {
        int n = height * width;
        motion.predict(slice, fraction, drawn);
        float[] disagreement = disagreement(slice, fraction, drawn);
        float[] before = new float[n];
        float[] after = new float[n];
        motion.warped(slice, fraction, before, after);
        for (int p = 0; p < n; p++) {
            before[p] = Math.abs(before[p] - after[p]);
        }
        float[] near = BoxMean.of(before, height, width, 1);
        float[] wide = BoxMean.of(before, height, width, 3);
        float[] contrast = BoxMean.of(contrast(drawn), height, width, 1);
        float[] local = BoxMean.of(disagreement, height, width, 1);
        float profile = profile(fraction);
        for (int p = 0; p < n; p++) {
            clues[p] = profile * (LEAST + UNEXPLAINED * near[p] + UNEXPLAINED_WIDELY * wide[p]
                    + DISAGREEMENT * disagreement[p] + DISAGREEMENT_LOCALLY * local[p]
                    + CONTRAST * (float) Math.sqrt(contrast[p] * wide[p]));
        }
        return disagreement;
    }

    /**
     * The clue of what lies beyond the window, in the same way from what motion leaves unexplained of it alone.
     *
     * @param clues output, height x width; untouched where the answer is no
     * @return whether any slice near has excess
     */
    boolean beyond(Excess excess, int slice, double fraction, float[] clues) {
        float[] difference = new float[height * width];
        if (excess == null || !excess.unexplained(slice, fraction, difference)) {
            return false;
        }
        float[] near = BoxMean.of(difference, height, width, 1);
        float[] wide = BoxMean.of(difference, height, width, 3);
        float profile = profile(fraction);
        for (int p = 0; p < clues.length; p++) {
            clues[p] = profile * (UNEXPLAINED * near[p] + UNEXPLAINED_WIDELY * wide[p]);
        }
        return true;
    }

    private static float profile(double fraction) {
        return (float) Math.pow(4 * fraction * (1 - fraction), PROFILE);
    }

    /** Standard deviation of the four predictions. */
    private float[] disagreement(int slice, double fraction, float[] drawn) {
        float[] sum = drawn.clone();
        float[] squares = new float[drawn.length];
        float[][] opinions = new float[others.length][drawn.length];
        for (int o = 0; o < others.length; o++) {
            others[o].predict(slice, fraction, opinions[o]);
            for (int p = 0; p < sum.length; p++) {
                sum[p] += opinions[o][p];
            }
        }
        for (int p = 0; p < sum.length; p++) {
            float mean = sum[p] / (others.length + 1);
            float square = (drawn[p] - mean) * (drawn[p] - mean);
            for (float[] opinion : opinions) {
                square += (opinion[p] - mean) * (opinion[p] - mean);
            }
            squares[p] = (float) Math.sqrt(square / (others.length + 1));
        }
        return squares;
    }

    /** Length of the gradient in the plane, by central differences. */
    private float[] contrast(float[] picture) {
        float[] contrast = new float[picture.length];
        for (int row = 0; row < height; row++) {
            int above = Math.max(0, row - 1) * width;
            int below = Math.min(height - 1, row + 1) * width;
            for (int column = 0; column < width; column++) {
                float across = picture[row * width + Math.min(width - 1, column + 1)]
                        - picture[row * width + Math.max(0, column - 1)];
                float down = picture[below + column] - picture[above + column];
                contrast[row * width + column] = 0.5f * (float) Math.sqrt(across * across + down * down);
            }
        }
        return contrast;
    }
}
