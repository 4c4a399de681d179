package io.github.medgs.evaluation.interpolation;

/**
 * How alike two images in [0, 1] are: peak signal-to-noise ratio, structural similarity, mean absolute error.
 *
 * <p>All arithmetic is in double precision and sequential, so a score does not depend on the machine or on threads.
 */
public final class ImageMetrics {

    /** Half the width of the window of SSIM: 11 taps, a Gaussian of 1.5 pixels cut at 3.5 standard deviations. */
    static final int SSIM_RADIUS = 5;

    private static final double SSIM_SIGMA = 1.5;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;
    private static final double[] SSIM_WINDOW = gaussianWindow();

    private ImageMetrics() {}

    /**
     * Peak signal-to-noise ratio in decibels for a peak of 1: {@code -10 log10(mean squared error)}; positive infinity
     * for equal images.
     */
    public static double psnr(float[] image, float[] reference) {
        requireEqualLength(image, reference);
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            double difference = (double) image[i] - reference[i];
            sum += difference * difference;
        }
        return -10 * Math.log10(sum / image.length);
    }

    /** Mean absolute error. */
    public static double meanAbsoluteError(float[] image, float[] reference) {
        requireEqualLength(image, reference);
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            sum += Math.abs((double) image[i] - reference[i]);
        }
        return sum / image.length;
    }

    /**
     * Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) with a Gaussian window of 1.5 pixels and 11 taps,
     * population covariance and a data range of 1.
     *
     * <p>The border: the map is averaged over those pixels whose whole window lies in the image (5 pixels are left out
     * on each side), so no rule for values outside is needed. scikit-image does the same with
     * {@code gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1}. A side shorter than 11
     * pixels, which scikit-image refuses, is covered whole, with the window cut at the border and normalised again.
     *
     * @param image height x width, row by row
     * @param reference as {@code image}
     */
    public static double ssim(float[] image, float[] reference, int height, int width) {
        requireEqualLength(image, reference);
        int n = height * width;
        if (image.length != n) {
            throw new IllegalArgumentException("an image of " + height + " x " + width + " needs " + n + " values");
        }
        double[] meanA = new double[n];
        double[] meanB = new double[n];
        double[] meanAa = new double[n];
        double[] meanBb = new double[n];
        double[] meanAb = new double[n];
        for (int i = 0; i < n; i++) {
            double a = image[i];
            double b = reference[i];
            meanA[i] = a;
            meanB[i] = b;
            meanAa[i] = a * a;
            meanBb[i] = b * b;
            meanAb[i] = a * b;
        }
        double[] scratch = new double[n];
        for (double[] field : new double[][] {meanA, meanB, meanAa, meanBb, meanAb}) {
            smoothRows(field, scratch, height, width);
            smoothColumns(scratch, field, height, width);
        }
        int marginRows = height > 2 * SSIM_RADIUS ? SSIM_RADIUS : 0;
        int marginColumns = width > 2 * SSIM_RADIUS ? SSIM_RADIUS : 0;
        double sum = 0;
        for (int row = marginRows; row < height - marginRows; row++) {
            for (int column = marginColumns; column < width - marginColumns; column++) {
                int i = row * width + column;
                double a = meanA[i];
                double b = meanB[i];
                double varianceA = meanAa[i] - a * a;
                double varianceB = meanBb[i] - b * b;
                double covariance = meanAb[i] - a * b;
                sum += (2 * a * b + C1) * (2 * covariance + C2)
                        / ((a * a + b * b + C1) * (varianceA + varianceB + C2));
            }
        }
        return sum / ((double) (height - 2 * marginRows) * (width - 2 * marginColumns));
    }

    private static void smoothRows(double[] in, double[] out, int height, int width) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int first = Math.max(-SSIM_RADIUS, -column);
                int last = Math.min(SSIM_RADIUS, width - 1 - column);
                double sum = 0;
                double weights = 0;
                for (int tap = first; tap <= last; tap++) {
                    double weight = SSIM_WINDOW[tap + SSIM_RADIUS];
                    sum += weight * in[row * width + column + tap];
                    weights += weight;
                }
                out[row * width + column] = sum / weights;
            }
        }
    }

    private static void smoothColumns(double[] in, double[] out, int height, int width) {
        for (int row = 0; row < height; row++) {
            int first = Math.max(-SSIM_RADIUS, -row);
            int last = Math.min(SSIM_RADIUS, height - 1 - row);
            for (int column = 0; column < width; column++) {
                double sum = 0;
                double weights = 0;
                for (int tap = first; tap <= last; tap++) {
                    double weight = SSIM_WINDOW[tap + SSIM_RADIUS];
                    sum += weight * in[(row + tap) * width + column];
                    weights += weight;
                }
                out[row * width + column] = sum / weights;
            }
        }
    }

    private static double[] gaussianWindow() {
        double[] window = new double[2 * SSIM_RADIUS + 1];
        double sum = 0;
        for (int tap = -SSIM_RADIUS; tap <= SSIM_RADIUS; tap++) {
            window[tap + SSIM_RADIUS] = Math.exp(-tap * tap / (2 * SSIM_SIGMA * SSIM_SIGMA));
            sum += window[tap + SSIM_RADIUS];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }

    private static void requireEqualLength(float[] image, float[] reference) {
        if (image.length != reference.length || image.length == 0) {
            throw new IllegalArgumentException(
                    "images of " + image.length + " and " + reference.length + " pixels cannot be compared");
        }
    }
}
