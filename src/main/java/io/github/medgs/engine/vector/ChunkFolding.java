package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Folding.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Folds a chunk of Gaussians at the times of all views: {@link io.github.medgs.kernel.Folding} on eight lanes.
 *
 * <p>Time comes first: eight Gaussians that no view sees cost two loads. Those that are drawn are copied out of the
 * lanes into splats side by side, as whoever draws one needs all of it. One instance is one thread's scratch memory.
 */
final class ChunkFolding {

    private final float[] activated = new float[Activation.SIZE];
    /** Eight splats, field by field. */
    private final float[] lanes = new float[SPLAT_STRIDE * Lanes.LANES];

    /** Folds chunk {@code chunk} into its regions of the first {@code viewCount} views, and counts their entries. */
    void fold(FoldedGaussians gaussians, int[] form, int chunk, ViewBuffers[] views, int viewCount) {
        float[] parameters = gaussians.parameters().values();
        int capacity = gaussians.capacity();
        int first = chunk * ViewBuffers.CHUNK;
        int end = Math.min(gaussians.count(), first + ViewBuffers.CHUNK);
        for (int v = 0; v < viewCount; v++) {
            views[v].drawnInChunk[chunk] = 0;
        }
        for (int g = first; g < end; g += Lanes.LANES) {
            VectorMask<Float> alive = Lanes.first(end - g);
            Activation.times(parameters, capacity, form, g, alive, activated);
            boolean shaped = false;
            for (int v = 0; v < viewCount; v++) {
                if (!anyInTime(form[WINDOW], views[v].time, activated, alive)) {
                    continue;
                }
                if (!shaped) {
                    Activation.shape(parameters, capacity, form, g, alive, activated);
                    shaped = true;
                }
                long drawn = fold(parameters, capacity, form, g, alive, views[v].time, activated, lanes);
                append(views[v], chunk, g - first, drawn);
            }
        }
        for (int v = 0; v < viewCount; v++) {
            views[v].countEntries(chunk);
        }
    }

    /** The temporal window of eight Gaussians at distance {@code u}; see Folding.window. */
    static FloatVector window(int kind, FloatVector u, float[] activated) {
        FloatVector zero = Lanes.broadcast(0f);
        if (kind == WINDOW_HAT) {
            FloatVector hat = Lanes.broadcast(1f).sub(u.abs());
            return zero.blend(hat, hat.compare(VectorOperators.GT, HAT_CUT));
        }
        FloatVector ratio = u.div(FloatVector.fromArray(Lanes.FLOATS, activated, Activation.SIGMA));
        FloatVector gaussian = Lanes.exp(ratio.mul(-0.5f).mul(ratio));
        return zero.blend(gaussian, gaussian.compare(VectorOperators.GT, WINDOW_CUT));
    }

    private static boolean anyInTime(int kind, float time, float[] activated, VectorMask<Float> alive) {
        FloatVector u = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.M).sub(time);
        return window(kind, u, activated).compare(VectorOperators.GT, 0f, alive).anyTrue();
    }

    /** Folds eight Gaussians at one time; bit i of the result says whether the i-th is drawn. */
    private static long fold(float[] parameters, int capacity, int[] form, int g, VectorMask<Float> alive, float time,
            float[] activated, float[] lanes) {
        float pixels = form[WIDTH] / PLANE_WIDTH;
        FloatVector zero = Lanes.broadcast(0f);
        FloatVector u = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.M).sub(time);
        FloatVector window = window(form[WINDOW], u, activated);

        FloatVector x = load(parameters, X * capacity + g, alive)
                .add(Activation.displacement(parameters, capacity, g, alive, form, 0, u));
        FloatVector z = load(parameters, Z * capacity + g, alive)
                .add(Activation.displacement(parameters, capacity, g, alive, form, 1, u));
        FloatVector meanU = x.mul(pixels).add(0.5f * (form[WIDTH] - 1));
        FloatVector meanV = z.mul(-pixels).add(0.5f * (form[HEIGHT] - 1));

        FloatVector scaleX = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.SCALE_X);
        FloatVector scaleZ = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.SCALE_Z);
        FloatVector imageOpacity = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.IMAGE);
        FloatVector maskOpacity = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.MASK);
        if (form[WINDOW] == WINDOW_SCALES) {
            scaleX = window.mul(scaleX);
            scaleZ = window.mul(scaleZ);
        } else {
            imageOpacity = window.mul(imageOpacity);
            maskOpacity = window.mul(maskOpacity);
        }
        maskOpacity = zero.blend(maskOpacity, scaleX.compare(VectorOperators.GT, MASK_SCALE_CUT)
                .and(scaleZ.compare(VectorOperators.GT, MASK_SCALE_CUT)));

        FloatVector cosine = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.COSINE);
        FloatVector sine = FloatVector.fromArray(Lanes.FLOATS, activated, Activation.SINE);
        FloatVector lambdaX = scaleX.mul(pixels).mul(pixels).mul(scaleX);
        FloatVector lambdaZ = scaleZ.mul(pixels).mul(pixels).mul(scaleZ);
        FloatVector varianceU = lambdaX.mul(cosine).mul(cosine).add(lambdaZ.mul(sine).mul(sine)).add(LOW_PASS);
        FloatVector covariance = lambdaX.sub(lambdaZ).mul(cosine).mul(sine);
        FloatVector varianceV = lambdaX.mul(sine).mul(sine).add(lambdaZ.mul(cosine).mul(cosine)).add(LOW_PASS);
        FloatVector determinant =
                lambdaX.mul(lambdaZ).add(lambdaX.add(lambdaZ).mul(LOW_PASS)).add(LOW_PASS * LOW_PASS);
        FloatVector inverse = Lanes.broadcast(1f).div(determinant);

        FloatVector largest = maskOpacity.blend(imageOpacity, imageOpacity.compare(VectorOperators.GT, maskOpacity));
        FloatVector cut = cut(form[COMPOSITING], largest);
        FloatVector extentU = cut.mul(2f).mul(varianceU).sqrt();
        FloatVector extentV = cut.mul(2f).mul(varianceV).sqrt();

        VectorMask<Float> drawn = window.compare(VectorOperators.GT, 0f, alive)
                .and(cut.compare(VectorOperators.GT, 0f))
                .and(inverse.compare(VectorOperators.GT, 0f))
                .and(meanU.add(extentU).compare(VectorOperators.GE, 0f))
                .and(meanU.sub(extentU).compare(VectorOperators.LE, (float) (form[WIDTH] - 1)))
                .and(meanV.add(extentV).compare(VectorOperators.GE, 0f))
                .and(meanV.sub(extentV).compare(VectorOperators.LE, (float) (form[HEIGHT] - 1)));
        if (!drawn.anyTrue()) {
            return 0;
        }
        meanU.intoArray(lanes, MEAN_U * Lanes.LANES);
        meanV.intoArray(lanes, MEAN_V * Lanes.LANES);
        varianceV.mul(inverse).intoArray(lanes, CONIC_A * Lanes.LANES);
        covariance.neg().mul(inverse).intoArray(lanes, CONIC_B * Lanes.LANES);
        varianceU.mul(inverse).intoArray(lanes, CONIC_C * Lanes.LANES);
        imageOpacity.intoArray(lanes, SPLAT_IMAGE_OPACITY * Lanes.LANES);
        Activation.intensity(parameters, capacity, g, alive, form, IMAGE_INTENSITY, u)
                .intoArray(lanes, SPLAT_IMAGE_INTENSITY * Lanes.LANES);
        maskOpacity.intoArray(lanes, SPLAT_MASK_OPACITY * Lanes.LANES);
        Activation.intensity(parameters, capacity, g, alive, form, Layout.maskIntensity(form[INTENSITY_DEGREE]), u)
                .intoArray(lanes, SPLAT_MASK_INTENSITY * Lanes.LANES);
        cut.intoArray(lanes, CUT * Lanes.LANES);
        extentU.intoArray(lanes, EXTENT_U * Lanes.LANES);
        extentV.intoArray(lanes, EXTENT_V * Lanes.LANES);
        return drawn.toLong();
    }

    private static FloatVector load(float[] parameters, int index, VectorMask<Float> alive) {
        return Activation.load(parameters, index, alive);
    }

    private static FloatVector cut(int compositing, FloatVector largestOpacity) {
        if (compositing == COMPOSITING_ALPHA) {
            return Lanes.logarithm(largestOpacity.div(ALPHA_CUT));
        }
        return Lanes.broadcast(0f).blend(NORMALISED_CUT, largestOpacity.compare(VectorOperators.GT, 0f));
    }

    /** Copies the drawn ones of eight folded Gaussians to the end of the chunk's region. */
    private void append(ViewBuffers view, int chunk, int withinChunk, long drawn) {
        int slot = chunk * ViewBuffers.CHUNK + view.drawnInChunk[chunk];
        float[] splats = view.splats;
        for (long rest = drawn; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            int s = slot * SPLAT_STRIDE;
            for (int field = 0; field < SPLAT_STRIDE; field++) {
                splats[s + field] = lanes[field * Lanes.LANES + lane];
            }
            view.withinChunk[slot] = (short) (withinChunk + lane);
            slot++;
        }
        view.drawnInChunk[chunk] = slot - chunk * ViewBuffers.CHUNK;
    }
}
