package io.github.medgs.training;

/** What lies between the slices, as a run takes it to be: the target of in-between-frame regularisation. */
@FunctionalInterface
public interface BetweenPictures {

    /**
     * The picture {@code fraction} of the way from a slice to the next.
     *
     * @param out output, height x width
     */
    void at(int slice, double fraction, float[] out);

    /** The published target: (1 - a) I_k + a I_k+1. */
    static BetweenPictures linear(float[] stack, int pixels) {
        return (slice, fraction, out) -> {
            float a = (float) fraction;
            int base = slice * pixels;
            for (int p = 0; p < pixels; p++) {
                out[p] = (1f - a) * stack[base + p] + a * stack[base + pixels + p];
            }
        };
    }
}
