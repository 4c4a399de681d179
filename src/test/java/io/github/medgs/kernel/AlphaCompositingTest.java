package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** One pixel, by hand. A pixel is its transmittance and, one plane on, its colour; here two pixels to a plane. */
class AlphaCompositingTest {

    private static float[] splat(float opacity, float intensity) {
        float[] splat = new float[SPLAT_STRIDE];
        splat[SPLAT_MASK_OPACITY] = opacity;
        splat[SPLAT_MASK_INTENSITY] = intensity;
        return splat;
    }

    /** The second of two pixels. */
    private static float[] pixels(float transmittance, float colour) {
        return new float[] {5, transmittance, 5, colour};
    }

    private static void draw(float[] splat, float gaussian, float[] pixels) {
        AlphaCompositing.draw(splat, 0, SPLAT_MASK_OPACITY, gaussian, pixels, 1, 2);
    }

    @Test
    void whatIsInFrontCoversWhatIsBehind() {
        float[] pixels = pixels(1, 0);
        // 0.5 0.8 = 0.4 of white in front leaves 0.6; of that 0.25 is grey of 0.5: 0.4 + 0.6 0.25 0.5 = 0.475.
        draw(splat(0.5f, 1), 0.8f, pixels);
        draw(splat(0.25f, 0.5f), 1, pixels);
        assertArrayEquals(new float[] {5, 0.45f, 5, 0.475f}, pixels, 1e-6f);
    }

    @Test
    void alphaIsHeldAtNinetyNineHundredthsAndDroppedBelowOneIn255() {
        assertEquals(0.99f, AlphaCompositing.alpha(1, 0.995f));
        assertEquals(0.98f, AlphaCompositing.alpha(1, 0.98f));
        assertEquals(0f, AlphaCompositing.alpha(0.5f, 1.99f / 255));
        // At the limits themselves a splat is drawn, and is not yet clamped.
        assertEquals(1f / 255, AlphaCompositing.alpha(1f / 255, 1));
        assertFalse(AlphaCompositing.isClamped(0.99f, 1));
        assertTrue(AlphaCompositing.isClamped(0.995f, 1));
    }

    @Test
    void aPixelIsFinishedBeforeTheSplatThatWouldLeaveTooLittleLight() {
        assertEquals(2e-4f, AlphaCompositing.transmittanceBehind(4e-4f, 0.5f), 1e-9f);
        assertEquals(0f, AlphaCompositing.transmittanceBehind(1.9e-4f, 0.5f));
        assertEquals(1e-4f, AlphaCompositing.transmittanceBehind(2e-4f, 0.5f), "at the limit it goes on");
        // It gets nothing of that splat, and of none that comes after.
        float[] pixels = pixels(1.9e-4f, 0.3f);
        draw(splat(0.5f, 1), 1, pixels);
        assertArrayEquals(new float[] {5, 0, 5, 0.3f}, pixels);
        draw(splat(0.01f, 1), 1, pixels);
        assertArrayEquals(new float[] {5, 0, 5, 0.3f}, pixels);
        assertEquals(0f, AlphaCompositing.weight(0.5f, 0, 0.5f));
    }

    @Test
    void aSplatThatIsPassedOverLeavesThePixelAsItIs() {
        // Even one whose light is below the limit already: nothing has finished it.
        for (float transmittance : new float[] {1, 0.5f, 5e-5f}) {
            float[] pixels = pixels(transmittance, 0.3f);
            draw(splat(0.5f, 1), 0.001f, pixels);
            assertArrayEquals(pixels(transmittance, 0.3f), pixels);
            float[] gradients = new float[GRADIENT_STRIDE];
            float byGaussian = AlphaCompositing.drawGradient(splat(0.5f, 1), 0, SPLAT_MASK_OPACITY, 0.001f, pixels,
                    1, 2, 1, 1, gradients, 0);
            assertEquals(0f, byGaussian);
            assertArrayEquals(pixels(transmittance, 0.3f), pixels);
            assertArrayEquals(new float[GRADIENT_STRIDE], gradients);
        }
    }

    @Test
    void moreOfASplatHidesWhatLiesBehindIt() {
        // The scene of the first test, and the front splat's gradient: C = a 1 + (1 - a) 0.25 0.5, dC / da = 0.875. With
        // dL/dC = 2: by opacity 2 0.875 0.8, by intensity 2 0.4, by the Gaussian's value 2 0.875 0.5.
        float[] pixels = pixels(1, 0);
        float[] gradients = new float[GRADIENT_STRIDE + 3];
        float byGaussian = AlphaCompositing.drawGradient(splat(0.5f, 1), 0, SPLAT_MASK_OPACITY, 0.8f, pixels, 1, 2,
                0.475f, 2, gradients, 3);
        assertEquals(0.875f, byGaussian, 1e-5f);
        assertEquals(1.4f, gradients[3 + D_MASK_OPACITY], 1e-5f);
        assertEquals(0.8f, gradients[3 + D_MASK_INTENSITY], 1e-5f);
        assertArrayEquals(new float[] {5, 0.6f, 5, 0.4f}, pixels, 1e-6f);
    }

    @Test
    void theGaussiansShapePassesTheGradientOn() {
        float[] splat = {0, 0, 2, 0.5f, 3};
        float[] gradients = new float[GRADIENT_STRIDE + 1];
        // q / 2 = (2 1 + 3 4) / 2 + 0.5 1 2 = 8 at (1, 2).
        assertEquals(-8f, AlphaCompositing.exponent(2, 0.5f, 3, 1, 2));
        // e = 4 0.25 = 1: means -(2 1 + 0.5 2) and -(0.5 1 + 3 2), conic -1/2, -2 and -4/2.
        AlphaCompositing.shapeGradient(splat, 0, 1, 2, 0.25f, 4, gradients, 1);
        assertArrayEquals(new float[] {0, -3, -6.5f, -0.5f, -2, -2, 0, 0, 0, 0}, gradients);
    }
}
