package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import java.util.Arrays;

/** Which pixels Gaussians touch at one time, and how heavily: one after the other, in one growing list. */
final class Footprints {

    private final FoldedGaussians gaussians;
    private final float[] parameters;
    private final int capacity;
    private final int[] form;
    private final int opacityRow;
    private final float[] splat = new float[Layout.SPLAT_STRIDE];
    private int[] gaussian = new int[1024];
    private int[] starts = new int[1024];
    private int[] pixels = new int[1 << 14];
    private float[] weights = new float[1 << 14];
    private final float time;
    private int count;

    /** @param opacityRow of the head, see {@link HeadRows#opacity} */
    Footprints(FoldedGaussians gaussians, int opacityRow, float time) {
        this.gaussians = gaussians;
        parameters = gaussians.parameters().values();
        capacity = gaussians.capacity();
        form = gaussians.form().toKernel();
        this.opacityRow = opacityRow;
        this.time = time;
    }

    /** Adds the next Gaussian; one that is not drawn touches nothing. */
    void add(int g) {
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            gaussian = Arrays.copyOf(gaussian, 2 * gaussian.length);
        }
        int at = count == 0 ? 0 : starts[count];
        gaussian[count] = g;
        starts[count++] = at;
        if (Folding.fold(parameters, capacity, form, g, time, splat, 0) != 0) {
            at = addPixels(at, opacity(g));
        }
        starts[count] = at;
    }

    // The splat has the weights of heads that stand in the form's own rows.
    private float opacity(int g) {
        return opacityRow == Layout.IMAGE_OPACITY ? splat[Layout.SPLAT_IMAGE_OPACITY]
                : opacityRow == Layout.MASK_OPACITY ? splat[Layout.SPLAT_MASK_OPACITY]
                : splat[Layout.SPLAT_MASK_OPACITY]
                        * Transcendental.exp(gaussians.get(opacityRow, g) - gaussians.get(Layout.MASK_OPACITY, g));
    }

    private int addPixels(int from, float opacity) {
        int at = from;
        int width = form[Layout.WIDTH];
        int firstRow = Math.max(0, (int) Math.ceil(splat[Layout.MEAN_V] - splat[Layout.EXTENT_V]));
        int lastRow = Math.min(form[Layout.HEIGHT] - 1, (int) Math.floor(splat[Layout.MEAN_V] + splat[Layout.EXTENT_V]));
        int firstColumn = Math.max(0, (int) Math.ceil(splat[Layout.MEAN_U] - splat[Layout.EXTENT_U]));
        int lastColumn = Math.min(width - 1, (int) Math.floor(splat[Layout.MEAN_U] + splat[Layout.EXTENT_U]));
        for (int row = firstRow; row <= lastRow; row++) {
            float v = row - splat[Layout.MEAN_V];
            for (int column = firstColumn; column <= lastColumn; column++) {
                float u = column - splat[Layout.MEAN_U];
                float exponent = -0.5f * (splat[Layout.CONIC_A] * u * u + splat[Layout.CONIC_C] * v * v)
                        - splat[Layout.CONIC_B] * u * v;
                if (exponent >= -splat[Layout.CUT]) {
                    if (at == pixels.length) {
                        pixels = Arrays.copyOf(pixels, 2 * at);
                        weights = Arrays.copyOf(weights, 2 * at);
                    }
                    pixels[at] = row * width + column;
                    weights[at++] = opacity * Transcendental.exp(exponent);
                }
            }
        }
        return at;
    }

    /** The intensity of one of them in a head. */
    float intensity(int n, int intensityRow) {
        return 0.5f + Folding.C0 * Folding.intensityCoefficient(parameters, capacity, gaussian[n], intensityRow,
                form[Layout.INTENSITY_DEGREE], gaussians.get(Layout.TIME, gaussian[n]) - time);
    }

    /** How many Gaussians there are. */
    int count() {
        return count;
    }

    int first(int n) {
        return starts[n];
    }

    int end(int n) {
        return starts[n + 1];
    }

    int pixel(int at) {
        return pixels[at];
    }

    float weight(int at) {
        return weights[at];
    }

    /** Divides every weight by the sum of weights of its pixel. */
    void normalise(float[] sums) {
        for (int at = 0; at < starts[count]; at++) {
            weights[at] /= sums[pixels[at]];
        }
    }
}
