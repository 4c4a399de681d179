package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;
import static io.github.medgs.kernel.Folding.*;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Folds a chunk of Gaussians at the times of all views: {@link io.github.medgs.kernel.Folding} on eight lanes.
 *
 * <p>Time comes first: eight Gaussians that no view sees cost a few loads. Those that are drawn are copied out of the
 * lanes into splats side by side, as whoever draws one needs all of it. One instance is one thread's scratch memory.
 */
final class ChunkFolding {

    private final int[] form;
    private final Activation activation;
    private final boolean[] shaped = new boolean[CHUNK / LANES];

    /** Eight splats, field by field. */
    private final float[] lanes = new float[SPLAT_STRIDE * LANES];
    /** Variances in pixels squared of eight splats: along a row, then down a column; and 1 / determinant. */
    private final float[] variances = new float[3 * LANES];

    ChunkFolding(int[] form) {
        this.form = form;
        this.activation = new Activation(form);
    }

    /** Folds chunk {@code chunk} into its regions of the first {@code viewCount} views, and counts their entries. */
    void fold(FoldedGaussians gaussians, int chunk, ViewBuffers[] views, int viewCount) {
        activation.parameters.take(gaussians, chunk);
        activation.activateTimes();
        Arrays.fill(shaped, false);
        for (int v = 0; v < viewCount; v++) {
            ViewBuffers view = views[v];
            view.drawnInChunk[chunk] = 0;
            activation.seeAt(view.time);
            for (int i = 0; i < activation.parameters.length(); i += LANES) {
                int seen = activation.seen(i);
                if (seen != 0) {
                    foldGroup(i, seen, view, chunk);
                }
            }
            view.countEntries(chunk);
        }
    }

    private void foldGroup(int i, int seen, ViewBuffers view, int chunk) {
        if (!shaped[i / LANES]) {
            activation.activateShape(i);
            shaped[i / LANES] = true;
        }
        ChunkParameters p = activation.parameters;
        float pixels = form[WIDTH] / PLANE_WIDTH;
        int rowLength = p.at(1) - p.at(0);
        int motion = p.at(Layout.motion(form[INTENSITY_DEGREE]));
        mean(p.values, p.at(X), motion, rowLength, form[MOTION_DEGREE], activation.u, i, pixels,
                0.5f * (form[WIDTH] - 1), lanes, MEAN_U * LANES);
        mean(p.values, p.at(Z), motion + rowLength, rowLength, form[MOTION_DEGREE], activation.u, i, -pixels,
                0.5f * (form[HEIGHT] - 1), lanes, MEAN_V * LANES);
        conic(activation, i, form[WINDOW], pixels, lanes, variances);
        opacities(activation, i, form[WINDOW], lanes);
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            Lanes.logarithm(lanes, CUT * LANES, ALPHA_CUT);
        } else {
            normalisedCut(lanes);
        }
        int drawn = seen & extents(lanes, variances, form[WIDTH] - 1, form[HEIGHT] - 1);
        if (drawn == 0) {
            return;
        }
        boolean clamped = form[COMPOSITING] == COMPOSITING_ALPHA;
        Activation.intensity(p.values, p.at(IMAGE_INTENSITY), rowLength, form[INTENSITY_DEGREE], clamped,
                activation.u, i, lanes, SPLAT_IMAGE_INTENSITY * LANES);
        Activation.intensity(p.values, p.at(Layout.maskIntensity(form[INTENSITY_DEGREE])), rowLength,
                form[INTENSITY_DEGREE], clamped, activation.u, i, lanes, SPLAT_MASK_INTENSITY * LANES);
        append(view, chunk, i, drawn);
    }

    /** One coordinate of eight means: scale (position + sum of w_k u^k) + centre, weights two rows apart. */
    private static void mean(float[] values, int position, int motion, int rowLength, int degree, float[] u, int i,
            float scale, float centre, float[] lanes, int place) {
        FloatVector power = fromArray(FLOATS, u, i);
        FloatVector sum = broadcast(FLOATS, 0f);
        for (int k = degree; k >= 1; k--) {
            sum = sum.add(fromArray(FLOATS, values, motion + 2 * (k - 1) * rowLength + i)).mul(power);
        }
        fromArray(FLOATS, values, position + i).add(sum).mul(scale).add(centre).intoArray(lanes, place);
    }

    private static void conic(Activation a, int i, int window, float pixels, float[] lanes, float[] variances) {
        FloatVector scaleX = fromArray(FLOATS, a.scaleX, i);
        FloatVector scaleZ = fromArray(FLOATS, a.scaleZ, i);
        if (window == WINDOW_SCALES) {
            FloatVector d = fromArray(FLOATS, a.window, i);
            scaleX = d.mul(scaleX);
            scaleZ = d.mul(scaleZ);
        }
        FloatVector cosine = fromArray(FLOATS, a.cosine, i);
        FloatVector sine = fromArray(FLOATS, a.sine, i);
        FloatVector lambdaX = scaleX.mul(pixels).mul(pixels).mul(scaleX);
        FloatVector lambdaZ = scaleZ.mul(pixels).mul(pixels).mul(scaleZ);
        FloatVector varianceU = lambdaX.mul(cosine).mul(cosine).add(lambdaZ.mul(sine).mul(sine)).add(LOW_PASS);
        FloatVector varianceV = lambdaX.mul(sine).mul(sine).add(lambdaZ.mul(cosine).mul(cosine)).add(LOW_PASS);
        FloatVector covariance = lambdaX.sub(lambdaZ).mul(cosine).mul(sine);
        FloatVector determinant =
                lambdaX.mul(lambdaZ).add(lambdaX.add(lambdaZ).mul(LOW_PASS)).add(LOW_PASS * LOW_PASS);
        FloatVector inverse = ONE.div(determinant);
        varianceU.intoArray(variances, 0);
        varianceV.intoArray(variances, LANES);
        inverse.intoArray(variances, 2 * LANES);
        varianceV.mul(inverse).intoArray(lanes, CONIC_A * LANES);
        covariance.neg().mul(inverse).intoArray(lanes, CONIC_B * LANES);
        varianceU.mul(inverse).intoArray(lanes, CONIC_C * LANES);
    }

    private static void opacities(Activation a, int i, int window, float[] lanes) {
        FloatVector image = fromArray(FLOATS, a.imageOpacity, i);
        FloatVector mask = fromArray(FLOATS, a.maskOpacity, i);
        FloatVector scaleX = fromArray(FLOATS, a.scaleX, i);
        FloatVector scaleZ = fromArray(FLOATS, a.scaleZ, i);
        FloatVector d = fromArray(FLOATS, a.window, i);
        if (window == WINDOW_SCALES) {
            scaleX = d.mul(scaleX);
            scaleZ = d.mul(scaleZ);
        } else {
            image = d.mul(image);
            mask = d.mul(mask);
        }
        VectorMask<Float> maskDrawn = scaleX.compare(VectorOperators.GT, MASK_SCALE_CUT)
                .and(scaleZ.compare(VectorOperators.GT, MASK_SCALE_CUT));
        mask = ZERO.blend(mask, maskDrawn);
        image.intoArray(lanes, SPLAT_IMAGE_OPACITY * LANES);
        mask.intoArray(lanes, SPLAT_MASK_OPACITY * LANES);
        // The larger one, for the cut.
        mask.blend(image, image.compare(VectorOperators.GT, mask)).intoArray(lanes, CUT * LANES);
    }

    private static void normalisedCut(float[] lanes) {
        FloatVector opacity = fromArray(FLOATS, lanes, CUT * LANES);
        ZERO.blend(NORMALISED_CUT, opacity.compare(VectorOperators.GT, 0f)).intoArray(lanes, CUT * LANES);
    }

    /** The boxes round eight ellipses; bit i of the result says whether the i-th is to be drawn. */
    private static int extents(float[] lanes, float[] variances, float lastColumn, float lastRow) {
        FloatVector cut = fromArray(FLOATS, lanes, CUT * LANES);
        FloatVector extentU = cut.mul(2f).mul(fromArray(FLOATS, variances, 0)).sqrt();
        FloatVector extentV = cut.mul(2f).mul(fromArray(FLOATS, variances, LANES)).sqrt();
        FloatVector meanU = fromArray(FLOATS, lanes, MEAN_U * LANES);
        FloatVector meanV = fromArray(FLOATS, lanes, MEAN_V * LANES);
        extentU.intoArray(lanes, EXTENT_U * LANES);
        extentV.intoArray(lanes, EXTENT_V * LANES);
        return (int) cut.compare(VectorOperators.GT, 0f)
                .and(fromArray(FLOATS, variances, 2 * LANES).compare(VectorOperators.GT, 0f))
                .and(meanU.add(extentU).compare(VectorOperators.GT, 0f))
                .and(meanU.sub(extentU).compare(VectorOperators.LT, lastColumn))
                .and(meanV.add(extentV).compare(VectorOperators.GT, 0f))
                .and(meanV.sub(extentV).compare(VectorOperators.LT, lastRow))
                .toLong();
    }

    /** Copies the drawn ones of eight folded Gaussians to the end of the chunk's region. */
    private void append(ViewBuffers view, int chunk, int withinChunk, int drawn) {
        int slot = chunk * CHUNK + view.drawnInChunk[chunk];
        float[] splats = view.splats;
        for (int rest = drawn; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            int s = slot * SPLAT_STRIDE;
            for (int field = 0; field < SPLAT_STRIDE; field++) {
                splats[s + field] = lanes[field * LANES + lane];
            }
            view.withinChunk[slot] = (short) (withinChunk + lane);
            slot++;
        }
        view.drawnInChunk[chunk] = slot - chunk * CHUNK;
    }
}
