package io.github.medgs.training;

import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import java.util.Arrays;

/**
 * How much of each pixel of a slice is each of its Gaussians: the weights of a normalised sum, Gaussian by Gaussian and
 * pixel by pixel.
 */
final class GaussianWeights {

    /** Of Gaussian n, weights {@code start[n]} to {@code start[n + 1] - 1}. */
    final int[] start;
    final int[] pixel;
    final float[] weight;
    /** Of pixel p, entries {@code startAt[p]} to {@code startAt[p + 1] - 1}: Gaussians, and where their weight there stands. */
    final int[] startAt;
    final int[] gaussian;
    final int[] entry;

    /**
     * @param from first Gaussian of the slice; {@code to} the one after the last
     * @param slice the time at which they are drawn
     */
    GaussianWeights(FoldedGaussians gaussians, int from, int to, int slice) {
        int[] form = gaussians.form().toKernel();
        int pixels = form[WIDTH] * form[HEIGHT];
        start = new int[to - from + 1];
        int[] places = new int[64 * (to - from)];
        float[] weights = new float[places.length];
        float[] sums = new float[pixels];
        float[] splat = new float[SPLAT_STRIDE];
        int count = 0;
        for (int g = from; g < to; g++) {
            if (Folding.fold(gaussians.parameters().values(), gaussians.capacity(), form, g, slice, splat, 0) == 1) {
                int left = Math.max(0, (int) Math.ceil(splat[MEAN_U] - splat[EXTENT_U]));
                int right = Math.min(form[WIDTH] - 1, (int) Math.floor(splat[MEAN_U] + splat[EXTENT_U]));
                int top = Math.max(0, (int) Math.ceil(splat[MEAN_V] - splat[EXTENT_V]));
                int bottom = Math.min(form[HEIGHT] - 1, (int) Math.floor(splat[MEAN_V] + splat[EXTENT_V]));
                int most = count + Math.max(0, right - left + 1) * Math.max(0, bottom - top + 1);
                if (most > places.length) {
                    places = Arrays.copyOf(places, Math.max(most, places.length + places.length / 2));
                    weights = Arrays.copyOf(weights, places.length);
                }
                for (int row = top; row <= bottom; row++) {
                    for (int column = left; column <= right; column++) {
                        float exponent = AlphaCompositing.exponent(splat[CONIC_A], splat[CONIC_B], splat[CONIC_C],
                                splat[MEAN_U] - column, splat[MEAN_V] - row);
                        if (exponent >= -splat[CUT]) {
                            places[count] = row * form[WIDTH] + column;
                            weights[count] = splat[SPLAT_MASK_OPACITY] * Transcendental.exp(exponent);
                            sums[places[count]] += weights[count];
                            count++;
                        }
                    }
                }
            }
            start[g - from + 1] = count;
        }
        pixel = Arrays.copyOf(places, count);
        weight = Arrays.copyOf(weights, count);
        for (int n = 0; n < count; n++) {
            weight[n] = NormalisedSum.finish(sums[pixel[n]], weight[n]);
        }
        startAt = new int[pixels + 1];
        for (int p : pixel) {
            startAt[p + 1]++;
        }
        for (int p = 0; p < pixels; p++) {
            startAt[p + 1] += startAt[p];
        }
        gaussian = new int[count];
        entry = new int[count];
        int[] filled = Arrays.copyOf(startAt, pixels);
        for (int n = 0; n + 1 < start.length; n++) {
            for (int at = start[n]; at < start[n + 1]; at++) {
                int slot = filled[pixel[at]]++;
                gaussian[slot] = n;
                entry[slot] = at;
            }
        }
    }

    /** Whether a slice of this form shows its own Gaussians alone. */
    static boolean standAlone(ModelForm form) {
        return form.window() == TemporalWindow.HAT;
    }
}
