package io.github.medgs.evaluation.interpolation;

/**
 * How smoothly a stack runs across its slices: what no score of single slices sees, such as in-between slices that are
 * each plausible but flicker or jump from one to the next.
 */
public final class ThroughPlane {

    private ThroughPlane() {}

    /**
     * Mean absolute second difference across slices: the second divided difference times the square of the mean
     * slice distance, so that evenly spaced slices give {@code mean |v[f-1] - 2 v[f] + v[f+1]|}. Zero for a stack that
     * changes linearly with position. Compare it with the same number of the true stack: far below means too smooth,
     * above means jumpy.
     *
     * @param slices count images of equal size, in order of position
     * @param positions one per slice, increasing
     * @return zero when there are fewer than three slices
     */
    public static double roughness(float[][] slices, double[] positions) {
        int count = slices.length;
        if (count < 3) {
            return 0;
        }
        double meanDistance = (positions[count - 1] - positions[0]) / (count - 1);
        double sum = 0;
        long terms = 0;
        for (int f = 1; f < count - 1; f++) {
            double before = positions[f] - positions[f - 1];
            double after = positions[f + 1] - positions[f];
            double scale = 2 * meanDistance * meanDistance / (before + after);
            float[] previous = slices[f - 1];
            float[] current = slices[f];
            float[] next = slices[f + 1];
            for (int i = 0; i < current.length; i++) {
                double bend = ((double) next[i] - current[i]) / after - ((double) current[i] - previous[i]) / before;
                sum += Math.abs(scale * bend);
                terms++;
            }
        }
        return sum / terms;
    }
}
