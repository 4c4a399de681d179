package io.github.medgs.kernel;

/**
 * Square root in single precision, from additions, multiplications and divisions alone.
 *
 * <p>{@code (float) Math.sqrt(x)} is exact on a JVM, but a GPU compiler for Java makes a double-precision root of it,
 * which many GPUs do not have.
 */
public final class SquareRoot {

    private SquareRoot() {}

    /**
     * The square root of x within two units in the last place, for normal numbers; x itself where it is no positive
     * finite number. (The root of a subnormal number comes out below 1e-19, which is all that an optimiser asks of it.)
     *
     * <p>Even powers of two, whose roots are exact, bring x to [1, 4); there a parabola is within 2.3 per cent, and two
     * steps of Heron's rule each square that error and halve it.
     */
    public static float of(float x) {
        float rest = x;
        float root = 1f;
        root = rest >= 0x1p64f ? root * 0x1p32f : root;
        rest = rest >= 0x1p64f ? rest * 0x1p-64f : rest;
        root = rest >= 0x1p32f ? root * 0x1p16f : root;
        rest = rest >= 0x1p32f ? rest * 0x1p-32f : rest;
        root = rest >= 0x1p16f ? root * 0x1p8f : root;
        rest = rest >= 0x1p16f ? rest * 0x1p-16f : rest;
        root = rest >= 0x1p8f ? root * 0x1p4f : root;
        rest = rest >= 0x1p8f ? rest * 0x1p-8f : rest;
        root = rest >= 0x1p4f ? root * 0x1p2f : root;
        rest = rest >= 0x1p4f ? rest * 0x1p-4f : rest;
        root = rest >= 0x1p2f ? root * 0x1p1f : root;
        rest = rest >= 0x1p2f ? rest * 0x1p-2f : rest;

        root = rest < 0x1p-62f ? root * 0x1p-32f : root;
        rest = rest < 0x1p-62f ? rest * 0x1p64f : rest;
        root = rest < 0x1p-30f ? root * 0x1p-16f : root;
        rest = rest < 0x1p-30f ? rest * 0x1p32f : rest;
        root = rest < 0x1p-14f ? root * 0x1p-8f : root;
        rest = rest < 0x1p-14f ? rest * 0x1p16f : rest;
        root = rest < 0x1p-6f ? root * 0x1p-4f : root;
        rest = rest < 0x1p-6f ? rest * 0x1p8f : rest;
        root = rest < 0x1p-2f ? root * 0x1p-2f : root;
        rest = rest < 0x1p-2f ? rest * 0x1p4f : rest;
        root = rest < 1f ? root * 0x1p-1f : root;
        rest = rest < 1f ? rest * 0x1p2f : rest;

        float y = 0.466f + rest * (0.591f - 0.0523f * rest);
        y = 0.5f * (y + rest / y);
        y = 0.5f * (y + rest / y);
        return x > 0f && x <= Float.MAX_VALUE ? root * y : x;
    }
}
