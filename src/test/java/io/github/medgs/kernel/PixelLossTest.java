package io.github.medgs.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelLossTest {

    @Test
    void isTheWeightedSumOfMagnitudeAndSquare() {
        // 2 |0.5| + 3 0.25 = 1.75, whichever of the two is brighter.
        assertEquals(1.75f, PixelLoss.value(0.5f, 2, 3));
        assertEquals(1.75f, PixelLoss.value(-0.5f, 2, 3));
        assertEquals(0f, PixelLoss.value(0, 2, 3));
    }

    @Test
    void gradientIsSignPlusTwiceTheDifference() {
        // 2 sign(d) + 2 3 d
        assertEquals(5f, PixelLoss.gradient(0.5f, 2, 3));
        assertEquals(-5f, PixelLoss.gradient(-0.5f, 2, 3));
    }

    @Test
    void aPixelThatIsRightPullsNowhere() {
        // The magnitude has a corner here; between its slopes -1 and 1 the kernel takes 0.
        assertEquals(0f, PixelLoss.gradient(0, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, -0.3f, 0.02f, 0.7f})
    void gradientIsTheCentralDifferenceOfTheValue(float d) {
        float h = 1e-2f;
        // Exact for a parabola; of the magnitude too, away from its corner.
        float difference = (PixelLoss.value(d + h, 0.8f, 1.3f) - PixelLoss.value(d - h, 0.8f, 1.3f)) / (2 * h);
        assertEquals(difference, PixelLoss.gradient(d, 0.8f, 1.3f), 1e-4f);
    }
}
