package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Transcendental.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight floats at once: {@link io.github.medgs.kernel.Transcendental} on lanes, operation for operation, so that every
 * lane has the kernel's bits; and sums across lanes in a fixed order.
 *
 * <p>Eight lanes also where the machine has sixteen: splats are narrow. No fused multiply-add where a kernel has none,
 * and no {@code reduceLanes}, whose order of additions is not specified and differs between interpreter and compiler.
 */
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    static final int LANES = 8;

    /** 0, 1, ... 7. */
    static final FloatVector IOTA =
            FloatVector.fromArray(FLOATS, new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 0);

    private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(FLOATS, 0b11110000);
    private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(FLOATS, 0b11001100);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0b10101010);
    private static final VectorShuffle<Float> SWAP_HALVES = VectorShuffle.fromValues(FLOATS, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromValues(FLOATS, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Float> SWAP_NEIGHBOURS =
            VectorShuffle.fromValues(FLOATS, 1, 0, 3, 2, 5, 4, 7, 6);

    private Lanes() {}

    static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** The smallest multiple of eight that is not below {@code n}. */
    static int roundUp(int n) {
        return (n + LANES - 1) & -LANES;
    }

    /** Lanes 0 to n - 1; all of them for n of eight or more. */
    static VectorMask<Float> first(int n) {
        return FLOATS.indexInRange(0, n);
    }

    static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.blend(EXP_LOWEST, x.compare(VectorOperators.LT, EXP_LOWEST));
        bounded = bounded.blend(EXP_HIGHEST, bounded.compare(VectorOperators.GT, EXP_HIGHEST));
        return expWithinBounds(bounded);
    }

    /** As {@link #exp} for arguments within its bounds; anything may come out for others. */
    static FloatVector expWithinBounds(FloatVector x) {
        FloatVector rounded = x.mul(LOG2_E).add(ROUNDING);
        FloatVector whole = rounded.sub(ROUNDING);
        FloatVector r = x.sub(whole.mul(LN2_HIGH));
        r = r.sub(whole.mul(LN2_LOW));
        FloatVector series = r.mul(E5).add(E4);
        series = r.mul(series).add(E3);
        series = r.mul(series).add(E2);
        FloatVector value = r.add(1f).add(r.mul(r).mul(series));
        // Times two to the power of the whole number: its bits, shifted, are added to the exponent.
        IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return value.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    }

    static FloatVector sigmoid(FloatVector x) {
        return broadcast(1f).div(exp(x.neg()).add(1f));
    }

    static FloatVector sineOfTurns(FloatVector turns) {
        FloatVector above = turns.sub(0.25f);
        return cosineOfTurns(above.blend(broadcast(0.25f).sub(turns), turns.compare(VectorOperators.LT, 0.25f)));
    }

    static FloatVector cosineOfTurns(FloatVector turns) {
        FloatVector half = turns.blend(broadcast(1f).sub(turns), turns.compare(VectorOperators.GT, 0.5f));
        VectorMask<Float> mirrored = half.compare(VectorOperators.GT, 0.25f);
        FloatVector quarter = half.blend(broadcast(0.5f).sub(half), mirrored);
        FloatVector cosine = cosineSeries(quarter.mul(TWO_PI));
        FloatVector sine = sineSeries(broadcast(0.25f).sub(quarter).mul(TWO_PI));
        FloatVector value = sine.blend(cosine, quarter.compare(VectorOperators.LE, 0.125f));
        return value.blend(value.neg(), mirrored);
    }

    private static FloatVector cosineSeries(FloatVector x) {
        FloatVector y = x.mul(x);
        FloatVector series = y.mul(-2.75573192e-7f).add(2.48015873e-5f);
        series = series.mul(y).sub(0.00138888889f);
        series = series.mul(y).add(0.0416666667f);
        series = series.mul(y).sub(0.5f);
        return y.mul(series).add(1f);
    }

    private static FloatVector sineSeries(FloatVector x) {
        FloatVector y = x.mul(x);
        FloatVector series = y.mul(2.75573192e-6f).sub(1.98412698e-4f);
        series = series.mul(y).add(0.00833333333f);
        series = series.mul(y).sub(0.166666667f);
        return x.add(x.mul(y).mul(series));
    }

    static FloatVector logarithm(FloatVector x) {
        FloatVector one = broadcast(1f);
        FloatVector rest = one.blend(x, x.compare(VectorOperators.GT, 1f));
        FloatVector result = broadcast(0f);
        VectorMask<Float> large = rest.compare(VectorOperators.GE, 256f);
        result = result.blend(result.add(8f * LN2), large);
        rest = rest.blend(rest.mul(1f / 256f), large);
        large = rest.compare(VectorOperators.GE, 16f);
        result = result.blend(result.add(4f * LN2), large);
        rest = rest.blend(rest.mul(1f / 16f), large);
        large = rest.compare(VectorOperators.GE, 4f);
        result = result.blend(result.add(2f * LN2), large);
        rest = rest.blend(rest.mul(1f / 4f), large);
        large = rest.compare(VectorOperators.GE, 2f);
        result = result.blend(result.add(LN2), large);
        rest = rest.blend(rest.mul(0.5f), large);
        large = rest.compare(VectorOperators.GT, SQRT_2);
        result = result.blend(result.add(LN2), large);
        rest = rest.blend(rest.mul(0.5f), large);
        FloatVector y = rest.sub(1f).div(rest.add(1f));
        FloatVector square = y.mul(y);
        FloatVector series = square.mul(1f / 9f).add(1f / 7f);
        series = series.mul(square).add(1f / 5f);
        series = series.mul(square).add(1f / 3f);
        return result.add(y.add(y.mul(square).mul(series)).mul(2f));
    }

    /** The sums over the lanes of eight vectors, as one vector. */
    static FloatVector sums(FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, FloatVector v4,
            FloatVector v5, FloatVector v6, FloatVector v7) {
        FloatVector v04 = foldHalves(v0, v4);
        FloatVector v15 = foldHalves(v1, v5);
        FloatVector v26 = foldHalves(v2, v6);
        FloatVector v37 = foldHalves(v3, v7);
        FloatVector v0246 = v04.blend(v26, UPPER_PAIRS).add(v26.blend(v04, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        FloatVector v1357 = v15.blend(v37, UPPER_PAIRS).add(v37.blend(v15, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        return v0246.blend(v1357, ODD).add(v1357.blend(v0246, ODD).rearrange(SWAP_NEIGHBOURS));
    }

    /** Lower half of the result: a's lanes added in pairs; upper half: b's. */
    private static FloatVector foldHalves(FloatVector a, FloatVector b) {
        return a.blend(b, UPPER_HALF).add(b.blend(a, UPPER_HALF).rearrange(SWAP_HALVES));
    }

    /** The sum over the lanes of one vector. */
    static float sum(FloatVector v) {
        FloatVector halves = v.add(v.rearrange(SWAP_HALVES));
        FloatVector pairs = halves.add(halves.rearrange(SWAP_PAIRS));
        return pairs.lane(0) + pairs.lane(1);
    }
}
