package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slopes that no model of today asks for, and the edges of those that it does. All others: {@code GradientTest}. */
class FoldingGradientTest {

    /**
     * A hat whose time is trained, which the kernel allows though no named form has it. m = sigmoid(0) = 1/2, the loss is
     * the image head's opacity sigmoid(0) (1 - |m - t|): by m it is 1/2 up before the view's time and 1/2 down after it,
     * and m by its raw value m (1 - m) = 1/4.
     */
    @ParameterizedTest
    @CsvSource({"0.75, 0.125", "0.25, -0.125", "0.9, 0.125", "2, 0"})
    void theHatsSlopeIsOneUpAndOneDown(float t, float expected) {
        int[] form = new int[FORM_SIZE];
        form[WIDTH] = 72;
        form[HEIGHT] = 36;
        form[WINDOW] = WINDOW_HAT;
        float[] parameters = new float[Layout.rows(0, 0)];
        float[] splat = new float[SPLAT_STRIDE];
        Folding.fold(parameters, 1, form, 0, t, splat, 0);
        float[] splatGradient = new float[GRADIENT_STRIDE];
        splatGradient[D_IMAGE_OPACITY] = 1;
        float[] gradient = new float[parameters.length];
        FoldingGradient.add(parameters, 1, form, 0, t, splat, 0, splatGradient, 0, gradient, 1, 0);
        assertEquals(expected, gradient[TIME], 1e-6f);
        assertEquals(0f, gradient[SPREAD], "a hat has no spread to learn");
    }

    @Test
    void opacitysSlopeIsTheSigmoidsTimesTheWindowOrTheWeightItself() {
        // o = 0.6 under a window of 0.5 is seen as 0.3: 0.6 0.4 0.5. A weight's logarithm is its raw value.
        assertEquals(0.12f, FoldingGradient.opacitySlope(COMPOSITING_ALPHA, 0.3f, 0.5f), 1e-7f);
        assertEquals(0.3f, FoldingGradient.opacitySlope(COMPOSITING_NORMALISED, 0.3f, 0.5f));
        assertEquals(0f, FoldingGradient.opacitySlope(COMPOSITING_ALPHA, 0, 0), "outside the window, not 0 / 0");
    }

    @Test
    void thePenaltyPushesOnlySpreadsOutsideTheirRange() {
        float raw = (float) Math.log(2);
        // The penalty falls by perBelow for each unit of sigma below the range and rises by perAbove for each above it;
        // sigma = 2 by its raw value is 2.
        assertEquals(-0.2f, FoldingGradient.spreadPenaltyGradient(raw, 3, 4, 0.1f, 0.3f), 1e-6f);
        assertEquals(0.6f, FoldingGradient.spreadPenaltyGradient(raw, 0.5f, 1, 0.1f, 0.3f), 1e-6f);
        assertEquals(0f, FoldingGradient.spreadPenaltyGradient(raw, 1, 3, 0.1f, 0.3f));
        // exp(0) is 1 exactly: at an end of the range nothing pushes.
        assertEquals(0f, FoldingGradient.spreadPenaltyGradient(0, 1, 3, 0.1f, 0.3f));
        assertEquals(0f, FoldingGradient.spreadPenaltyGradient(0, 0.5f, 1, 0.1f, 0.3f));
    }
}
