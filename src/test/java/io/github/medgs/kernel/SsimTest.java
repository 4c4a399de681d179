package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SsimTest {

    @Test
    void theWindowIsAGaussianOfOneAndAHalfPixelsThatSumsToOne() {
        float[] window = Ssim.window();
        assertEquals(Ssim.TAPS, window.length);
        double sum = 0;
        for (int d = -Ssim.RADIUS; d <= Ssim.RADIUS; d++) {
            sum += Math.exp(-d * d / 4.5);
        }
        for (int d = -Ssim.RADIUS; d <= Ssim.RADIUS; d++) {
            assertEquals(Math.exp(-d * d / 4.5) / sum, window[Ssim.RADIUS + d], 1e-8);
        }
    }

    @Test
    void isOneForTheSameAndMinusOneForTheOppositeOfAContrast() {
        // Means 1/2, variances 1/4 (E[xx] = 1/2), covariance +-1/4 (E[xy] = 1/2 or 0).
        assertEquals(1f, Ssim.value(0.5f, 0.5f, 0.5f, 0.5f, 0.5f), 1e-6f);
        // (2 (-1/4) + C2) / (1/2 + C2) with C2 = 0.03^2.
        assertEquals(-0.4991 / 0.5009, Ssim.value(0.5f, 0.5f, 0.5f, 0.5f, 0), 1e-6);
    }

    @Test
    void ofTwoFlatSlicesOnlyTheBrightnessCounts() {
        // (2 0.2 0.4 + C1) / (0.04 + 0.16 + C1) with C1 = 0.01^2; the variances are 0 and their factor is 1.
        assertEquals(0.1601 / 0.2001, Ssim.value(0.2f, 0.4f, 0.04f, 0.16f, 0.08f), 1e-5);
    }
}
