package io.github.medgs.engine.reference;

import io.github.medgs.engine.Target;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.PixelLoss;
import io.github.medgs.kernel.Ssim;

/** The loss of one drawn head against its target, and its gradient by every pixel. */
final class SliceLoss {

    private static final float[] WINDOW = Ssim.window();

    private final int width;
    private final int height;
    private final int pixels;

    SliceLoss(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = width * height;
    }

    /** Mean squared difference. */
    double meanSquaredError(float[] drawn, Target target) {
        double sum = 0;
        for (int p = 0; p < pixels; p++) {
            float difference = drawn[p] - target.values()[target.offset() + p];
            sum += (double) difference * difference;
        }
        return sum / pixels;
    }

    /**
     * The weighted loss.
     *
     * @param gradient output, dL / d pixel, written whole
     */
    double lossAndGradient(float[] drawn, Target target, PixelCost cost, float[] gradient) {
        double loss = 0;
        for (int p = 0; p < pixels; p++) {
            float difference = drawn[p] - target.values()[target.offset() + p];
            loss += PixelLoss.value(difference, cost.absolute(), cost.squared());
            gradient[p] = PixelLoss.gradient(difference, cost.absolute() / pixels, cost.squared() / pixels);
        }
        loss /= pixels;
        if (cost.structural() > 0f) {
            loss += cost.structural() * (1 - addSimilarityGradient(drawn, target, cost.structural(), gradient));
        }
        return loss;
    }

    /** Adds -weight dSSIM / d pixel; returns the mean SSIM. */
    private double addSimilarityGradient(float[] x, Target target, float weight, float[] gradient) {
        float[] y = new float[pixels];
        System.arraycopy(target.values(), target.offset(), y, 0, pixels);
        float[] meanX = windowed(x);
        float[] meanY = windowed(y);
        float[] squareX = windowed(product(x, x));
        float[] squareY = windowed(product(y, y));
        float[] productXY = windowed(product(x, y));
        float[] byMean = new float[pixels];
        float[] bySquare = new float[pixels];
        float[] byProduct = new float[pixels];
        double sum = 0;
        for (int p = 0; p < pixels; p++) {
            sum += Ssim.value(meanX[p], meanY[p], squareX[p], squareY[p], productXY[p]);
            byMean[p] = Ssim.meanSlope(meanX[p], meanY[p], squareX[p], squareY[p], productXY[p]);
            bySquare[p] = Ssim.squareSlope(meanX[p], meanY[p], squareX[p], squareY[p], productXY[p]);
            byProduct[p] = Ssim.productSlope(meanX[p], meanY[p], squareX[p], squareY[p]);
        }
        // The window is symmetric, so the transpose of a windowed mean is a windowed mean.
        float[] throughMean = windowed(byMean);
        float[] throughSquare = windowed(bySquare);
        float[] throughProduct = windowed(byProduct);
        float scale = -weight / pixels;
        for (int p = 0; p < pixels; p++) {
            gradient[p] += scale * (throughMean[p] + 2f * x[p] * throughSquare[p] + y[p] * throughProduct[p]);
        }
        return sum / pixels;
    }

    private float[] product(float[] a, float[] b) {
        float[] out = new float[pixels];
        for (int p = 0; p < pixels; p++) {
            out[p] = a[p] * b[p];
        }
        return out;
    }

    /** The separable window along rows, then columns; zero outside the slice. */
    private float[] windowed(float[] in) {
        float[] rows = new float[pixels];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float sum = 0f;
                for (int tap = -Ssim.RADIUS; tap <= Ssim.RADIUS; tap++) {
                    int c = column + tap;
                    if (c >= 0 && c < width) {
                        sum += WINDOW[tap + Ssim.RADIUS] * in[row * width + c];
                    }
                }
                rows[row * width + column] = sum;
            }
        }
        float[] out = new float[pixels];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float sum = 0f;
                for (int tap = -Ssim.RADIUS; tap <= Ssim.RADIUS; tap++) {
                    int r = row + tap;
                    if (r >= 0 && r < height) {
                        sum += WINDOW[tap + Ssim.RADIUS] * rows[r * width + column];
                    }
                }
                out[row * width + column] = sum;
            }
        }
        return out;
    }
}
