package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.kernel.NormalisedSum.EPSILON;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * The normalised sum of one head of a splat on a column of eight pixels:
 * {@link io.github.medgs.kernel.NormalisedSum} on lanes.
 *
 * <p>For the backward loop each pixel holds R = (dL/dpixel) / N and R C, with N the denominator and C the finished
 * pixel: dL/dw = R c - R C, and dL/dc = R w.
 */
final class NormalisedRows {

    private NormalisedRows() {}

    /**
     * Draws.
     *
     * @param gaussians input, rows of eight
     * @param weights input and output, sums of weights from {@code p}, rows {@code stride} apart; {@code weighted}
     *     likewise those of weighted intensities
     */
    static void draw(float[] gaussians, int rows, float opacity, float intensity, float[] weights, float[] weighted,
            int p, int stride) {
        // Counted by the stride, which is no constant: a loop of known step the compiler would split into a first, a
        // main and a last part, which for three to nine rounds costs more than the rounds.
        for (int i = 0, end = p + rows * stride; p != end; i++, p += stride) {
            FloatVector weight = fromArray(FLOATS, gaussians, i * LANES).mul(opacity);
            fromArray(FLOATS, weights, p).add(weight).intoArray(weights, p);
            fromArray(FLOATS, weighted, p).add(weight.mul(intensity)).intoArray(weighted, p);
        }
    }

    /** Finishes the pixels of a band. */
    static void finish(Planes planes, int first, int last) {
        int end = planes.row(last + 1) - LANES;
        for (int p = planes.row(first); p < end; p += LANES) {
            FloatVector sumOfWeights = fromArray(FLOATS, planes.through, p);
            FloatVector weightedSum = fromArray(FLOATS, planes.colour, p);
            weightedSum.div(sumOfWeights.add(EPSILON)).intoArray(planes.finished, p);
        }
    }

    /** Makes R and R C of a band's sums of weights, finished pixels and their gradient. */
    static void startGradient(Planes planes, int first, int last) {
        int end = planes.row(last + 1) - LANES;
        for (int p = planes.row(first); p < end; p += LANES) {
            FloatVector sumOfWeights = fromArray(FLOATS, planes.through, p);
            FloatVector perWeight =
                    fromArray(FLOATS, planes.gradient, p).div(sumOfWeights.add(EPSILON));
            perWeight.intoArray(planes.through, p);
            perWeight.mul(fromArray(FLOATS, planes.finished, p)).intoArray(planes.colour, p);
        }
    }

    /**
     * The gradient, after {@link #startGradient}: gathers what the pixels say of the splat.
     *
     * @param perWeight input, R; {@code perWeightColour} input, R C
     * @param meanV row of the splat's mean, less the first row
     * @param gathered input and output; see {@link Footprint}
     * @param head the head's place in it
     */
    static void gradient(float[] gaussians, int rows, float opacity, float intensity, float[] perWeight,
            float[] perWeightColour, int p, int stride, float meanV, float[] gathered, int head) {
        FloatVector sumE = fromArray(FLOATS, gathered, Footprint.E);
        FloatVector sumEDv = fromArray(FLOATS, gathered, Footprint.E_DV);
        FloatVector sumEDvDv = fromArray(FLOATS, gathered, Footprint.E_DV_DV);
        FloatVector dOpacity = fromArray(FLOATS, gathered, head);
        FloatVector dIntensity = fromArray(FLOATS, gathered, head + LANES);
        for (int i = 0, end = p + rows * stride; p != end; i++, p += stride) {
            FloatVector gaussian = fromArray(FLOATS, gaussians, i * LANES);
            FloatVector r = fromArray(FLOATS, perWeight, p).mul(gaussian);
            FloatVector dWeight = r.mul(intensity)
                    .sub(fromArray(FLOATS, perWeightColour, p).mul(gaussian));
            dOpacity = dOpacity.add(dWeight);
            FloatVector e = dWeight.mul(opacity);
            dIntensity = dIntensity.add(r.mul(opacity));
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
