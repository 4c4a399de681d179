package io.github.medgs.kernel;

import static io.github.medgs.kernel.Layout.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One Gaussian, number 1 of 3, on a slice of 72 x 36 pixels: 100 pixels to a unit, the plane's origin at column 35.5 and
 * row 17.5. Its time is raw (the model is anchored), its motion of degree 2, its intensity of degree 1.
 */
class FoldingTest {

    private static final int CAPACITY = 3;
    private static final int G = 1;
    private static final int S = 4;
    private static final int MOTION = Layout.motion(1);

    private final int[] form = new int[FORM_SIZE];
    private final float[] parameters = new float[CAPACITY * Layout.rows(2, 1)];
    private final float[] splat = new float[S + SPLAT_STRIDE];

    private void set(int row, double value) {
        parameters[row * CAPACITY + G] = (float) value;
    }

    private int fold(float t) {
        return Folding.fold(parameters, CAPACITY, form, G, t, splat, S);
    }

    /** In the middle of the slice, at time 1 and seen nearly unfaded at time 1.5; of deviations 2 and 1 pixels. */
    @BeforeEach
    void gaussian() {
        form[WIDTH] = 72;
        form[HEIGHT] = 36;
        form[MOTION_DEGREE] = 2;
        form[INTENSITY_DEGREE] = 1;
        form[COMPOSITING] = COMPOSITING_ALPHA;
        form[WINDOW] = WINDOW_OPACITY;
        form[HEAD_OPACITY] = HEAD_OPACITY_SEPARATE;
        form[ANCHORED] = 1;
        // The neighbours in the arrays would show.
        Arrays.fill(parameters, 1e3f);
        for (int row = 0; row < Layout.rows(2, 1); row++) {
            set(row, 0);
        }
        set(LOG_SCALE_X, Math.log(0.02));
        set(LOG_SCALE_Z, Math.log(0.01));
        set(ANGLE, -80);
        set(TIME, 1);
    }

    private void expect(int field, double value) {
        assertEquals(value, splat[S + field], 2e-6 * Math.max(1, Math.abs(value)), "field " + field);
    }

    @Test
    void theMeanMovesAlongItsPolynomialAndZPointsUp() {
        set(X, 0.1);
        set(Z, -0.05);
        set(MOTION, 0.04);
        set(MOTION + 1, 0.02);
        set(MOTION + 2, -0.08);
        set(MOTION + 3, 0.12);
        assertEquals(1, fold(0.5f));
        // u = 1 - 0.5: x = 0.1 + 0.04 / 2 - 0.08 / 4 = 0.1, z = -0.05 + 0.02 / 2 + 0.12 / 4 = -0.01.
        expect(MEAN_U, 35.5 + 10);
        expect(MEAN_V, 17.5 + 1);
        assertEquals(1, fold(1.5f));
        // u = -0.5: x = 0.1 - 0.02 - 0.02 = 0.06, z = -0.05 - 0.01 + 0.03 = -0.03.
        expect(MEAN_U, 35.5 + 6);
        expect(MEAN_V, 17.5 + 3);
    }

    @ParameterizedTest
    @CsvSource({"0", "30", "45", "90", "135", "200"})
    void theConicIsTheInverseOfTheTurnedCovariance(double degrees) {
        double share = degrees / 360;
        set(ANGLE, share == 0 ? -80 : Math.log(share / (1 - share)));
        assertEquals(1, fold(1));
        // Axes of 2 and 1 pixels: variances 4 and 1 along (cos, sin) and across, and 0.3 on both.
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double uu = 4 * cos * cos + sin * sin + 0.3;
        double vv = 4 * sin * sin + cos * cos + 0.3;
        double uv = 3 * cos * sin;
        double a = splat[S + CONIC_A];
        double b = splat[S + CONIC_B];
        double c = splat[S + CONIC_C];
        assertEquals(1, a * uu + b * uv, 1e-5);
        assertEquals(0, a * uv + b * vv, 1e-5);
        assertEquals(0, b * uu + c * uv, 1e-5);
        assertEquals(1, b * uv + c * vv, 1e-5);
        // The ellipse where opacity 1/2 has fallen to 1/255: q / 2 = ln 127.5; its box is sqrt(2 ln 127.5) deviations.
        expect(CUT, Math.log(127.5));
        expect(EXTENT_U, Math.sqrt(2 * Math.log(127.5) * uu));
        expect(EXTENT_V, Math.sqrt(2 * Math.log(127.5) * vv));
    }

    @Test
    void eachHeadHasItsOpacityAndItsIntensityInTime() {
        set(IMAGE_OPACITY, Math.log(3));
        set(MASK_OPACITY, -Math.log(4));
        set(IMAGE_INTENSITY, 1);
        set(IMAGE_INTENSITY + 1, 2);
        set(Layout.maskIntensity(1), -1);
        set(Layout.maskIntensity(1) + 1, 0.5);
        assertEquals(1, fold(0.75f));
        // Sigmoids 3/4 and 1/5; window exp(-0.25^2 / 2), the spread being exp(0); C0 = sqrt(1 / 4 pi); u = 0.25.
        double window = Math.exp(-0.03125);
        double c0 = Math.sqrt(1 / (4 * Math.PI));
        expect(SPLAT_IMAGE_OPACITY, 0.75 * window);
        expect(SPLAT_MASK_OPACITY, 0.2 * window);
        expect(SPLAT_IMAGE_INTENSITY, 0.5 + c0 * 1.5);
        expect(SPLAT_MASK_INTENSITY, 0.5 - c0 * 0.875);
        // The larger of the two says how far the splat is drawn.
        expect(CUT, Math.log(255 * 0.75 * window));
        form[HEAD_OPACITY] = HEAD_OPACITY_SHARED;
        fold(0.75f);
        expect(SPLAT_MASK_OPACITY, 0.75 * window);
    }

    @Test
    void compositedIntensitiesEndAtBlackAndWeightedOnesDoNot() {
        set(IMAGE_INTENSITY, -10);
        fold(1);
        expect(SPLAT_IMAGE_INTENSITY, 0);
        form[COMPOSITING] = COMPOSITING_NORMALISED;
        set(IMAGE_OPACITY, 2);
        fold(1);
        expect(SPLAT_IMAGE_INTENSITY, 0.5 - 10 * Math.sqrt(1 / (4 * Math.PI)));
        // A weight, not an opacity: exp(2); cut at 1/255 of itself.
        expect(SPLAT_IMAGE_OPACITY, Math.exp(2));
        expect(CUT, Math.log(255));
    }

    @Test
    void thePublishedWindowShrinksTheGaussianInsteadOfFadingIt() {
        form[WINDOW] = WINDOW_SCALES;
        assertEquals(1, fold(0));
        // u = 1 = sigma: window exp(-1/2), variances 4 and 1 times exp(-1), 0.3 added after.
        expect(SPLAT_IMAGE_OPACITY, 0.5);
        expect(CONIC_A, 1 / (4 * Math.exp(-1) + 0.3));
        expect(CONIC_C, 1 / (Math.exp(-1) + 0.3));
    }

    @Test
    void theHatFallsInALineToTheNeighbouringSlices() {
        assertEquals(1f, Folding.window(WINDOW_HAT, 0, 9));
        assertEquals(0.75f, Folding.window(WINDOW_HAT, 0.25f, 9));
        assertEquals(0.75f, Folding.window(WINDOW_HAT, -0.25f, 9));
        assertEquals(0f, Folding.window(WINDOW_HAT, 1, 9));
        assertEquals(0f, Folding.window(WINDOW_HAT, -3, 9));
    }

    @Test
    void theGaussianWindowEndsAtATenth() {
        // exp(-u^2 / 2 sigma^2) is 0.1 at u = sigma sqrt(2 ln 10) = 2.1460 sigma.
        assertEquals(Math.exp(-0.5), Folding.window(WINDOW_OPACITY, -3, 3), 1e-6);
        assertEquals(0.1, Folding.window(WINDOW_SCALES, 3 * 2.1455f, 3), 2e-4);
        assertEquals(0f, Folding.window(WINDOW_SCALES, 3 * 2.1465f, 3));
    }

    @Test
    void anUnanchoredTimeIsASigmoid() {
        assertEquals(7f, Folding.time(1, 7));
        assertEquals(0.75, Folding.time(0, (float) Math.log(3)), 1e-6);
    }

    @Test
    void aMaskIsNotDrawnByWhatHasShrunkToNothing() {
        // Deviations of 2e-6 and 5e-7 of a unit, the limit is 1e-6; either axis is enough.
        set(LOG_SCALE_X, Math.log(2e-6));
        set(LOG_SCALE_Z, Math.log(2e-6));
        fold(1);
        expect(SPLAT_MASK_OPACITY, 0.5);
        for (int row : new int[] {LOG_SCALE_X, LOG_SCALE_Z}) {
            set(row, Math.log(5e-7));
            assertEquals(1, fold(1), "its image head is still drawn");
            expect(SPLAT_MASK_OPACITY, 0);
            expect(SPLAT_IMAGE_OPACITY, 0.5);
            set(row, Math.log(2e-6));
        }
    }

    /**
     * The box of opacity 1/2 and 2 x 1 pixels reaches sqrt(2 ln 127.5 4.3) = 6.457 pixels to the left and right of the
     * mean and sqrt(2 ln 127.5 1.3) = 3.550 up and down.
     */
    @ParameterizedTest
    @CsvSource({
        "-6.4, 17, 1", "-6.5, 17, 0", "77.4, 17, 1", "77.5, 17, 0",
        "30, -3.5, 1", "30, -3.6, 0", "30, 38.5, 1", "30, 38.6, 0"
    })
    void isCulledWhereItsBoxMissesTheSlice(float column, float row, int drawn) {
        set(X, (column - 35.5) / 100);
        set(Z, (17.5 - row) / 100);
        assertEquals(drawn, fold(1));
        expect(MEAN_U, column);
        expect(MEAN_V, row);
        expect(EXTENT_U, Math.sqrt(2 * Math.log(127.5) * 4.3));
        expect(EXTENT_V, Math.sqrt(2 * Math.log(127.5) * 1.3));
    }

    @Test
    void isCulledOutsideItsWindow() {
        assertEquals(1, fold(3.1f));
        assertEquals(0, fold(3.2f));
        assertEquals(0, fold(-1.2f));
    }

    @Test
    void isCulledWhereNeitherHeadIsVisible() {
        // Sigmoid(-5.6) is 0.0037, below 1/255; sigmoid(-5.5) is 0.0041.
        set(IMAGE_OPACITY, -5.6);
        set(MASK_OPACITY, -5.6);
        assertEquals(0, fold(1));
        set(MASK_OPACITY, -5.5);
        assertEquals(1, fold(1));
        assertEquals(0f, Folding.cut(COMPOSITING_ALPHA, 0));
        assertEquals(0f, Folding.cut(COMPOSITING_NORMALISED, 0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "5", "6"})
    void isCulledWhereAPlaceOrAShapeIsNoNumber(int row) {
        set(row, Double.NaN);
        assertEquals(0, fold(1));
    }

    @Test
    void isCulledWhereItsCovarianceIsBeyondSinglePrecision() {
        set(LOG_SCALE_X, 40);
        set(LOG_SCALE_Z, 40);
        assertEquals(0, fold(1));
    }

    @Test
    void writesNothingButItsSplat() {
        fold(1);
        assertArrayEquals(new float[S], Arrays.copyOf(splat, S));
    }
}
