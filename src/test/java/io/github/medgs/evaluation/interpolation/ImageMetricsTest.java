package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics against scikit-image 0.19.3 on the same pairs (gaussian weights, sigma 1.5, population covariance). */
class ImageMetricsTest {

    @ParameterizedTest
    @CsvSource({
        "24, 31, 0.8703769618536971, 22.415139935650984, 0.06319121609351808",
        "11, 11, 0.8789159470327912, 22.429943601525146, 0.06458111501429692",
        "40, 17, 0.8664406762561007, 22.440443116192395, 0.0631582023575902",
    })
    void agreesWithScikitImageOnShiftedWaves(int height, int width, double ssim, double psnr, double error) {
        float[] a = waves(height, width, 0);
        float[] b = waves(height, width, 0.2);
        assertEquals(ssim, ImageMetrics.ssim(a, b, height, width), 1e-6);
        assertEquals(ssim, ImageMetrics.ssim(b, a, height, width), 1e-6);
        assertEquals(psnr, ImageMetrics.psnr(a, b), 1e-4);
        assertEquals(error, ImageMetrics.meanAbsoluteError(a, b), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "24, 31, 0.637633857899523, 17.061029201717417",
        "11, 11, 0.6318164313127705, 17.07174935823855",
        "40, 17, 0.6999520038383586, 17.059977629259983",
    })
    void agreesWithScikitImageOnNoise(int height, int width, double ssim, double psnr) {
        float[] a = waves(height, width, 0);
        float[] b = a.clone();
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) Math.clamp(b[i] + 0.2 * Math.sin(7.0 * i), 0.0, 1.0);
        }
        assertEquals(ssim, ImageMetrics.ssim(a, b, height, width), 1e-6);
        assertEquals(psnr, ImageMetrics.psnr(a, b), 1e-4);
    }

    @Test
    void equalImagesAreAsAlikeAsCanBe() {
        float[] a = waves(20, 20, 0.7);
        assertEquals(1, ImageMetrics.ssim(a, a.clone(), 20, 20), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, ImageMetrics.psnr(a, a.clone()));
        assertEquals(0, ImageMetrics.meanAbsoluteError(a, a.clone()));
    }

    @Test
    void imagesNarrowerThanTheWindowAreCoveredWhole() {
        float[] a = waves(6, 40, 0);
        float[] b = waves(6, 40, 0.4);
        double ssim = ImageMetrics.ssim(a, b, 6, 40);
        assertTrue(ssim > 0 && ssim < 0.99, "ssim " + ssim);
        assertEquals(1, ImageMetrics.ssim(a, a, 6, 40), 1e-12);
    }

    @Test
    void imagesOfDifferentSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImageMetrics.psnr(new float[4], new float[5]));
        assertThrows(IllegalArgumentException.class, () -> ImageMetrics.ssim(new float[6], new float[6], 2, 2));
    }

    static float[] waves(int height, int width, double phase) {
        float[] values = new float[height * width];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                values[r * width + c] = (float) (0.5
                        + 0.3 * Math.sin(0.31 * r + phase) * Math.cos(0.23 * c - phase)
                        + 0.15 * Math.sin(1.7 * r + 2.3 * c + 3 * phase));
            }
        }
        return values;
    }
}
