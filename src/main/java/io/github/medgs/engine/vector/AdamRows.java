package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Step;
import io.github.medgs.kernel.AdamUpdate;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;

/** {@link io.github.medgs.kernel.AdamUpdate} on rows of a chunk, eight parameters at once. */
final class AdamRows {

    private AdamRows() {}

    /** Moves the parameters of a chunk by one step of Adam. */
    static void apply(FoldedGaussians gaussians, AdamMoments moments, Step step, ChunkGradient gradient, int chunk) {
        double firstCorrection = 1 - Math.pow(step.adam().beta1(), step.iteration());
        float secondCorrection = (float) (1 / Math.sqrt(1 - Math.pow(step.adam().beta2(), step.iteration())));
        float beta1 = step.adam().beta1();
        float beta2 = step.adam().beta2();
        float epsilon = step.adam().epsilon();
        float[] parameters = gaussians.parameters().values();
        float[] firsts = moments.first().values();
        float[] seconds = moments.second().values();
        int capacity = gaussians.capacity();
        int first = chunk * ViewBuffers.CHUNK;
        int count = Math.min(ViewBuffers.CHUNK, gaussians.count() - first);
        for (int row = 0; row < gaussians.form().rows(); row++) {
            float stepSize = (float) (step.rates()[row] / firstCorrection);
            if (stepSize == 0f) {
                continue;
            }
            int at = row * capacity + first;
            int column = row * ViewBuffers.CHUNK;
            for (int i = 0; i < count; i += LANES) {
                int moved = step.drawnOnly() ? gradient.drawn(i / LANES) : 0xff;
                if (moved == 0xff && i + LANES <= count) {
                    applyToEight(parameters, firsts, seconds, at + i, gradient.gradient(), column + i, stepSize,
                            secondCorrection, beta1, beta2, epsilon);
                    continue;
                }
                for (int lane = 0; lane < Math.min(LANES, count - i); lane++) {
                    if ((moved >> lane & 1) != 0) {
                        AdamUpdate.apply(parameters, firsts, seconds, at + i + lane,
                                gradient.gradient()[column + i + lane], stepSize, secondCorrection, beta1, beta2,
                                epsilon);
                    }
                }
            }
        }
    }

    private static void applyToEight(float[] parameters, float[] first, float[] second, int index, float[] gradient,
            int column, float stepSize, float secondCorrection, float beta1, float beta2, float epsilon) {
        FloatVector g = fromArray(FLOATS, gradient, column);
        FloatVector m = fromArray(FLOATS, first, index).mul(beta1).add(g.mul(1f - beta1));
        FloatVector v = fromArray(FLOATS, second, index).mul(beta2).add(g.mul(1f - beta2).mul(g));
        m.intoArray(first, index);
        v.intoArray(second, index);
        FloatVector moves = m.mul(stepSize).div(v.sqrt().mul(secondCorrection).add(epsilon));
        fromArray(FLOATS, parameters, index).sub(moves).intoArray(parameters, index);
    }
}
