package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.kernel.NormalisedSum.EPSILON;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * The normalised sum of one head of a splat on a column of vectors:
 * {@link io.github.medgs.kernel.NormalisedSum} on lanes.
 *
 * <p>For the backward loop each pixel holds R = (dL/dpixel) / N and R C, with N the denominator and C the finished
 * pixel: dL/dw = R c - R C, and dL/dc = R w.
 */
final class NormalisedColumn {

    private NormalisedColumn() {}

    /**
     * Draws.
     *
     * @param gaussians input, vector after vector
     * @param weights input and output, sums of weights from {@code p}, strips {@code stride} apart; {@code weighted}
     *     likewise those of weighted intensities
     */
    static void draw(float[] gaussians, int strips, float opacity, float intensity, float[] weights, float[] weighted,
            int p, int stride) {
        // Counted by the stride, which is no constant: a loop of known step the compiler would split into a first, a
        // main and a last part, which for three to nine rounds costs more than the rounds.
        for (int i = 0, end = p + strips * stride; p != end; i++, p += stride) {
            FloatVector weight = fromArray(FLOATS, gaussians, i * LANES).mul(opacity);
            fromArray(FLOATS, weights, p).add(weight).intoArray(weights, p);
            fromArray(FLOATS, weighted, p).add(weight.mul(intensity)).intoArray(weighted, p);
        }
    }

    /** Finishes the pixels of a band: C in the place of the weighted sums, and in rows. */
    static void finish(Planes planes, int first, int last) {
        int end = planes.stripEnd(last) - LANES;
        for (int p = planes.row(first); p < end; p += LANES) {
            FloatVector sumOfWeights = fromArray(FLOATS, planes.through, p);
            FloatVector weightedSum = fromArray(FLOATS, planes.colour, p);
            weightedSum.div(sumOfWeights.add(EPSILON)).intoArray(planes.colour, p);
        }
        planes.toRows(planes.colour, first, last, planes.finished);
    }

    /** Makes R and R C of a band's sums of weights, finished pixels and their gradient. */
    static void startGradient(Planes planes, int first, int last) {
        planes.toStrips(planes.gradient, first, last, planes.slope);
        int end = planes.stripEnd(last) - LANES;
        for (int p = planes.row(first); p < end; p += LANES) {
            FloatVector sumOfWeights = fromArray(FLOATS, planes.through, p);
            FloatVector perWeight = fromArray(FLOATS, planes.slope, p).div(sumOfWeights.add(EPSILON));
            perWeight.intoArray(planes.through, p);
            perWeight.mul(fromArray(FLOATS, planes.colour, p)).intoArray(planes.colour, p);
        }
    }

    /**
     * The gradient, after {@link #startGradient}: gathers what the pixels say of the splat.
     *
     * @param perWeight input, R; {@code perWeightColour} input, R C
     * @param meanV row of the splat's mean
     * @param firstRow row of the first strip
     * @param laneRows each lane's row within a strip of {@code stripRows}
     * @param gathered input and output; see {@link Footprint}
     * @param head the head's place in it
     */
    static void gradient(float[] gaussians, int strips, float opacity, float intensity, float[] perWeight,
            float[] perWeightColour, int p, int stride, float meanV, int firstRow, float[] laneRows, int stripRows,
            float[] gathered, int head) {
        FloatVector row = fromArray(FLOATS, laneRows, 0).add(firstRow);
        FloatVector sum = broadcast(FLOATS, 0f);
        FloatVector sumDv = broadcast(FLOATS, 0f);
        FloatVector sumDvDv = broadcast(FLOATS, 0f);
        FloatVector sumR = broadcast(FLOATS, 0f);
        for (int i = 0, end = p + strips * stride; p != end; i++, p += stride) {
            FloatVector gaussian = fromArray(FLOATS, gaussians, i * LANES);
            FloatVector r = fromArray(FLOATS, perWeight, p).mul(gaussian);
            FloatVector dOpacity = r.mul(intensity).sub(fromArray(FLOATS, perWeightColour, p).mul(gaussian));
            sumR = sumR.add(r);
            FloatVector dv = broadcast(FLOATS, meanV).sub(row);
            row = row.add(stripRows);
            sum = sum.add(dOpacity);
            FloatVector byDv = dOpacity.mul(dv);
            sumDv = sumDv.add(byDv);
            sumDvDv = byDv.fma(dv, sumDvDv);
        }
        // e = dL/dG G is the opacity times dL / d opacity.
        sum.add(fromArray(FLOATS, gathered, head)).intoArray(gathered, head);
        sumR.mul(opacity).add(fromArray(FLOATS, gathered, head + LANES)).intoArray(gathered, head + LANES);
        sum.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E)).intoArray(gathered, Footprint.E);
        sumDv.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E_DV)).intoArray(gathered, Footprint.E_DV);
        sumDvDv.mul(opacity).add(fromArray(FLOATS, gathered, Footprint.E_DV_DV))
                .intoArray(gathered, Footprint.E_DV_DV);
    }
}
