package io.github.medgs.training;

import io.github.medgs.kernel.Folding;

/** Raw parameters from what they become after their activation. */
final class Raw {

    private Raw() {}

    /** The inverse of the sigmoid. */
    static float logit(double p) {
        return (float) StrictMath.log(p / (1 - p));
    }

    /** The intensity coefficient k of c = 0.5 + C0 k. */
    static float intensity(double c) {
        return (float) ((c - 0.5) / Folding.C0);
    }
}
