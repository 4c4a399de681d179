package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Layout.SPREAD;

import io.github.medgs.engine.Step.SpreadPenalty;
import io.github.medgs.kernel.FoldingGradient;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The sigma regulariser: first how many Gaussians violate it and by how much, chunk by chunk, then its gradient.
 *
 * <p>Each chunk has its own sums, added up in order, so that the threads' number does not matter.
 */
final class SpreadRegulariser {

    private SpreadPenalty penalty = SpreadPenalty.NONE;
    private int[] below = new int[0];
    private int[] above = new int[0];
    private double[] sumBelow = new double[0];
    private double[] sumAbove = new double[0];
    private float perBelow;
    private float perAbove;

    void prepare(SpreadPenalty penalty, int chunks) {
        this.penalty = penalty;
        if (below.length < chunks) {
            int room = chunks + chunks / 4;
            below = new int[room];
            above = new int[room];
            sumBelow = new double[room];
            sumAbove = new double[room];
        }
    }

    boolean isWanted() {
        return penalty.weight() != 0f;
    }

    void measure(FoldedGaussians gaussians, int chunk) {
        int first = chunk * ViewBuffers.CHUNK;
        int end = Math.min(gaussians.count(), first + ViewBuffers.CHUNK);
        below[chunk] = 0;
        above[chunk] = 0;
        sumBelow[chunk] = 0;
        sumAbove[chunk] = 0;
        for (int g = first; g < end; g += Lanes.LANES) {
            VectorMask<Float> alive = Lanes.first(end - g);
            FloatVector spread = Lanes.exp(Activation.load(
                    gaussians.parameters().values(), SPREAD * gaussians.capacity() + g, alive));
            VectorMask<Float> low = spread.compare(VectorOperators.LT, penalty.lowest(), alive);
            if (low.anyTrue()) {
                below[chunk] += low.trueCount();
                sumBelow[chunk] += Lanes.sum(Lanes.broadcast(0f).blend(spread.neg().add(penalty.lowest()), low));
            }
            VectorMask<Float> high = spread.compare(VectorOperators.GT, penalty.highest(), alive);
            if (high.anyTrue()) {
                above[chunk] += high.trueCount();
                sumAbove[chunk] += Lanes.sum(Lanes.broadcast(0f).blend(spread.sub(penalty.highest()), high));
            }
        }
    }

    /** Adds the chunks up; returns the loss. */
    double finish(int chunks) {
        int violatingBelow = 0;
        int violatingAbove = 0;
        double missing = 0;
        double excess = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            violatingBelow += below[chunk];
            violatingAbove += above[chunk];
            missing += sumBelow[chunk];
            excess += sumAbove[chunk];
        }
        perBelow = violatingBelow == 0 ? 0f : penalty.weight() / violatingBelow;
        perAbove = violatingAbove == 0 ? 0f : penalty.weight() / violatingAbove;
        return perBelow * missing + perAbove * excess;
    }

    /** Adds the gradient of a chunk, after {@link #finish}. */
    void addGradient(FoldedGaussians gaussians, int chunk, float[] gradient) {
        int first = chunk * ViewBuffers.CHUNK;
        int count = Math.min(ViewBuffers.CHUNK, gaussians.count() - first);
        for (int i = 0; i < count; i++) {
            gradient[SPREAD * ViewBuffers.CHUNK + i] += FoldingGradient.spreadPenaltyGradient(
                    gaussians.get(SPREAD, first + i), penalty.lowest(), penalty.highest(), perBelow, perAbove);
        }
    }
}
