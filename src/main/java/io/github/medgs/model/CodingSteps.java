package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;

/**
 * How finely a compact file keeps each kind of parameter: the distance of two values that it can tell apart.
 *
 * @param intensity constant coefficient of a head, as a share of the window
 * @param slope the other coefficients, likewise, for a whole spacing of slices
 * @param positionBits a pixel is told apart in 2 to this power
 * @param scale natural logarithm of a standard deviation
 * @param angle radians
 * @param opacity natural logarithm of a weight
 * @param motion pixels, for a whole spacing of slices
 */
public record CodingSteps(double intensity, double slope, int positionBits, double scale, double angle, double opacity,
        double motion) {

    /** Bits of a fraction of a pixel beyond which single precision has nothing to say. */
    private static final int MOST_BITS = 12;
    private static final double FINEST = 1e-6;

    public CodingSteps {
        for (double step : new double[] {intensity, slope, scale, angle, opacity, motion}) {
            if (!(step >= FINEST && step <= 1e3)) {
                throw new IllegalArgumentException("a step of " + step);
            }
        }
        if (positionBits < 0 || positionBits > MOST_BITS) {
            throw new IllegalArgumentException("positions to 2^-" + positionBits + " pixels");
        }
    }

    /**
     * Steps that go together: what each costs in decibels for a bit was measured on trained models, see the site's page
     * on compact models.
     *
     * @param intensity as a share of the window
     */
    public static CodingSteps of(double intensity) {
        double relative = intensity / 0.02;
        double fine = Math.sqrt(relative);
        int bits = (int) Math.clamp(Math.round(2 - Math.log(relative) / Math.log(2) / 2), 0, 8);
        return new CodingSteps(intensity, 2 * intensity, bits, 0.2 * fine, 0.3 * fine, 0.4 * fine, 0.25 * fine);
    }

    /** The step of a row of parameters in its own units; 0 for time and spread, which are kept as they are. */
    double ofRow(ModelForm form, int row) {
        int motion = form.motionRow();
        int constant = row < form.maskIntensityRow() ? form.imageIntensityRow() : form.maskIntensityRow();
        if (row >= motion) {
            return this.motion / form.pixelsPerUnit();
        }
        return switch (row) {
            case Layout.LOG_SCALE_X, Layout.LOG_SCALE_Z -> scale;
            case Layout.IMAGE_OPACITY, Layout.MASK_OPACITY -> opacity;
            case Layout.X, Layout.Z, Layout.ANGLE, Layout.TIME, Layout.SPREAD -> 0;
            default -> (row == constant ? intensity : slope) / Folding.C0;
        };
    }
}
