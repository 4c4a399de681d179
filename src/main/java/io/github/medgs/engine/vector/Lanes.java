package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Transcendental.*;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight floats at once, or four: {@link io.github.medgs.kernel.Transcendental} on lanes, operation for operation, so
 * that every lane has the kernel's bits; and sums across lanes in a fixed order.
 *
 * <p>Eight lanes also where the machine has sixteen: splats are narrow. Four where its vectors hold no more (ARM's
 * NEON, x86 before AVX2): eight would be no vector there, but an object for every operation. No fused multiply-add where
 * a kernel has none, and no {@code reduceLanes}, whose order of additions is not specified and differs between
 * interpreter and compiler.
 */
final class Lanes {

    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() >= 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    static final int LANES = FLOATS.length();

    /** A bit for every lane. */
    static final int ALL = (1 << LANES) - 1;

    static final FloatVector ZERO = FloatVector.zero(FLOATS);
    static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1f);

    /** For strips of 1 and of 2 rows: each lane's column and row within the vector. */
    static final float[][] COLUMNS = {null, new float[LANES], new float[LANES]};
    static final float[][] ROWS = {null, new float[LANES], new float[LANES]};

    static {
        for (int rows = 1; rows <= 2; rows++) {
            for (int lane = 0; lane < LANES; lane++) {
                COLUMNS[rows][lane] = lane / rows;
                ROWS[rows][lane] = lane % rows;
            }
        }
    }

    // The halves of eight lanes; of four there are none, and nobody asks for them.
    private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(FLOATS, 0b11110000 & ALL);
    private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(FLOATS, 0b11001100 & ALL);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0b10101010 & ALL);
    private static final VectorShuffle<Float> SWAP_HALVES = swap(4);
    private static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
    private static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);

    private Lanes() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LANES);
    }

    /** The smallest multiple of the lanes that is not below {@code n}. */
    static int roundUp(int n) {
        return (n + LANES - 1) & -LANES;
    }

    /** out[i] = exp(in[at + i]) for i from {@code from} to {@code end}, whole vectors. */
    static void exp(float[] in, int at, float[] out, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector x = fromArray(FLOATS, in, at + i);
            x = x.blend(EXP_LOWEST, x.compare(VectorOperators.LT, EXP_LOWEST));
            x = x.blend(EXP_HIGHEST, x.compare(VectorOperators.GT, EXP_HIGHEST));
            FloatVector rounded = x.mul(LOG2_E).add(ROUNDING);
            FloatVector whole = rounded.sub(ROUNDING);
            FloatVector r = x.sub(whole.mul(LN2_HIGH)).sub(whole.mul(LN2_LOW));
            FloatVector series = r.mul(r.mul(r.mul(E5).add(E4)).add(E3)).add(E2);
            FloatVector value = r.add(1f).add(r.mul(r).mul(series));
            // Times two to the power of the whole number: its bits, shifted, are added to the exponent.
            value.reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .intoArray(out, i);
        }
    }

    /** out[i] = 1 / (1 + exp(-in[at + i])), likewise. */
    static void sigmoid(float[] in, int at, float[] out, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            fromArray(FLOATS, in, at + i).neg().intoArray(out, i);
        }
        exp(out, 0, out, from, end);
        for (int i = from; i < end; i += LANES) {
            ONE.div(fromArray(FLOATS, out, i).add(1f)).intoArray(out, i);
        }
    }

    /** Cosine and sine of numbers of turns, each in [0, 1]. */
    static void turn(float[] turns, float[] cosine, float[] sine, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector t = fromArray(FLOATS, turns, i);
            // sin(turns) = cos(turns - 1/4), and cosine is even.
            t.sub(0.25f).blend(t.neg().add(0.25f), t.compare(VectorOperators.LT, 0.25f)).intoArray(sine, i);
        }
        cosine(turns, cosine, from, end);
        cosine(sine, sine, from, end);
    }

    private static void cosine(float[] turns, float[] out, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector t = fromArray(FLOATS, turns, i);
            FloatVector half = t.blend(ONE.sub(t), t.compare(VectorOperators.GT, 0.5f));
            VectorMask<Float> mirrored = half.compare(VectorOperators.GT, 0.25f);
            FloatVector quarter = half.blend(half.neg().add(0.5f), mirrored);
            FloatVector x = quarter.mul(TWO_PI);
            FloatVector y = x.mul(x);
            FloatVector series = y.mul(C10).add(C8);
            series = series.mul(y).add(C6);
            series = series.mul(y).add(C4);
            series = series.mul(y).add(C2);
            FloatVector cosine = y.mul(series).add(1f);
            x = quarter.neg().add(0.25f).mul(TWO_PI);
            y = x.mul(x);
            series = y.mul(S9).add(S7);
            series = series.mul(y).add(S5);
            series = series.mul(y).add(S3);
            FloatVector sine = x.add(x.mul(y).mul(series));
            FloatVector value = sine.blend(cosine, quarter.compare(VectorOperators.LE, 0.125f));
            value.blend(value.neg(), mirrored).intoArray(out, i);
        }
    }

    /** Natural logarithms of values[i] / divisor, in place. */
    static void logarithm(float[] values, int from, int end, float divisor) {
        for (int i = from; i < end; i += LANES) {
            FloatVector x = fromArray(FLOATS, values, i).div(divisor);
            FloatVector rest = ONE.blend(x, x.compare(VectorOperators.GT, 1f));
            FloatVector result = ZERO;
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
            result.add(y.add(y.mul(square).mul(series)).mul(2f)).intoArray(values, i);
        }
    }

    /** out[k] = the sum of the lanes of vector k, for k from 0 to 7, written at {@code place}. */
    static void sums(float[] in, int from, float[] out, int place) {
        if (LANES == 8) {
            sumsOfEight(in, from, out, place);
        } else {
            sumsOfFour(in, from, out, place);
            sumsOfFour(in, from + 4 * LANES, out, place + 4);
        }
    }

    private static void sumsOfFour(float[] in, int from, float[] out, int place) {
        FloatVector v0 = fromArray(FLOATS, in, from);
        FloatVector v1 = fromArray(FLOATS, in, from + LANES);
        FloatVector v2 = fromArray(FLOATS, in, from + 2 * LANES);
        FloatVector v3 = fromArray(FLOATS, in, from + 3 * LANES);
        FloatVector even = v0.blend(v2, UPPER_PAIRS).add(v2.blend(v0, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        FloatVector odd = v1.blend(v3, UPPER_PAIRS).add(v3.blend(v1, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        even.blend(odd, ODD).add(odd.blend(even, ODD).rearrange(SWAP_NEIGHBOURS)).intoArray(out, place);
    }

    private static void sumsOfEight(float[] in, int from, float[] out, int place) {
        FloatVector v0 = fromArray(FLOATS, in, from);
        FloatVector v1 = fromArray(FLOATS, in, from + LANES);
        FloatVector v2 = fromArray(FLOATS, in, from + 2 * LANES);
        FloatVector v3 = fromArray(FLOATS, in, from + 3 * LANES);
        FloatVector v4 = fromArray(FLOATS, in, from + 4 * LANES);
        FloatVector v5 = fromArray(FLOATS, in, from + 5 * LANES);
        FloatVector v6 = fromArray(FLOATS, in, from + 6 * LANES);
        FloatVector v7 = fromArray(FLOATS, in, from + 7 * LANES);
        // Halve the number of addends three times, and the number of vectors with them.
        FloatVector v04 = v0.blend(v4, UPPER_HALF).add(v4.blend(v0, UPPER_HALF).rearrange(SWAP_HALVES));
        FloatVector v15 = v1.blend(v5, UPPER_HALF).add(v5.blend(v1, UPPER_HALF).rearrange(SWAP_HALVES));
        FloatVector v26 = v2.blend(v6, UPPER_HALF).add(v6.blend(v2, UPPER_HALF).rearrange(SWAP_HALVES));
        FloatVector v37 = v3.blend(v7, UPPER_HALF).add(v7.blend(v3, UPPER_HALF).rearrange(SWAP_HALVES));
        FloatVector even = v04.blend(v26, UPPER_PAIRS).add(v26.blend(v04, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        FloatVector odd = v15.blend(v37, UPPER_PAIRS).add(v37.blend(v15, UPPER_PAIRS).rearrange(SWAP_PAIRS));
        even.blend(odd, ODD).add(odd.blend(even, ODD).rearrange(SWAP_NEIGHBOURS)).intoArray(out, place);
    }

    /** Transposes as many rows of lanes as there are lanes, {@code inStride} apart, into rows {@code stride} apart. */
    static void transpose(float[] in, int from, int inStride, float[] out, int to, int stride) {
        if (LANES == 8) {
            transposeEight(in, from, inStride, out, to, stride);
        } else {
            transposeFour(in, from, inStride, out, to, stride);
        }
    }

    private static void transposeFour(float[] in, int from, int inStride, float[] out, int to, int stride) {
        FloatVector v0 = fromArray(FLOATS, in, from);
        FloatVector v1 = fromArray(FLOATS, in, from + inStride);
        FloatVector v2 = fromArray(FLOATS, in, from + 2 * inStride);
        FloatVector v3 = fromArray(FLOATS, in, from + 3 * inStride);
        FloatVector b0 = v0.blend(v2.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b2 = v0.rearrange(SWAP_PAIRS).blend(v2, UPPER_PAIRS);
        FloatVector b1 = v1.blend(v3.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b3 = v1.rearrange(SWAP_PAIRS).blend(v3, UPPER_PAIRS);
        b0.blend(b1.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to);
        b0.rearrange(SWAP_NEIGHBOURS).blend(b1, ODD).intoArray(out, to + stride);
        b2.blend(b3.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to + 2 * stride);
        b2.rearrange(SWAP_NEIGHBOURS).blend(b3, ODD).intoArray(out, to + 3 * stride);
    }

    private static void transposeEight(float[] in, int from, int inStride, float[] out, int to, int stride) {
        FloatVector v0 = fromArray(FLOATS, in, from);
        FloatVector v1 = fromArray(FLOATS, in, from + inStride);
        FloatVector v2 = fromArray(FLOATS, in, from + 2 * inStride);
        FloatVector v3 = fromArray(FLOATS, in, from + 3 * inStride);
        FloatVector v4 = fromArray(FLOATS, in, from + 4 * inStride);
        FloatVector v5 = fromArray(FLOATS, in, from + 5 * inStride);
        FloatVector v6 = fromArray(FLOATS, in, from + 6 * inStride);
        FloatVector v7 = fromArray(FLOATS, in, from + 7 * inStride);
        // Swap the off-diagonal blocks of four by four, then of two by two, then single floats.
        FloatVector a0 = v0.blend(v4.rearrange(SWAP_HALVES), UPPER_HALF);
        FloatVector a4 = v0.rearrange(SWAP_HALVES).blend(v4, UPPER_HALF);
        FloatVector a1 = v1.blend(v5.rearrange(SWAP_HALVES), UPPER_HALF);
        FloatVector a5 = v1.rearrange(SWAP_HALVES).blend(v5, UPPER_HALF);
        FloatVector a2 = v2.blend(v6.rearrange(SWAP_HALVES), UPPER_HALF);
        FloatVector a6 = v2.rearrange(SWAP_HALVES).blend(v6, UPPER_HALF);
        FloatVector a3 = v3.blend(v7.rearrange(SWAP_HALVES), UPPER_HALF);
        FloatVector a7 = v3.rearrange(SWAP_HALVES).blend(v7, UPPER_HALF);
        FloatVector b0 = a0.blend(a2.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b2 = a0.rearrange(SWAP_PAIRS).blend(a2, UPPER_PAIRS);
        FloatVector b1 = a1.blend(a3.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b3 = a1.rearrange(SWAP_PAIRS).blend(a3, UPPER_PAIRS);
        FloatVector b4 = a4.blend(a6.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b6 = a4.rearrange(SWAP_PAIRS).blend(a6, UPPER_PAIRS);
        FloatVector b5 = a5.blend(a7.rearrange(SWAP_PAIRS), UPPER_PAIRS);
        FloatVector b7 = a5.rearrange(SWAP_PAIRS).blend(a7, UPPER_PAIRS);
        b0.blend(b1.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to);
        b0.rearrange(SWAP_NEIGHBOURS).blend(b1, ODD).intoArray(out, to + stride);
        b2.blend(b3.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to + 2 * stride);
        b2.rearrange(SWAP_NEIGHBOURS).blend(b3, ODD).intoArray(out, to + 3 * stride);
        b4.blend(b5.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to + 4 * stride);
        b4.rearrange(SWAP_NEIGHBOURS).blend(b5, ODD).intoArray(out, to + 5 * stride);
        b6.blend(b7.rearrange(SWAP_NEIGHBOURS), ODD).intoArray(out, to + 6 * stride);
        b6.rearrange(SWAP_NEIGHBOURS).blend(b7, ODD).intoArray(out, to + 7 * stride);
    }

    /** The sum of as many floats as there are lanes. */
    static float sum(float[] values, int i) {
        if (LANES == 4) {
            return values[i] + values[i + 2] + (values[i + 1] + values[i + 3]);
        }
        float even = values[i] + values[i + 2] + (values[i + 4] + values[i + 6]);
        float odd = values[i + 1] + values[i + 3] + (values[i + 5] + values[i + 7]);
        return even + odd;
    }
}
