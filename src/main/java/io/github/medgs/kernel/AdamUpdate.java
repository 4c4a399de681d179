package io.github.medgs.kernel;

/**
 * One parameter's step of Adam (Kingma and Ba 2015), without weight decay:
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p -= rate (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + eps).
 */
public final class AdamUpdate {

    private AdamUpdate() {}

    /**
     * Updates element {@code index} of all three buffers.
     *
     * @param stepSize rate / (1 - b1^k)
     * @param secondCorrection 1 / sqrt(1 - b2^k)
     */
    public static void apply(float[] parameters, float[] first, float[] second, int index, float gradient,
            float stepSize, float secondCorrection, float beta1, float beta2, float epsilon) {
        float m = beta1 * first[index] + (1f - beta1) * gradient;
        float v = beta2 * second[index] + (1f - beta2) * gradient * gradient;
        first[index] = m;
        second[index] = v;
        parameters[index] -= stepSize * m / (SquareRoot.of(v) * secondCorrection + epsilon);
    }
}
