package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.kernel.Layout.SPREAD;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.engine.Step.SpreadPenalty;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;
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
    private final ChunkParameters[] parameters;
    private final float[][] spreads;

    SpreadRegulariser(int threads) {
        parameters = new ChunkParameters[threads];
        spreads = new float[threads][ViewBuffers.CHUNK];
        for (int i = 0; i < threads; i++) {
            parameters[i] = new ChunkParameters();
        }
    }

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

    void measure(FoldedGaussians gaussians, int chunk, int worker) {
        ChunkParameters p = parameters[worker];
        p.take(gaussians, chunk);
        below[chunk] = 0;
        above[chunk] = 0;
        sumBelow[chunk] = 0;
        sumAbove[chunk] = 0;
        Lanes.exp(p.values, p.at(SPREAD), spreads[worker], 0, p.length());
        for (int i = 0; i < p.length(); i += LANES) {
            int violations = violations(spreads[worker], i, penalty.lowest(), penalty.highest()) & p.alive(i);
            // Few Gaussians violate: these one by one.
            for (int rest = violations; rest != 0; rest &= rest - 1) {
                add(chunk, spreads[worker][i + Integer.numberOfTrailingZeros(rest)]);
            }
        }
    }

    /** Which spreads of a vector are below {@code lowest} or above {@code highest}, one bit each. */
    private static int violations(float[] spreads, int i, float lowest, float highest) {
        FloatVector spread = fromArray(FLOATS, spreads, i);
        return (int) spread.compare(VectorOperators.LT, lowest)
                .or(spread.compare(VectorOperators.GT, highest))
                .toLong();
    }

    private void add(int chunk, float spread) {
        if (spread < penalty.lowest()) {
            below[chunk]++;
            sumBelow[chunk] += penalty.lowest() - spread;
        }
        if (spread > penalty.highest()) {
            above[chunk]++;
            sumAbove[chunk] += spread - penalty.highest();
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
    void addGradient(FoldedGaussians gaussians, int chunk, float[] gradient, int worker) {
        ChunkParameters p = parameters[worker];
        p.take(gaussians, chunk);
        Lanes.exp(p.values, p.at(SPREAD), spreads[worker], 0, p.length());
        addGradient(spreads[worker], penalty.lowest(), penalty.highest(), perBelow, perAbove, gradient,
                SPREAD * ViewBuffers.CHUNK, p.length());
    }

    /** {@link io.github.medgs.kernel.FoldingGradient#spreadPenaltyGradient} on lanes. */
    private static void addGradient(float[] spreads, float lowest, float highest, float perBelow, float perAbove,
            float[] gradient, int row, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector spread = fromArray(FLOATS, spreads, i);
            FloatVector slope = ZERO.blend(-perBelow, spread.compare(VectorOperators.LT, lowest))
                    .blend(perAbove, spread.compare(VectorOperators.GT, highest));
            slope.mul(spread).add(fromArray(FLOATS, gradient, row + i)).intoArray(gradient, row + i);
        }
    }
}
