package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Step;
import io.github.medgs.kernel.AdamUpdate;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link io.github.medgs.kernel.AdamUpdate} on rows of a chunk, a vector of parameters at once. */
final class AdamRows {

    private AdamRows() {}

    /** Moves the parameters of a chunk by one step of Adam. */
    static void apply(FoldedGaussians gaussians, AdamMoments moments, Step step, ChunkGradient gradient, int chunk) {
        double firstCorrection = step.adam().firstCorrection(step.iteration());
        float secondCorrection = step.adam().secondCorrection(step.iteration());
        float beta1 = step.adam().beta1();
        float beta2 = step.adam().beta2();
        float epsilon = step.adam().epsilon();
        float[] parameters = gaussians.parameters().values();
        float[] firsts = moments.first().values();
        float[] seconds = moments.second().values();
        int capacity = gaussians.capacity();
        int first = chunk * CHUNK;
        int count = Math.min(CHUNK, gaussians.count() - first);
        for (int row = 0; row < gaussians.form().rows(); row++) {
            float stepSize = (float) (step.rates()[row] / firstCorrection);
            if (stepSize == 0f) {
                continue;
            }
            int at = row * capacity + first;
            int column = row * CHUNK;
            int whole = count & -LANES;
            int i = 0;
            while (i < count) {
                int end = i;
                while (end < whole && (!step.drawnOnly() || gradient.drawn(end / LANES) == Lanes.ALL)) {
                    end += LANES;
                }
                applyToRow(parameters, firsts, seconds, at, gradient.gradient(), column, i, end, stepSize,
                        secondCorrection, beta1, beta2, epsilon);
                i = end;
                if (i < whole) {
                    applyToSome(parameters, firsts, seconds, at + i, gradient.gradient(), column + i,
                            gradient.drawn(i / LANES), stepSize, secondCorrection, beta1, beta2, epsilon);
                    i += LANES;
                    continue;
                }
                // The last few of the model, less than a vector: one by one.
                for (; i < count; i++) {
                    if (!step.drawnOnly() || (gradient.drawn(i / LANES) >> i % LANES & 1) != 0) {
                        AdamUpdate.apply(parameters, firsts, seconds, at + i, gradient.gradient()[column + i],
                                stepSize, secondCorrection, beta1, beta2, epsilon);
                    }
                }
            }
        }
    }

    private static void applyToRow(float[] parameters, float[] first, float[] second, int at, float[] gradient,
            int column, int from, int end, float stepSize, float secondCorrection, float beta1, float beta2,
            float epsilon) {
        for (int i = from; i < end; i += LANES) {
            FloatVector g = fromArray(FLOATS, gradient, column + i);
            FloatVector m = fromArray(FLOATS, first, at + i).mul(beta1).add(g.mul(1f - beta1));
            FloatVector v = fromArray(FLOATS, second, at + i).mul(beta2).add(g.mul(1f - beta2).mul(g));
            m.intoArray(first, at + i);
            v.intoArray(second, at + i);
            FloatVector moves = m.mul(stepSize).div(v.sqrt().mul(secondCorrection).add(epsilon));
            fromArray(FLOATS, parameters, at + i).sub(moves).intoArray(parameters, at + i);
        }
    }

    /** A vector of parameters, of which those move whose bit is set. */
    private static void applyToSome(float[] parameters, float[] first, float[] second, int at, float[] gradient,
            int column, int bits, float stepSize, float secondCorrection, float beta1, float beta2, float epsilon) {
        VectorMask<Float> moved = VectorMask.fromLong(FLOATS, bits);
        FloatVector g = fromArray(FLOATS, gradient, column);
        FloatVector before = fromArray(FLOATS, first, at);
        FloatVector m = before.blend(before.mul(beta1).add(g.mul(1f - beta1)), moved);
        FloatVector squareBefore = fromArray(FLOATS, second, at);
        FloatVector v = squareBefore.blend(squareBefore.mul(beta2).add(g.mul(1f - beta2).mul(g)), moved);
        m.intoArray(first, at);
        v.intoArray(second, at);
        FloatVector moves = m.mul(stepSize).div(v.sqrt().mul(secondCorrection).add(epsilon));
        FloatVector p = fromArray(FLOATS, parameters, at);
        p.blend(p.sub(moves), moved).intoArray(parameters, at);
    }
}
