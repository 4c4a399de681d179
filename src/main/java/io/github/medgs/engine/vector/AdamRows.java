package io.github.medgs.engine.vector;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Step;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link io.github.medgs.kernel.AdamUpdate} on rows of a chunk, eight parameters at once. */
final class AdamRows {

    private AdamRows() {}

    /** Moves the parameters of a chunk by one step of Adam. */
    static void apply(FoldedGaussians gaussians, AdamMoments moments, Step step, ChunkGradient gradient, int chunk) {
        double firstCorrection = 1 - Math.pow(step.adam().beta1(), step.iteration());
        float secondCorrection = (float) (1 / Math.sqrt(1 - Math.pow(step.adam().beta2(), step.iteration())));
        int capacity = gaussians.capacity();
        int first = chunk * ViewBuffers.CHUNK;
        int count = Math.min(ViewBuffers.CHUNK, gaussians.count() - first);
        for (int row = 0; row < gaussians.form().rows(); row++) {
            float stepSize = (float) (step.rates()[row] / firstCorrection);
            if (stepSize == 0f) {
                continue;
            }
            for (int i = 0; i < count; i += Lanes.LANES) {
                long moved = count - i < Lanes.LANES ? (1L << count - i) - 1 : 0xff;
                moved &= step.drawnOnly() ? gradient.drawn(i / Lanes.LANES) : 0xff;
                if (moved != 0) {
                    apply(gaussians.parameters().values(), moments.first().values(), moments.second().values(),
                            row * capacity + first + i, gradient.gradient(), row * ViewBuffers.CHUNK + i, moved,
                            stepSize, secondCorrection, step.adam());
                }
            }
        }
    }

    private static void apply(float[] parameters, float[] first, float[] second, int index, float[] gradient,
            int column, long moved, float stepSize, float secondCorrection, Step.Adam adam) {
        VectorMask<Float> mask = VectorMask.fromLong(Lanes.FLOATS, moved);
        FloatVector g = FloatVector.fromArray(Lanes.FLOATS, gradient, column);
        FloatVector m = FloatVector.fromArray(Lanes.FLOATS, first, index, mask)
                .mul(adam.beta1())
                .add(g.mul(1f - adam.beta1()));
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, second, index, mask)
                .mul(adam.beta2())
                .add(g.mul(1f - adam.beta2()).mul(g));
        FloatVector moves = m.mul(stepSize).div(v.sqrt().mul(secondCorrection).add(adam.epsilon()));
        m.intoArray(first, index, mask);
        v.intoArray(second, index, mask);
        FloatVector.fromArray(Lanes.FLOATS, parameters, index, mask)
                .sub(moves)
                .intoArray(parameters, index, mask);
    }
}
