package io.github.medgs.engine.reference;

import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.AlphaCompositing;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.FoldingGradient;
import io.github.medgs.kernel.NormalisedSum;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import java.util.Arrays;

/** One slice of a model at one time: folded, drawn, and its gradient taken. */
final class SliceDrawing {

    private final FoldedGaussians gaussians;
    private final float[] parameters;
    private final int[] form;
    private final float time;
    private final int width;
    private final int height;
    private final int plane;

    /** The drawn Gaussians in array order, and their splats. */
    private final int[] drawn;
    private final float[] splats;
    private int drawnCount;

    /** Two planes a head: transmittance or sum of weights, then colour or weighted sum. */
    private final float[] imagePixels;
    private final float[] maskPixels;

    SliceDrawing(FoldedGaussians gaussians, float time) {
        this.gaussians = gaussians;
        this.parameters = gaussians.parameters().values();
        this.form = gaussians.form().toKernel();
        this.time = time;
        this.width = form[WIDTH];
        this.height = form[HEIGHT];
        this.plane = width * height;
        this.drawn = new int[gaussians.count()];
        this.splats = new float[gaussians.count() * SPLAT_STRIDE];
        this.imagePixels = new float[2 * plane];
        this.maskPixels = new float[2 * plane];
        fold();
    }

    private void fold() {
        for (int g = 0; g < gaussians.count(); g++) {
            drawn[drawnCount] = g;
            drawnCount += Folding.fold(
                    parameters, gaussians.capacity(), form, g, time, splats, drawnCount * SPLAT_STRIDE);
            // The last Gaussian's record must not run past the end when everything before it was drawn.
            if (drawnCount == gaussians.count()) {
                return;
            }
        }
    }

    int drawnCount() {
        return drawnCount;
    }

    /** The Gaussian behind splat {@code k}. */
    int gaussian(int k) {
        return drawn[k];
    }

    /** Draws the wanted heads; {@link #copyImage} and {@link #copyMask} then give the finished pixels. */
    void draw(boolean image, boolean mask) {
        start(imagePixels);
        start(maskPixels);
        for (int k = 0; k < drawnCount; k++) {
            int s = k * SPLAT_STRIDE;
            for (int row = firstRow(s); row <= lastRow(s); row++) {
                for (int column = firstColumn(s); column <= lastColumn(s); column++) {
                    float exponent = exponent(s, column, row);
                    if (exponent < -splats[s + CUT]) {
                        continue;
                    }
                    float gaussian = Transcendental.exp(exponent);
                    int p = row * width + column;
                    if (image) {
                        drawHead(s, SPLAT_IMAGE_OPACITY, gaussian, imagePixels, p);
                    }
                    if (mask) {
                        drawHead(s, SPLAT_MASK_OPACITY, gaussian, maskPixels, p);
                    }
                }
            }
        }
    }

    private void drawHead(int s, int opacityField, float gaussian, float[] pixels, int p) {
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            AlphaCompositing.draw(splats, s, opacityField, gaussian, pixels, p, plane);
        } else {
            NormalisedSum.draw(splats, s, opacityField, gaussian, pixels, p, plane);
        }
    }

    private void start(float[] pixels) {
        Arrays.fill(pixels, 0, plane, form[COMPOSITING] == COMPOSITING_ALPHA ? 1f : 0f);
        Arrays.fill(pixels, plane, 2 * plane, 0f);
    }

    void copyImage(float[] image) {
        finish(imagePixels, image);
    }

    void copyMask(float[] mask) {
        finish(maskPixels, mask);
    }

    private void finish(float[] pixels, float[] out) {
        for (int p = 0; p < plane; p++) {
            out[p] = form[COMPOSITING] == COMPOSITING_ALPHA
                    ? pixels[plane + p]
                    : NormalisedSum.finish(pixels[p], pixels[plane + p]);
        }
    }

    /**
     * Adds the gradient of a loss to that of the parameters, after {@link #draw}.
     *
     * @param image the finished image, and {@code dImage} dL / d image; both {@code null} when that head has no loss
     * @param gradient added to
     * @param meanGradients output when not {@code null}: for each drawn Gaussian the norm of its gradient by the mean,
     *     in half slice sizes, by index of the splat
     */
    void addGradient(float[] image, float[] dImage, float[] mask, float[] dMask, ParameterTable gradient,
            float[] meanGradients) {
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            start(imagePixels);
            start(maskPixels);
        }
        float[] splatGradient = new float[GRADIENT_STRIDE];
        for (int k = 0; k < drawnCount; k++) {
            int s = k * SPLAT_STRIDE;
            Arrays.fill(splatGradient, 0f);
            for (int row = firstRow(s); row <= lastRow(s); row++) {
                for (int column = firstColumn(s); column <= lastColumn(s); column++) {
                    float exponent = exponent(s, column, row);
                    if (exponent < -splats[s + CUT]) {
                        continue;
                    }
                    float gaussian = Transcendental.exp(exponent);
                    int p = row * width + column;
                    float dGaussian = 0f;
                    if (dImage != null) {
                        dGaussian += headGradient(
                                s, SPLAT_IMAGE_OPACITY, gaussian, imagePixels, p, image[p], dImage[p], splatGradient);
                    }
                    if (dMask != null) {
                        dGaussian += headGradient(
                                s, SPLAT_MASK_OPACITY, gaussian, maskPixels, p, mask[p], dMask[p], splatGradient);
                    }
                    AlphaCompositing.shapeGradient(splats, s, splats[s + MEAN_U] - column, splats[s + MEAN_V] - row,
                            gaussian, dGaussian, splatGradient, 0);
                }
            }
            if (meanGradients != null) {
                float u = 0.5f * width * splatGradient[D_MEAN_U];
                float v = 0.5f * height * splatGradient[D_MEAN_V];
                meanGradients[k] = (float) Math.sqrt(u * u + v * v);
            }
            FoldingGradient.add(parameters, gaussians.capacity(), form, drawn[k], time, splats, s, splatGradient, 0,
                    gradient.values(), gradient.capacity(), drawn[k]);
        }
    }

    private float headGradient(int s, int opacityField, float gaussian, float[] pixels, int p, float colour, float g,
            float[] splatGradient) {
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            return AlphaCompositing.drawGradient(
                    splats, s, opacityField, gaussian, pixels, p, plane, colour, g, splatGradient, 0);
        }
        return NormalisedSum.drawGradient(splats, s, opacityField, gaussian, pixels[p], colour, g, splatGradient, 0);
    }

    private float exponent(int s, int column, int row) {
        return AlphaCompositing.exponent(splats[s + CONIC_A], splats[s + CONIC_B], splats[s + CONIC_C],
                splats[s + MEAN_U] - column, splats[s + MEAN_V] - row);
    }

    private int firstRow(int s) {
        return Math.max(0, (int) Math.ceil(splats[s + MEAN_V] - splats[s + EXTENT_V]));
    }

    private int lastRow(int s) {
        return Math.min(height - 1, (int) Math.floor(splats[s + MEAN_V] + splats[s + EXTENT_V]));
    }

    private int firstColumn(int s) {
        return Math.max(0, (int) Math.ceil(splats[s + MEAN_U] - splats[s + EXTENT_U]));
    }

    private int lastColumn(int s) {
        return Math.min(width - 1, (int) Math.floor(splats[s + MEAN_U] + splats[s + EXTENT_U]));
    }
}
