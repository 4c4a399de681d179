package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.kernel.AlphaCompositing.ALPHA_HIGHEST;
import static io.github.medgs.kernel.AlphaCompositing.TRANSMITTANCE_LOWEST;
import static io.github.medgs.kernel.Folding.ALPHA_CUT;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Alpha compositing of one head of a splat on a column of eight pixels:
 * {@link io.github.medgs.kernel.AlphaCompositing} on lanes.
 *
 * <p>A finished pixel has transmittance 0 and takes part without effect. The backward loop draws again from the front,
 * and subtracts from the finished colour: what is left is the colour behind.
 */
final class AlphaRows {

    private AlphaRows() {}

    /** Whether any of a column's first {@code lanes} pixels is not finished. */
    static boolean anyLeft(float[] through, int p, int stride, int rows, int lanes) {
        IntVector bits = IntVector.zero(IntVector.SPECIES_256);
        for (int end = p + rows * stride; p != end; p += stride) {
            // Transmittances are never negative: zero only when no bit is set.
            bits = bits.or(fromArray(FLOATS, through, p).reinterpretAsInts());
        }
        return (bits.compare(VectorOperators.NE, 0).toLong() & (1L << lanes) - 1) != 0;
    }

    /**
     * Draws.
     *
     * @param gaussians input, rows of eight
     * @param through input and output, transmittances from {@code p}, rows {@code stride} apart; {@code colour} likewise
     */
    static void draw(float[] gaussians, int rows, float opacity, float intensity, float[] through, float[] colour,
            int p, int stride) {
        // Counted by the stride, which is no constant: a loop of known step the compiler would split into a first, a
        // main and a last part, which for three to nine rounds costs more than the rounds.
        for (int i = 0, end = p + rows * stride; p != end; i++, p += stride) {
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
     * @param gradient input, dL / d pixel
     * @param meanV row of the splat's mean, less the first row
     * @param gathered input and output; see {@link Footprint}
     * @param head the head's place in it
     */
    static void gradient(float[] gaussians, int rows, float opacity, float intensity, float[] through,
            float[] colourBehind, float[] gradient, int p, int stride, float meanV, float[] gathered, int head) {
        FloatVector sumE = fromArray(FLOATS, gathered, Footprint.E);
        FloatVector sumEDv = fromArray(FLOATS, gathered, Footprint.E_DV);
        FloatVector sumEDvDv = fromArray(FLOATS, gathered, Footprint.E_DV_DV);
        FloatVector dOpacity = fromArray(FLOATS, gathered, head);
        FloatVector dIntensity = fromArray(FLOATS, gathered, head + LANES);
        for (int i = 0, end = p + rows * stride; p != end; i++, p += stride) {
            FloatVector transmittance = fromArray(FLOATS, through, p);
            FloatVector g = fromArray(FLOATS, gradient, p);
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
            // dL / d alpha where the splat counts and is not clamped.
            FloatVector dAlpha = transmittance.mul(intensity).sub(left.div(rest)).mul(g);
            FloatVector dGaussian = ZERO.blend(dAlpha.mul(gaussian), weight.compare(VectorOperators.GT, 0f))
                    .blend(0f, isClamped);
            dOpacity = dOpacity.add(dGaussian);
            FloatVector e = dGaussian.mul(opacity);
            float dv = meanV - i;
            sumE = sumE.add(e);
            sumEDv = sumEDv.add(e.mul(dv));
            sumEDvDv = sumEDvDv.add(e.mul(dv * dv));
        }
        sumE.intoArray(gathered, Footprint.E);
        sumEDv.intoArray(gathered, Footprint.E_DV);
        sumEDvDv.intoArray(gathered, Footprint.E_DV_DV);
        dOpacity.intoArray(gathered, head);
        dIntensity.intoArray(gathered, head + LANES);
    }
}
