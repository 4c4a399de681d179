package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.ViewBuffers.*;
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
 * Folds a chunk of Gaussians at the times of all views: {@link io.github.medgs.kernel.Folding} on lanes.
 *
 * <p>Time comes first: a vector of Gaussians that no view sees costs a few loads. Those that are drawn are copied out of
 * the lanes into splats side by side, as whoever draws one needs all of it. One instance is one thread's scratch
 * memory.
 */
final class ChunkFolding {

    private final int[] form;
    private final Activation activation;
    /** The chunk's splats of one view and their boxes, field by field: rows of a chunk. */
    private final float[] fields = new float[SLOT * CHUNK];
    /** As many splats as lanes, side by side. */
    private final float[] turned = new float[LANES * SLOT];
    /** Variances in pixels squared along a row and down a column, and 1 / determinant: rows of a chunk. */
    private final float[] variances = new float[3 * CHUNK];

    ChunkFolding(int[] form) {
        this.form = form;
        this.activation = new Activation(form);
    }

    /**
     * Folds chunk {@code chunk} into its regions of the first {@code viewCount} views, and counts their entries.
     *
     * @param wanted output, which of the model's Gaussians the views may see, one bit each, a vector in an element
     */
    void fold(FoldedGaussians gaussians, int chunk, ViewBuffers[] views, int viewCount, int[] wanted) {
        float earliest = Float.POSITIVE_INFINITY;
        float latest = Float.NEGATIVE_INFINITY;
        for (int v = 0; v < viewCount; v++) {
            earliest = Math.min(earliest, views[v].time);
            latest = Math.max(latest, views[v].time);
        }
        int at = chunk * GROUPS;
        boolean seesAny = activation.find(gaussians, chunk, earliest, latest, wanted, at);
        if (seesAny) {
            activation.pack(wanted, at);
        }
        for (int v = 0; v < viewCount; v++) {
            ViewBuffers view = views[v];
            view.drawnInChunk[chunk] = 0;
            if (seesAny && activation.seeAt(view.time)) {
                foldSeen(view, chunk, activation.firstSeen(), activation.endSeen());
            }
            view.countEntries(chunk);
        }
    }

    /** The intensities of the splats alone again, of a chunk of which nothing else has changed since {@link #fold}. */
    void foldIntensities(FoldedGaussians gaussians, int chunk, ViewBuffers[] views, int viewCount, int[] wanted) {
        boolean taken = false;
        for (int v = 0; v < viewCount; v++) {
            ViewBuffers view = views[v];
            if (view.drawnInChunk[chunk] == 0) {
                continue;
            }
            if (!taken) {
                activation.take(gaussians, chunk, wanted, chunk * GROUPS);
                taken = true;
            }
            activation.seeAt(view.time);
            intensities(activation.firstSeen(), activation.endSeen());
            int first = chunk * CHUNK;
            for (int slot = first; slot < first + view.drawnInChunk[chunk]; slot++) {
                int i = view.withinChunk[slot];
                view.slots[slot * SLOT + SPLAT_IMAGE_INTENSITY] = fields[SPLAT_IMAGE_INTENSITY * CHUNK + i];
                view.slots[slot * SLOT + SPLAT_MASK_INTENSITY] = fields[SPLAT_MASK_INTENSITY * CHUNK + i];
            }
        }
    }

    private void intensities(int from, int end) {
        ChunkParameters p = activation.parameters;
        boolean clamped = form[COMPOSITING] == COMPOSITING_ALPHA;
        int degree = form[INTENSITY_DEGREE];
        Activation.intensity(p.values, p.at(IMAGE_INTENSITY), p.rowLength(), degree, clamped, activation.u, from, end,
                fields, SPLAT_IMAGE_INTENSITY * CHUNK);
        Activation.intensity(p.values, p.at(Layout.maskIntensity(degree)), p.rowLength(), degree, clamped, activation.u,
                from, end, fields, SPLAT_MASK_INTENSITY * CHUNK);
    }

    private void foldSeen(ViewBuffers view, int chunk, int from, int end) {
        activation.activateShapes(from, end);
        ChunkParameters p = activation.parameters;
        float pixels = form[WIDTH] / PLANE_WIDTH;
        int rowLength = p.rowLength();
        int motion = p.at(Layout.motion(form[INTENSITY_DEGREE]));
        mean(p.values, p.at(X), motion, rowLength, form[MOTION_DEGREE], activation.u, from, end, pixels,
                0.5f * (form[WIDTH] - 1), fields, MEAN_U * CHUNK);
        mean(p.values, p.at(Z), motion + rowLength, rowLength, form[MOTION_DEGREE], activation.u, from, end, -pixels,
                0.5f * (form[HEIGHT] - 1), fields, MEAN_V * CHUNK);
        conic(activation, from, end, form[WINDOW], pixels, fields, variances);
        opacities(activation, from, end, form[WINDOW], fields);
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            Lanes.logarithm(fields, CUT * CHUNK + from, CUT * CHUNK + end, ALPHA_CUT);
        } else {
            normalisedCut(fields, from, end);
        }
        extents(fields, variances, from, end);
        box(fields, MEAN_V * CHUNK, EXTENT_V * CHUNK, from, end, form[HEIGHT] - 1, FIRST_ROW * CHUNK);
        box(fields, MEAN_U * CHUNK, EXTENT_U * CHUNK, from, end, form[WIDTH] - 1, FIRST_COLUMN * CHUNK);
        intensities(from, end);
        for (int i = from; i < end; i += LANES) {
            int drawn = drawn(fields, variances, i, form[WIDTH] - 1, form[HEIGHT] - 1) & activation.seen(i);
            append(view, chunk, i, drawn);
        }
    }

    /** One coordinate of the means: scale (position + sum of w_k u^k) + centre, weights two rows apart. */
    private static void mean(float[] values, int position, int motion, int rowLength, int degree, float[] u, int from,
            int end, float scale, float centre, float[] fields, int place) {
        Arrays.fill(fields, place + from, place + end, 0f);
        for (int k = degree; k >= 1; k--) {
            int weights = motion + 2 * (k - 1) * rowLength;
            for (int i = from; i < end; i += LANES) {
                fromArray(FLOATS, fields, place + i).add(fromArray(FLOATS, values, weights + i))
                        .mul(fromArray(FLOATS, u, i)).intoArray(fields, place + i);
            }
        }
        for (int i = from; i < end; i += LANES) {
            fromArray(FLOATS, values, position + i).add(fromArray(FLOATS, fields, place + i))
                    .mul(scale).add(centre).intoArray(fields, place + i);
        }
    }

    private static void conic(Activation a, int from, int end, int window, float pixels, float[] fields,
            float[] variances) {
        for (int i = from; i < end; i += LANES) {
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
            varianceU.intoArray(variances, i);
            varianceV.intoArray(variances, CHUNK + i);
            inverse.intoArray(variances, 2 * CHUNK + i);
            varianceV.mul(inverse).intoArray(fields, CONIC_A * CHUNK + i);
            covariance.neg().mul(inverse).intoArray(fields, CONIC_B * CHUNK + i);
            varianceU.mul(inverse).intoArray(fields, CONIC_C * CHUNK + i);
        }
    }

    private static void opacities(Activation a, int from, int end, int window, float[] fields) {
        for (int i = from; i < end; i += LANES) {
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
            image.intoArray(fields, SPLAT_IMAGE_OPACITY * CHUNK + i);
            mask.intoArray(fields, SPLAT_MASK_OPACITY * CHUNK + i);
            // The larger one, for the cut.
            mask.blend(image, image.compare(VectorOperators.GT, mask)).intoArray(fields, CUT * CHUNK + i);
        }
    }

    private static void normalisedCut(float[] fields, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector opacity = fromArray(FLOATS, fields, CUT * CHUNK + i);
            ZERO.blend(NORMALISED_CUT, opacity.compare(VectorOperators.GT, 0f)).intoArray(fields, CUT * CHUNK + i);
        }
    }

    /** The boxes round the ellipses. */
    private static void extents(float[] fields, float[] variances, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector twice = fromArray(FLOATS, fields, CUT * CHUNK + i).mul(2f);
            twice.mul(fromArray(FLOATS, variances, i)).sqrt().intoArray(fields, EXTENT_U * CHUNK + i);
            twice.mul(fromArray(FLOATS, variances, CHUNK + i)).sqrt().intoArray(fields, EXTENT_V * CHUNK + i);
        }
    }

    /** First and last pixel between mean - extent and mean + extent, within 0 and {@code highest}: the bits, two rows. */
    private static void box(float[] fields, int mean, int extent, int from, int end, float highest, int place) {
        for (int i = from; i < end; i += LANES) {
            FloatVector m = fromArray(FLOATS, fields, mean + i);
            FloatVector e = fromArray(FLOATS, fields, extent + i);
            FloatVector first = m.sub(e);
            first = ZERO.blend(first, first.compare(VectorOperators.GT, 0f));
            FloatVector whole = (FloatVector) first.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
            whole.blend(whole.add(1f), whole.compare(VectorOperators.LT, first))
                    .convert(VectorOperators.F2I, 0).reinterpretAsFloats().intoArray(fields, place + i);
            FloatVector last = m.add(e);
            last = last.blend(highest, last.compare(VectorOperators.GT, highest));
            whole = (FloatVector) last.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
            whole.blend(whole.sub(1f), whole.compare(VectorOperators.GT, last))
                    .convert(VectorOperators.F2I, 0).reinterpretAsFloats().intoArray(fields, place + CHUNK + i);
        }
    }

    /** Which of a vector of splats touch the slice, one bit each. */
    private static int drawn(float[] fields, float[] variances, int i, float lastColumn, float lastRow) {
        FloatVector meanU = fromArray(FLOATS, fields, MEAN_U * CHUNK + i);
        FloatVector meanV = fromArray(FLOATS, fields, MEAN_V * CHUNK + i);
        FloatVector extentU = fromArray(FLOATS, fields, EXTENT_U * CHUNK + i);
        FloatVector extentV = fromArray(FLOATS, fields, EXTENT_V * CHUNK + i);
        return (int) fromArray(FLOATS, fields, CUT * CHUNK + i).compare(VectorOperators.GT, 0f)
                .and(fromArray(FLOATS, variances, 2 * CHUNK + i).compare(VectorOperators.GT, 0f))
                .and(meanU.add(extentU).compare(VectorOperators.GT, 0f))
                .and(meanU.sub(extentU).compare(VectorOperators.LT, lastColumn))
                .and(meanV.add(extentV).compare(VectorOperators.GT, 0f))
                .and(meanV.sub(extentV).compare(VectorOperators.LT, lastRow))
                .toLong();
    }

    /** Copies the drawn ones of the splats from {@code withinChunk} to the end of the chunk's region. */
    private void append(ViewBuffers view, int chunk, int withinChunk, int drawn) {
        if (drawn == 0) {
            return;
        }
        for (int field = 0; field < SLOT; field += LANES) {
            Lanes.transpose(fields, field * CHUNK + withinChunk, CHUNK, turned, field, SLOT);
        }
        int slot = chunk * CHUNK + view.drawnInChunk[chunk];
        for (int rest = drawn; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            ViewBuffers.copySlot(turned, lane * SLOT, view.slots, slot * SLOT);
            view.withinChunk[slot] = (short) (withinChunk + lane);
            slot++;
        }
        view.drawnInChunk[chunk] = slot - chunk * CHUNK;
    }
}
