package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.kernel.AlphaCompositing.ALPHA_HIGHEST;
import static io.github.medgs.kernel.AlphaCompositing.TRANSMITTANCE_LOWEST;
import static io.github.medgs.kernel.Folding.ALPHA_CUT;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Alpha compositing of one head of a splat on a column of vectors:
 * {@link io.github.medgs.kernel.AlphaCompositing} on lanes.
 *
 * <p>A finished pixel has transmittance 0 and takes part without effect. The backward loop draws again from the front,
 * and subtracts from the finished colour: what is left is the colour behind.
 */
final class AlphaColumn {

    private AlphaColumn() {}

    /** Whether any pixel of a column's first {@code lanes} lanes is not finished. */
    static boolean anyLeft(float[] through, int p, int stride, int strips, int lanes) {
        IntVector bits = IntVector.zero(Lanes.INTS);
        for (int end = p + strips * stride; p != end; p += stride) {
            // Transmittances are never negative: zero only when no bit is set.
            bits = bits.or(fromArray(FLOATS, through, p).reinterpretAsInts());
        }
        return (bits.compare(VectorOperators.NE, 0).toLong() & (1L << lanes) - 1) != 0;
    }

    /**
     * Draws.
     *
     * @param gaussians input, vector after vector
     * @param through input and output, transmittances from {@code p}, strips {@code stride} apart; {@code colour}
     *     likewise
     */
    static void draw(float[] gaussians, int strips, float opacity, float intensity, float[] through, float[] colour,
            int p, int stride) {
        // Counted by the stride, which is no constant: a loop of known step the compiler would split into a first, a
        // main and a last part, which for three to nine rounds costs more than the rounds.
        for (int i = 0, end = p + strips * stride; p != end; i++, p += stride) {
            FloatVector transmittance = fromArray(FLOATS, through, p);
            FloatVector product = fromArray(FLOATS, gaussians, i * LANES).mul(opacity);
            FloatVector clamped = product.blend(ALPHA_HIGHEST, product.compare(VectorOperators.GT, ALPHA_HIGHEST));
            FloatVector alpha = ZERO.blend(clamped, clamped.compare(VectorOperators.GE, ALPHA_CUT));
            FloatVector behind = transmittance.mul(ONE.sub(alpha));
            VectorMask<Float> goesOn = behind.compare(VectorOperators.GE, TRANSMITTANCE_LOWEST);
            FloatVector weight = ZERO.blend(alpha.mul(transmittance), goesOn);
            ZERO.blend(behind, goesOn).intoArray(through, p);
            fromArray(FLOATS, colour, p).add(weight.mul(intensity)).intoArray(colour, p);
        }
    }

    /**
     * The gradient: draws again, and gathers what the pixels say of the splat.
     *
     * @param colourBehind input and output, the finished colour less what was drawn so far
     * @param slope input, dL / d pixel, in strips
     * @param meanV row of the splat's mean
     * @param firstRow row of the first strip
     * @param laneRows each lane's row within a strip of {@code stripRows}
     * @param gathered input and output; see {@link Footprint}
     * @param head the head's place in it
     */
    static void gradient(float[] gaussians, int strips, float opacity, float intensity, float[] through,
            float[] colourBehind, float[] slope, int p, int stride, float meanV, int firstRow, float[] laneRows,
            int stripRows, float[] gathered, int head) {
        FloatVector row = fromArray(FLOATS, laneRows, 0).add(firstRow);
        FloatVector sum = broadcast(FLOATS, 0f);
        FloatVector sumDv = broadcast(FLOATS, 0f);
        FloatVector sumDvDv = broadcast(FLOATS, 0f);
        FloatVector dIntensity = fromArray(FLOATS, gathered, head + LANES);
        for (int i = 0, end = p + strips * stride; p != end; i++, p += stride) {
            FloatVector transmittance = fromArray(FLOATS, through, p);
            FloatVector g = fromArray(FLOATS, slope, p);
            FloatVector gaussian = fromArray(FLOATS, gaussians, i * LANES);
            FloatVector product = gaussian.mul(opacity);
            VectorMask<Float> isClamped = product.compare(VectorOperators.GT, ALPHA_HIGHEST);
            FloatVector clamped = product.blend(ALPHA_HIGHEST, isClamped);
            FloatVector alpha = ZERO.blend(clamped, clamped.compare(VectorOperators.GE, ALPHA_CUT));
            FloatVector rest = ONE.sub(alpha);
            FloatVector behind = transmittance.mul(rest);
            VectorMask<Float> goesOn = behind.compare(VectorOperators.GE, TRANSMITTANCE_LOWEST);
            FloatVector weight = ZERO.blend(alpha.mul(transmittance), goesOn);
            ZERO.blend(behind, goesOn).intoArray(through, p);
            FloatVector left = fromArray(FLOATS, colourBehind, p).sub(weight.mul(intensity));
            left.intoArray(colourBehind, p);
            dIntensity = g.fma(weight, dIntensity);
            // dL / d alpha where the splat counts and is not clamped; times G it is dL / d opacity.
            FloatVector dAlpha = transmittance.mul(intensity).sub(left.div(rest)).mul(g);
            FloatVector dOpacity = ZERO.blend(dAlpha.mul(gaussian),
                    weight.compare(VectorOperators.GT, 0f).andNot(isClamped));
            FloatVector dv = broadcast(FLOATS, meanV).sub(row);
            row = row.add(stripRows);
            sum = sum.add(dOpacity);
            FloatVector byDv = dOpacity.mul(dv);
            sumDv = sumDv.add(byDv);
            sumDvDv = byDv.fma(dv, sumDvDv);
        }
        // e = dL/dG G is the opacity times dL / d opacity.
        sum.add(fromArray(FLOATS, gathered, head)).intoArray(gathered, head);
        dIntensity.intoArray(gathered, head + LANES);
        sum.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E)).intoArray(gathered, Footprint.E);
        sumDv.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E_DV)).intoArray(gathered, Footprint.E_DV);
        sumDvDv.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E_DV_DV))
                .intoArray(gathered, Footprint.E_DV_DV);
    }
}
