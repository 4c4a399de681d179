package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.ViewBuffers.*;
import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * From the gradients of eight splats to those of their Gaussians' raw parameters:
 * {@link io.github.medgs.kernel.FoldingGradient} on lanes. The splat's conic is formed again from the parameters, which
 * are at hand, rather than fetched.
 */
final class FoldingChain {

    private FoldingChain() {}

    /**
     * Adds what one view says of eight Gaussians.
     *
     * @param activated input, see {@link Activation}
     * @param splatGradients input, the sums of the records at {@code splat}, rows of a chunk
     * @param bits which of the eight the view drew; the others are left alone
     * @param gradient input and output, at {@code column}, rows of a chunk
     * @param largest input and output, norms of gradients by the mean at {@code column}; {@code null} when the view does
     *     not count
     */
    static void add(float[] parameters, int capacity, int[] form, int g, VectorMask<Float> alive, float time,
            float[] activated, float[] splatGradients, int splat, int bits, float[] gradient, int column,
            float[] largest) {
        VectorMask<Float> drawn = VectorMask.fromLong(Lanes.FLOATS, bits);
        float pixels = form[WIDTH] / Folding.PLANE_WIDTH;
        FloatVector zero = Lanes.broadcast(0f);
        FloatVector one = Lanes.broadcast(1f);
        FloatVector m = field(activated, Activation.M);
        FloatVector u = m.sub(time);
        FloatVector window = ChunkFolding.window(form[WINDOW], u, activated);
        FloatVector scaleWindow = form[WINDOW] == WINDOW_SCALES ? window : one;
        FloatVector opacityWindow = form[WINDOW] == WINDOW_SCALES ? one : window;

        // The covariance, as it was folded.
        FloatVector scaleX = scaleWindow.mul(field(activated, Activation.SCALE_X));
        FloatVector scaleZ = scaleWindow.mul(field(activated, Activation.SCALE_Z));
        FloatVector lambdaX = scaleX.mul(pixels).mul(pixels).mul(scaleX);
        FloatVector lambdaZ = scaleZ.mul(pixels).mul(pixels).mul(scaleZ);
        FloatVector cosine = field(activated, Activation.COSINE);
        FloatVector sine = field(activated, Activation.SINE);
        FloatVector cosineSquared = cosine.mul(cosine);
        FloatVector sineSquared = sine.mul(sine);
        FloatVector cosineSine = cosine.mul(sine);
        FloatVector inverse = one.div(
                lambdaX.mul(lambdaZ).add(lambdaX.add(lambdaZ).mul(Folding.LOW_PASS))
                        .add(Folding.LOW_PASS * Folding.LOW_PASS));
        FloatVector conicA =
                lambdaX.mul(sineSquared).add(lambdaZ.mul(cosineSquared)).add(Folding.LOW_PASS).mul(inverse);
        FloatVector conicB = lambdaZ.sub(lambdaX).mul(cosineSine).mul(inverse);
        FloatVector conicC =
                lambdaX.mul(cosineSquared).add(lambdaZ.mul(sineSquared)).add(Folding.LOW_PASS).mul(inverse);

        // The mean, and with it the motion.
        FloatVector eDu = row(splatGradients, splat, E_DU);
        FloatVector eDv = row(splatGradients, splat, E_DV);
        FloatVector dMeanU = conicA.mul(eDu).add(conicB.mul(eDv)).neg();
        FloatVector dMeanV = conicB.mul(eDu).add(conicC.mul(eDv)).neg();
        if (largest != null) {
            FloatVector across = dMeanU.mul(0.5f * form[WIDTH]);
            FloatVector down = dMeanV.mul(0.5f * form[HEIGHT]);
            FloatVector norm = across.mul(across).add(down.mul(down)).sqrt();
            FloatVector before = FloatVector.fromArray(Lanes.FLOATS, largest, column);
            before.blend(norm, norm.compare(VectorOperators.GT, before, drawn)).intoArray(largest, column);
        }
        FloatVector dX = dMeanU.mul(pixels);
        FloatVector dZ = dMeanV.mul(-pixels);
        add(gradient, X, column, dX, drawn);
        add(gradient, Z, column, dZ, drawn);
        int motion = Layout.motion(form[INTENSITY_DEGREE]);
        FloatVector dTime = zero;
        FloatVector power = one;
        for (int i = 1; i <= form[MOTION_DEGREE]; i++) {
            int row = motion + 2 * (i - 1);
            FloatVector alongMotion = Activation.load(parameters, row * capacity + g, alive).mul(dX)
                    .add(Activation.load(parameters, (row + 1) * capacity + g, alive).mul(dZ));
            dTime = dTime.add(power.mul(i).mul(alongMotion));
            power = power.mul(u);
            add(gradient, row, column, power.mul(dX), drawn);
            add(gradient, row + 1, column, power.mul(dZ), drawn);
        }

        // The covariance, in its own axes.
        FloatVector dA = row(splatGradients, splat, E_DU_DU).mul(-0.5f);
        FloatVector dB = row(splatGradients, splat, E_DU_DV).mul(-0.5f);
        FloatVector dC = row(splatGradients, splat, E_DV_DV).mul(-0.5f);
        FloatVector cross = cosineSine.mul(dB).mul(2f);
        FloatVector byX = cosineSquared.mul(dA).add(cross).add(sineSquared.mul(dC));
        FloatVector byZ = sineSquared.mul(dA).sub(cross).add(cosineSquared.mul(dC));
        FloatVector byBoth = cosineSine.mul(dC.sub(dA)).add(cosineSquared.sub(sineSquared).mul(dB));
        FloatVector perX = one.div(lambdaX.add(Folding.LOW_PASS));
        FloatVector perZ = one.div(lambdaZ.add(Folding.LOW_PASS));
        FloatVector dLogScaleX = lambdaX.mul(-2f).mul(perX).mul(perX).mul(byX);
        FloatVector dLogScaleZ = lambdaZ.mul(-2f).mul(perZ).mul(perZ).mul(byZ);
        add(gradient, LOG_SCALE_X, column, dLogScaleX, drawn);
        add(gradient, LOG_SCALE_Z, column, dLogScaleZ, drawn);
        FloatVector turns = field(activated, Activation.TURNS);
        FloatVector dTurns = lambdaX.sub(lambdaZ).mul(-2f * Transcendental.TWO_PI).mul(perX).mul(perZ).mul(byBoth);
        add(gradient, ANGLE, column, dTurns.mul(turns).mul(one.sub(turns)), drawn);

        // Opacities.
        FloatVector imageOpacity = opacityWindow.mul(field(activated, Activation.IMAGE));
        FloatVector maskOpacity = zero.blend(opacityWindow.mul(field(activated, Activation.MASK)),
                scaleX.compare(VectorOperators.GT, Folding.MASK_SCALE_CUT)
                        .and(scaleZ.compare(VectorOperators.GT, Folding.MASK_SCALE_CUT)));
        FloatVector dImageOpacity = row(splatGradients, splat, FIRST_OPACITY);
        FloatVector dMaskOpacity =
                zero.blend(row(splatGradients, splat, SECOND_OPACITY), maskOpacity.compare(VectorOperators.GT, 0f));
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        FloatVector dLogImageOpacity = dImageOpacity.mul(imageOpacity);
        FloatVector dLogMaskOpacity = dMaskOpacity.mul(maskOpacity);
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            FloatVector rest = one.sub(field(activated, Activation.IMAGE));
            add(gradient, IMAGE_OPACITY, column, dLogImageOpacity.mul(rest), drawn);
            rest = one.sub(field(activated, Activation.MASK));
            add(gradient, maskRow, column, dLogMaskOpacity.mul(rest), drawn);
        } else {
            add(gradient, IMAGE_OPACITY, column, dLogImageOpacity, drawn);
            add(gradient, maskRow, column, dLogMaskOpacity, drawn);
        }

        // Intensities, when composited zero behind the clamp at black.
        int maskIntensity = Layout.maskIntensity(form[INTENSITY_DEGREE]);
        dTime = dTime.add(addIntensity(parameters, capacity, g, alive, form, IMAGE_INTENSITY, u,
                row(splatGradients, splat, FIRST_INTENSITY), gradient, column, drawn));
        dTime = dTime.add(addIntensity(parameters, capacity, g, alive, form, maskIntensity, u,
                row(splatGradients, splat, SECOND_INTENSITY), gradient, column, drawn));

        // The window, in u and in sigma.
        FloatVector dLogWindow =
                form[WINDOW] == WINDOW_SCALES ? dLogScaleX.add(dLogScaleZ) : dLogImageOpacity.add(dLogMaskOpacity);
        if (form[WINDOW] == WINDOW_HAT) {
            FloatVector slope = one.neg().blend(1f, u.compare(VectorOperators.LT, 0f)).div(window);
            dTime = dTime.add(dLogWindow.mul(slope));
        } else {
            FloatVector sigma = field(activated, Activation.SIGMA);
            FloatVector ratio = u.div(sigma);
            dTime = dTime.sub(dLogWindow.mul(ratio).div(sigma));
            add(gradient, SPREAD, column, dLogWindow.mul(ratio).mul(ratio), drawn);
        }
        if (form[ANCHORED] == 0) {
            add(gradient, TIME, column, dTime.mul(m).mul(one.sub(m)), drawn);
        }
    }

    /** Adds the gradients of one head's intensity coefficients; returns the intensity's part of dL / du. */
    private static FloatVector addIntensity(float[] parameters, int capacity, int g, VectorMask<Float> alive,
            int[] form, int firstRow, FloatVector u, FloatVector dIntensity, float[] gradient, int column,
            VectorMask<Float> drawn) {
        FloatVector dCoefficient = dIntensity.mul(Folding.C0);
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            FloatVector value = Activation.intensity(parameters, capacity, g, alive, form, firstRow, u);
            dCoefficient = dCoefficient.blend(0f, value.compare(VectorOperators.LE, 0f));
        }
        FloatVector dTime = Lanes.broadcast(0f);
        FloatVector order = Lanes.broadcast(1f);
        add(gradient, firstRow, column, dCoefficient, drawn);
        for (int p = 1; p <= form[INTENSITY_DEGREE]; p++) {
            FloatVector coefficient = Activation.load(parameters, (firstRow + p) * capacity + g, alive);
            dTime = dTime.add(order.mul(p).mul(coefficient).mul(dCoefficient));
            order = order.mul(u);
            add(gradient, firstRow + p, column, order.mul(dCoefficient), drawn);
        }
        return dTime;
    }

    private static FloatVector field(float[] activated, int place) {
        return FloatVector.fromArray(Lanes.FLOATS, activated, place);
    }

    private static FloatVector row(float[] splatGradients, int splat, int field) {
        return FloatVector.fromArray(Lanes.FLOATS, splatGradients, splat + field * CHUNK);
    }

    private static void add(float[] gradient, int row, int column, FloatVector value, VectorMask<Float> drawn) {
        int index = row * CHUNK + column;
        FloatVector.fromArray(Lanes.FLOATS, gradient, index).add(value, drawn).intoArray(gradient, index);
    }
}
