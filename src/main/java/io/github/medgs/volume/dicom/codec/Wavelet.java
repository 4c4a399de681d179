package io.github.medgs.volume.dicom.codec;

/** The inverse wavelets of JPEG 2000 (T.800, annex F) on interleaved rows and columns, mirrored at their ends. */
final class Wavelet {

    private static final double[] LIFTS = {-0.443506852043971, -0.882911075530934, 0.052980118572961, 1.586134342059924};
    private static final double LOW_SCALE = 1.230174104914001;

    private Wavelet() {}

    /**
     * Joins the four subbands of a level, which lie interleaved already.
     *
     * @param x0 the region's first column in its resolution: whether it is even tells low from high
     * @param reversible 5/3 on whole numbers, else 9/7
     */
    static void inverse(double[] region, int x0, int y0, int width, int height, boolean reversible) {
        double[] line = new double[Math.max(width, height)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(region, y * width, line, 0, width);
            line(line, width, x0 & 1, reversible);
            System.arraycopy(line, 0, region, y * width, width);
        }
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                line[y] = region[y * width + x];
            }
            line(line, height, y0 & 1, reversible);
            for (int y = 0; y < height; y++) {
                region[y * width + x] = line[y];
            }
        }
    }

    private static void line(double[] line, int count, int odd, boolean reversible) {
        if (count == 1) {
            // One value: a high one is stored doubled.
            line[0] = odd == 0 ? line[0] : reversible ? Math.floor(line[0] / 2) : line[0] / 2;
            return;
        }
        if (reversible) {
            for (int n = odd; n < count; n += 2) {
                line[n] -= Math.floor((neighbours(line, n, count) + 2) / 4);
            }
            for (int n = 1 - odd; n < count; n += 2) {
                line[n] += Math.floor(neighbours(line, n, count) / 2);
            }
            return;
        }
        for (int n = 0; n < count; n++) {
            line[n] *= (n & 1) == odd ? LOW_SCALE : 1 / LOW_SCALE;
        }
        for (int step = 0; step < 4; step++) {
            for (int n = (step & 1) == 0 ? odd : 1 - odd; n < count; n += 2) {
                line[n] += LIFTS[step] * neighbours(line, n, count);
            }
        }
    }

    private static double neighbours(double[] line, int n, int count) {
        return line[n == 0 ? 1 : n - 1] + line[n == count - 1 ? count - 2 : n + 1];
    }
}
