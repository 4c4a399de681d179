package io.github.medgs.kernel;

/** Loss of one pixel's difference d = rendered - target, and its gradient. */
public final class PixelLoss {

    private PixelLoss() {}

    /** absolute |d| + squared d^2. */
    public static float value(float difference, float absolute, float squared) {
        float magnitude = difference < 0f ? -difference : difference;
        return absolute * magnitude + squared * difference * difference;
    }

    /** absolute sign(d) + 2 squared d; 0 at d = 0. */
    public static float gradient(float difference, float absolute, float squared) {
        float sign = difference > 0f ? 1f : 0f;
        sign = difference < 0f ? -1f : sign;
        return absolute * sign + 2f * squared * difference;
    }
}
