package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import java.util.Arrays;

/** Which pixels Gaussians touch at one time, and how heavily: one after the other, in one growing list. */
final class Footprints {

    private final float[] parameters;
    private final int capacity;
    private final int[] form;
    private final int opacityField;
    private final float[] splat = new float[Layout.SPLAT_STRIDE];
    private int[] starts = new int[1024];
    private int[] pixels = new int[1 << 14];
    private float[] weights = new float[1 << 14];
    private int count;

    /** @param opacityField of the head, as {@link Layout#SPLAT_IMAGE_OPACITY} */
    Footprints(FoldedGaussians gaussians, int opacityField) {
        parameters = gaussians.parameters().values();
        capacity = gaussians.capacity();
        form = gaussians.form().toKernel();
        this.opacityField = opacityField;
    }

    void clear() {
        count = 0;
    }

    /** Adds the next Gaussian; one that is not drawn touches nothing. */
    void add(int g, float time) {
        starts = count + 2 > starts.length ? Arrays.copyOf(starts, 2 * starts.length) : starts;
        int at = count == 0 ? 0 : starts[count];
        starts[count++] = at;
        if (Folding.fold(parameters, capacity, form, g, time, splat, 0) != 0) {
            at = addPixels(at);
        }
        starts[count] = at;
    }

    private int addPixels(int from) {
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
                    weights[at++] = splat[opacityField] * Transcendental.exp(exponent);
                }
            }
        }
        return at;
    }

    /** The intensity of the Gaussian that was added last. */
    float intensity() {
        return splat[opacityField + 1];
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
