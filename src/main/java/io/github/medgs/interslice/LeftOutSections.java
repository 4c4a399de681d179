package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * Which of two predictors of a mask is to be trusted where: each kept slice is left out and predicted from those round
 * it by both, and the one that marks fewer pixels wrongly near a place gets the larger share there.
 */
final class LeftOutSections {

    /** Standard deviation of what counts as near within a slice, in pixels. */
    private static final float NEAR = 6f;

    /** How much of a pixel is wrong anyway. */
    private static final double ANYWAY = 0.003;

    /** Power of the ratio of errors over the whole mask; that of the ratio nearby is 1. */
    private static final double WHOLE = 2;

    /** So few slices between two sections say little. */
    private static final double FEW = 2;

    /** At twice the gap, at which it is tried, the torsion predictor fails sooner than at the gap itself. */
    private static final double AT_HALF_THE_GAP = 5;

    private final int pixels;
    private final float[][] shapeErrors;
    private final float[][] torsionErrors;
    private final double whole;
    private final double evidence;

    LeftOutSections(KeptSlices slices, ShapePredictor shape, TorsionPredictor torsion, Workers workers) {
        int count = slices.count();
        pixels = slices.pixels();
        shapeErrors = new float[count][];
        torsionErrors = new float[count][];
        double[] shapeSums = new double[count];
        double[] torsionSums = new double[count];
        double[] z = slices.positions();
        workers.forEach(Math.max(0, count - 2), (n, worker) -> {
            int k = n + 1;
            float[] guess = new float[pixels];
            float[] scratch = new float[pixels];
            shape.between(Math.max(0, k - 2), k - 1, k + 1, Math.min(count - 1, k + 2),
                    (z[k] - z[k - 1]) / (z[k + 1] - z[k - 1]), guess);
            shapeErrors[k] = wrong(slices, k, guess, 0.5f);
            shapeSums[k] = sum(shapeErrors[k]);
            torsion.between(k - 1, k + 1, k, z[k], guess);
            torsionErrors[k] = wrong(slices, k, guess, 0f);
            torsionSums[k] = sum(torsionErrors[k]);
            SliceFilter.blur(shapeErrors[k], slices.height(), slices.width(), NEAR, scratch);
            SliceFilter.blur(torsionErrors[k], slices.height(), slices.width(), NEAR, scratch);
        });
        int between = 0;
        for (int k = 1; k + 1 < count; k++) {
            between += torsion.has(k - 1) && torsion.has(k + 1) ? 1 : 0;
        }
        evidence = (double) between * between / (between * between + FEW * FEW);
        whole = evidence * AT_HALF_THE_GAP * Math.pow((sum(shapeSums) + 1) / (sum(torsionSums) + 1), WHOLE);
    }

    private static float[] wrong(KeptSlices slices, int slice, float[] guess, float level) {
        boolean[] inside = slices.inside(slice);
        float[] wrong = new float[guess.length];
        for (int p = 0; p < wrong.length; p++) {
            wrong[p] = guess[p] >= level == inside[p] ? 0 : 1;
        }
        return wrong;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** How much the mask's own sections can tell, 0 to 1: nothing where none lies between two others. */
    double evidence() {
        return evidence;
    }

    /** The torsion predictor's share of each pixel between a slice and the next. */
    float[] shareOfTorsion(int gap) {
        float[] share = new float[pixels];
        for (int p = 0; p < pixels; p++) {
            double shapes = ANYWAY;
            double torsions = ANYWAY;
            for (int k = Math.max(0, gap - 1); k <= Math.min(shapeErrors.length - 1, gap + 2); k++) {
                if (shapeErrors[k] != null) {
                    double weight = k < gap || k > gap + 1 ? 0.5 : 1;
                    shapes += weight * shapeErrors[k][p];
                    torsions += weight * torsionErrors[k][p];
                }
            }
            double ratio = whole * shapes / torsions;
            share[p] = (float) (ratio / (1 + ratio));
        }
        return share;
    }
}
