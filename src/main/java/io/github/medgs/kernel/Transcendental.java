package io.github.medgs.kernel;

/**
 * Exponential, sigmoid, sine and cosine in single precision, from additions and multiplications alone.
 *
 * <p>Library functions differ in their last bits between machines, and {@code (float) Math.exp(x)} becomes a
 * double-precision call on a GPU, which many GPUs do not have. These give the same bits on every JVM, and compile for
 * every device.
 */
public final class Transcendental {

    /** Below this the exponential is returned as for this argument; nothing here needs subnormal numbers. */
    public static final float EXP_LOWEST = -87f;

    /** Above this the exponential is returned as for this argument. */
    public static final float EXP_HIGHEST = 88f;

    /** 1 / ln 2. */
    public static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts, so that n times the first is exact for the n that occur. */
    public static final float LN2_HIGH = 0.693359375f;

    public static final float LN2_LOW = -2.12194440e-4f;

    /**
     * Added and taken away again, it rounds to the nearest whole number; the sum's low bits are then that number, which
     * lets a vector engine shift them straight into an exponent.
     */
    public static final float ROUNDING = 12582912f;

    // exp(r) = 1 + r + r^2 (E2 + E3 r + E4 r^2 + E5 r^3) on |r| <= ln 2 / 2, coefficients of least largest relative
    // error (1.05e-7).
    public static final float E2 = 0.4999923f;
    public static final float E3 = 0.16667114f;
    public static final float E4 = 0.04189016f;
    public static final float E5 = 0.008312521f;

    public static final float LN2 = 0.693147181f;
    public static final float SQRT_2 = 1.41421356f;
    public static final float TWO_PI = 6.28318531f;

    // cos x = 1 + x^2 (C2 + C4 x^2 + ...) and sin x = x + x^3 (S3 + S5 x^2 + ...) on [0, pi / 4]: Taylor's coefficients.
    public static final float C2 = -0.5f;
    public static final float C4 = 0.0416666667f;
    public static final float C6 = -0.00138888889f;
    public static final float C8 = 2.48015873e-5f;
    public static final float C10 = -2.75573192e-7f;
    public static final float S3 = -0.166666667f;
    public static final float S5 = 0.00833333333f;
    public static final float S7 = -1.98412698e-4f;
    public static final float S9 = 2.75573192e-6f;

    private Transcendental() {}

    /** e to the power x, relative error below 3e-7 for x in [{@value #EXP_LOWEST}, {@value #EXP_HIGHEST}]. */
    public static float exp(float x) {
        float bounded = x < EXP_LOWEST ? EXP_LOWEST : x;
        bounded = bounded > EXP_HIGHEST ? EXP_HIGHEST : bounded;
        float whole = (bounded * LOG2_E + ROUNDING) - ROUNDING;
        return expOfRest(bounded, whole) * powerOfTwo((int) whole);
    }

    /** e to the power x - {@code whole} ln 2, where that lies within half of ln 2 on either side. */
    private static float expOfRest(float x, float whole) {
        float r = x - whole * LN2_HIGH;
        r = r - whole * LN2_LOW;
        float series = E4 + r * E5;
        series = E3 + r * series;
        series = E2 + r * series;
        return 1f + r + r * r * series;
    }

    /**
     * The same bits as {@link #exp} with half its operations, for x in [-10, 0]: that is where a pixel lies within the
     * cut of a splat.
     */
    public static float expWithinCut(float x) {
        float whole = (x * LOG2_E + ROUNDING) - ROUNDING;
        int n = (int) -whole;
        float power = (n & 1) != 0 ? 0.5f : 1f;
        power = (n & 2) != 0 ? power * 0.25f : power;
        power = (n & 4) != 0 ? power * 0.0625f : power;
        power = (n & 8) != 0 ? power * 0.00390625f : power;
        return expOfRest(x, whole) * power;
    }

    /** Two to the power n, exactly, for n in [-126, 127]; by repeated squaring, since bit casts do not compile. */
    public static float powerOfTwo(int n) {
        int m = n < 0 ? -n : n;
        float base = n < 0 ? 0.5f : 2f;
        float result = (m & 1) != 0 ? base : 1f;
        base = base * base;
        result = (m & 2) != 0 ? result * base : result;
        base = base * base;
        result = (m & 4) != 0 ? result * base : result;
        base = base * base;
        result = (m & 8) != 0 ? result * base : result;
        base = base * base;
        result = (m & 16) != 0 ? result * base : result;
        base = base * base;
        result = (m & 32) != 0 ? result * base : result;
        base = base * base;
        return (m & 64) != 0 ? result * base : result;
    }

    /**
     * Natural logarithm of x in [1, 2^16], absolute error below 2e-6 (6e-7 up to 256); 0 for smaller x and for NaN. Where
     * the result is near 10, one unit in its last place is 9.5e-7.
     */
    public static float logarithm(float x) {
        float rest = x > 1f ? x : 1f;
        float result = 0f;
        result = rest >= 256f ? result + 8f * LN2 : result;
        rest = rest >= 256f ? rest * (1f / 256f) : rest;
        result = rest >= 16f ? result + 4f * LN2 : result;
        rest = rest >= 16f ? rest * (1f / 16f) : rest;
        result = rest >= 4f ? result + 2f * LN2 : result;
        rest = rest >= 4f ? rest * (1f / 4f) : rest;
        result = rest >= 2f ? result + LN2 : result;
        rest = rest >= 2f ? rest * 0.5f : rest;
        result = rest > SQRT_2 ? result + LN2 : result;
        rest = rest > SQRT_2 ? rest * 0.5f : rest;
        // ln x = 2 artanh((x - 1) / (x + 1)), and x is now in [1 / sqrt 2, sqrt 2].
        float y = (rest - 1f) / (rest + 1f);
        float square = y * y;
        float series = 1f / 9f * square + 1f / 7f;
        series = series * square + 1f / 5f;
        series = series * square + 1f / 3f;
        return result + 2f * (y + y * square * series);
    }

    /** 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** Sine of {@code turns} full turns, for turns in [0, 1]; absolute error below 3e-7. */
    public static float sineOfTurns(float turns) {
        return cosineOfTurns(turns < 0.25f ? 0.25f - turns : turns - 0.25f);
    }

    /** Cosine of {@code turns} full turns, for turns in [0, 1]; absolute error below 3e-7. */
    public static float cosineOfTurns(float turns) {
        // cos is even about a half turn: fold to [0, 1/2], then mirror about a quarter to [0, 1/4].
        float half = turns > 0.5f ? 1f - turns : turns;
        float quarter = half > 0.25f ? 0.5f - half : half;
        float sign = half > 0.25f ? -1f : 1f;
        // On [0, 1/8] cosine by its own series; on (1/8, 1/4] as the sine of the complement.
        float complement = 0.25f - quarter;
        float value = quarter <= 0.125f ? cosineSeries(quarter * TWO_PI) : sineSeries(complement * TWO_PI);
        return sign * value;
    }

    private static float cosineSeries(float x) {
        float y = x * x;
        float series = C10 * y + C8;
        series = series * y + C6;
        series = series * y + C4;
        series = series * y + C2;
        return 1f + y * series;
    }

    private static float sineSeries(float x) {
        float y = x * x;
        float series = S9 * y + S7;
        series = series * y + S5;
        series = series * y + S3;
        return x + x * y * series;
    }
}
