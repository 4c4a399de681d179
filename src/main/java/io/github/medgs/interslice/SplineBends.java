package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;

/**
 * Second derivatives across slices, at every pixel of every slice, of the natural cubic spline: the smoothest curve
 * through the values of a pixel on all slices.
 */
final class SplineBends {

    private SplineBends() {}

    /**
     * Solves the tridiagonal system of every pixel (Press et al., Numerical Recipes, section 3.3); its matrix, which
     * depends on the positions only, is eliminated once.
     *
     * @return in the layout of the slices' values
     */
    static float[] of(KeptSlices slices, int threads) {
        int count = slices.count();
        int pixels = slices.pixels();
        float[] values = slices.values();
        float[] bends = new float[values.length];
        if (count < 3) {
            return bends;
        }
        double[] upper = new double[count];
        double[] pivot = new double[count];
        for (int k = 1; k < count - 1; k++) {
            double before = slices.gap(k - 1);
            double after = slices.gap(k);
            pivot[k] = 2 * (before + after) - before * upper[k - 1];
            upper[k] = after / pivot[k];
        }
        new Workers(threads).forEach(slices.height(), (row, worker) -> {
            for (int p = row * slices.width(); p < (row + 1) * slices.width(); p++) {
                for (int k = 1; k < count - 1; k++) {
                    double here = values[k * pixels + p];
                    double slopeBefore = (here - values[(k - 1) * pixels + p]) / slices.gap(k - 1);
                    double slopeAfter = (values[(k + 1) * pixels + p] - here) / slices.gap(k);
                    bends[k * pixels + p] = (float) ((6 * (slopeAfter - slopeBefore)
                            - slices.gap(k - 1) * bends[(k - 1) * pixels + p]) / pivot[k]);
                }
                for (int k = count - 3; k > 0; k--) {
                    bends[k * pixels + p] -= (float) (upper[k] * bends[(k + 1) * pixels + p]);
                }
            }
        });
        return bends;
    }
}
