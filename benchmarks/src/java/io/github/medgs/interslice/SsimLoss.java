package io.github.medgs.interslice;

import io.github.medgs.kernel.Ssim;
import java.util.Arrays;

/** 1 - SSIM in the mean over the pixels whose window lies in a picture, and its gradient; see {@link Ssim}. */
final class SsimLoss {

    private static final int RADIUS = Ssim.RADIUS;

    private final float[] taps = Ssim.window();

    /**
     * @param x picture, height x width; {@code y} the true one
     * @param gradient receives the derivative for each pixel of x
     * @return the loss; 0 for pictures without a pixel that has a whole window
     */
    double of(float[] x, float[] y, int height, int width, float[] gradient) {
        Arrays.fill(gradient, 0);
        if (height <= 2 * RADIUS || width <= 2 * RADIUS) {
            return 0;
        }
        int pixels = (height - 2 * RADIUS) * (width - 2 * RADIUS);
        float[] meanX = blurred(x, height, width);
        float[] meanY = blurred(y, height, width);
        float[] squareX = blurred(product(x, x), height, width);
        float[] squareY = blurred(product(y, y), height, width);
        float[] product = blurred(product(x, y), height, width);
        float[] byMean = new float[x.length];
        float[] bySquare = new float[x.length];
        float[] byProduct = new float[x.length];
        double sum = 0;
        for (int row = RADIUS; row < height - RADIUS; row++) {
            for (int column = RADIUS; column < width - RADIUS; column++) {
                int p = row * width + column;
                sum += Ssim.value(meanX[p], meanY[p], squareX[p], squareY[p], product[p]);
                byMean[p] = Ssim.meanSlope(meanX[p], meanY[p], squareX[p], squareY[p], product[p]);
                bySquare[p] = Ssim.squareSlope(meanX[p], meanY[p], squareX[p], squareY[p], product[p]);
                byProduct[p] = Ssim.productSlope(meanX[p], meanY[p], squareX[p], squareY[p]);
            }
        }
        byMean = blurred(byMean, height, width);
        bySquare = blurred(bySquare, height, width);
        byProduct = blurred(byProduct, height, width);
        for (int p = 0; p < x.length; p++) {
            gradient[p] = -(byMean[p] + 2 * x[p] * bySquare[p] + y[p] * byProduct[p]) / pixels;
        }
        return 1 - sum / pixels;
    }

    private static float[] product(float[] a, float[] b) {
        float[] product = new float[a.length];
        for (int p = 0; p < a.length; p++) {
            product[p] = a[p] * b[p];
        }
        return product;
    }

    /** Zero outside the picture: windows that reach there are not counted. */
    private float[] blurred(float[] picture, int height, int width) {
        float[] rows = new float[picture.length];
        float[] both = new float[picture.length];
        for (int tap = -RADIUS; tap <= RADIUS; tap++) {
            float weight = taps[tap + RADIUS];
            int from = Math.max(0, -tap);
            int to = Math.min(width, width - tap);
            for (int row = 0; row < height; row++) {
                for (int column = from; column < to; column++) {
                    rows[row * width + column] += weight * picture[row * width + column + tap];
                }
            }
        }
        for (int tap = -RADIUS; tap <= RADIUS; tap++) {
            float weight = taps[tap + RADIUS];
            for (int row = Math.max(0, -tap); row < Math.min(height, height - tap); row++) {
                for (int column = 0; column < width; column++) {
                    both[row * width + column] += weight * rows[(row + tap) * width + column];
                }
            }
        }
        return both;
    }
}
