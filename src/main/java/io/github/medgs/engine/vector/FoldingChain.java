package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.ViewBuffers.*;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * From the gradients of eight splats to those of their Gaussians' raw parameters:
 * {@link io.github.medgs.kernel.FoldingGradient} on lanes. The splats' conics are formed again from the parameters,
 * which are at hand, rather than fetched. One instance is one thread's scratch memory.
 */
final class FoldingChain {

    // Places of what the parts of the chain hand on to each other, eight lanes each.
    private static final int CONIC = 0;
    private static final int D_X = 3 * LANES;
    private static final int D_Z = 4 * LANES;
    private static final int D_TIME = 5 * LANES;
    private static final int D_LOG_SCALES = 6 * LANES;
    private static final int D_LOG_OPACITIES = 7 * LANES;
    private static final int SIZE = 8 * LANES;

    private final int[] form;
    private final float pixels;
    private final float[] handed = new float[SIZE];

    FoldingChain(int[] form) {
        this.form = form;
        this.pixels = form[WIDTH] / Folding.PLANE_WIDTH;
    }

    /**
     * Adds what one view says of eight Gaussians of a chunk.
     *
     * @param a input, the chunk's activated parameters, and its window at the view's time
     * @param splatGradients input, sums of the records, rows of a chunk from {@code splat}
     * @param bits which of the eight the view drew; the others are left alone
     * @param gradient input and output, rows of a chunk
     * @param i the first of the eight
     * @param largest input and output, norms of gradients by the mean; {@code null} when the view does not count
     */
    void add(Activation a, float[] splatGradients, int splat, int bits, float[] gradient, int i, float[] largest) {
        ChunkParameters p = a.parameters;
        int rowLength = p.at(1) - p.at(0);
        int intensityDegree = form[INTENSITY_DEGREE];
        int motion = Layout.motion(intensityDegree);
        boolean alpha = form[COMPOSITING] == COMPOSITING_ALPHA;
        conic(a, i, form[WINDOW], pixels, handed);
        mean(splatGradients, splat + i, pixels, bits, gradient, i, handed);
        if (largest != null) {
            noteLargest(handed, 0.5f * form[WIDTH] / pixels, 0.5f * form[HEIGHT] / pixels, bits, largest, i);
        }
        motion(p.values, p.at(motion) + i, rowLength, form[MOTION_DEGREE], a.u, i, bits, gradient, motion * CHUNK + i,
                handed);
        covariance(a, i, form[WINDOW], pixels, splatGradients, splat + i, bits, gradient, handed);
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        opacity(a.imageOpacity, a.window, i, form[WINDOW], alpha, splatGradients,
                splat + IMAGE_OPACITY_SUM * CHUNK + i, bits, gradient, IMAGE_OPACITY * CHUNK + i, handed);
        opacity(a.maskOpacity, a.window, i, form[WINDOW], alpha, splatGradients,
                splat + MASK_OPACITY_SUM * CHUNK + i, bits, gradient, maskRow * CHUNK + i, handed);
        intensity(p.values, p.at(IMAGE_INTENSITY) + i, rowLength, intensityDegree, alpha, a.u, i, splatGradients,
                splat + IMAGE_INTENSITY_SUM * CHUNK + i, bits, gradient, IMAGE_INTENSITY * CHUNK + i, handed);
        int maskIntensity = Layout.maskIntensity(intensityDegree);
        intensity(p.values, p.at(maskIntensity) + i, rowLength, intensityDegree, alpha, a.u, i, splatGradients,
                splat + MASK_INTENSITY_SUM * CHUNK + i, bits, gradient, maskIntensity * CHUNK + i, handed);
        if (form[WINDOW] == WINDOW_HAT) {
            hat(a.u, a.window, i, handed);
        } else {
            int dLogWindow = form[WINDOW] == WINDOW_SCALES ? D_LOG_SCALES : D_LOG_OPACITIES;
            gaussianWindow(a.u, a.sigma, i, dLogWindow, bits, gradient, handed);
        }
        if (form[ANCHORED] == 0) {
            time(a.m, i, bits, gradient, handed);
        }
    }

    /** The conics, as they were folded; and the sums that the parts add to, at zero. */
    private static void conic(Activation a, int i, int window, float pixels, float[] handed) {
        FloatVector scale = window == WINDOW_SCALES ? fromArray(FLOATS, a.window, i).mul(pixels) : broadcast(FLOATS, pixels);
        FloatVector scaleX = fromArray(FLOATS, a.scaleX, i).mul(scale);
        FloatVector scaleZ = fromArray(FLOATS, a.scaleZ, i).mul(scale);
        FloatVector lambdaX = scaleX.mul(scaleX);
        FloatVector lambdaZ = scaleZ.mul(scaleZ);
        FloatVector cosine = fromArray(FLOATS, a.cosine, i);
        FloatVector sine = fromArray(FLOATS, a.sine, i);
        FloatVector inverse = ONE.div(lambdaX.mul(lambdaZ).add(lambdaX.add(lambdaZ).mul(Folding.LOW_PASS))
                .add(Folding.LOW_PASS * Folding.LOW_PASS));
        FloatVector across = lambdaX.mul(cosine).mul(cosine).add(lambdaZ.mul(sine).mul(sine)).add(Folding.LOW_PASS);
        FloatVector down = lambdaX.mul(sine).mul(sine).add(lambdaZ.mul(cosine).mul(cosine)).add(Folding.LOW_PASS);
        down.mul(inverse).intoArray(handed, CONIC);
        lambdaZ.sub(lambdaX).mul(cosine).mul(sine).mul(inverse).intoArray(handed, CONIC + LANES);
        across.mul(inverse).intoArray(handed, CONIC + 2 * LANES);
        ZERO.intoArray(handed, D_TIME);
        ZERO.intoArray(handed, D_LOG_OPACITIES);
    }

    private static void mean(float[] splatGradients, int splat, float pixels, int bits, float[] gradient, int i,
            float[] handed) {
        FloatVector eDu = fromArray(FLOATS, splatGradients, splat + E_DU * CHUNK);
        FloatVector eDv = fromArray(FLOATS, splatGradients, splat + E_DV * CHUNK);
        FloatVector a = fromArray(FLOATS, handed, CONIC);
        FloatVector b = fromArray(FLOATS, handed, CONIC + LANES);
        FloatVector c = fromArray(FLOATS, handed, CONIC + 2 * LANES);
        FloatVector dX = a.mul(eDu).add(b.mul(eDv)).mul(-pixels);
        FloatVector dZ = b.mul(eDu).add(c.mul(eDv)).mul(pixels);
        dX.intoArray(handed, D_X);
        dZ.intoArray(handed, D_Z);
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        fromArray(FLOATS, gradient, X * CHUNK + i).add(dX, drawn)
                .intoArray(gradient, X * CHUNK + i);
        fromArray(FLOATS, gradient, Z * CHUNK + i).add(dZ, drawn)
                .intoArray(gradient, Z * CHUNK + i);
    }

    /** The norm in half slice sizes, from world units. */
    private static void noteLargest(float[] handed, float halfWidth, float halfHeight, int bits, float[] largest,
            int i) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector across = fromArray(FLOATS, handed, D_X).mul(halfWidth);
        FloatVector down = fromArray(FLOATS, handed, D_Z).mul(halfHeight);
        FloatVector norm = across.mul(across).add(down.mul(down)).sqrt();
        FloatVector before = fromArray(FLOATS, largest, i);
        VectorMask<Float> larger = norm.compare(VectorOperators.GT, before).and(drawn);
        before.blend(norm, larger).intoArray(largest, i);
    }

    private static void motion(float[] values, int at, int rowLength, int degree, float[] u, int i, int bits,
            float[] gradient, int column, float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector dX = fromArray(FLOATS, handed, D_X);
        FloatVector dZ = fromArray(FLOATS, handed, D_Z);
        FloatVector distance = fromArray(FLOATS, u, i);
        FloatVector power = broadcast(FLOATS, 1f);
        FloatVector dTime = broadcast(FLOATS, 0f);
        for (int k = 1; k <= degree; k++) {
            int row = 2 * (k - 1);
            FloatVector alongMotion = fromArray(FLOATS, values, at + row * rowLength).mul(dX)
                    .add(fromArray(FLOATS, values, at + (row + 1) * rowLength).mul(dZ));
            dTime = dTime.add(power.mul((float) k).mul(alongMotion));
            power = power.mul(distance);
            fromArray(FLOATS, gradient, column + row * CHUNK).add(power.mul(dX), drawn)
                    .intoArray(gradient, column + row * CHUNK);
            fromArray(FLOATS, gradient, column + (row + 1) * CHUNK).add(power.mul(dZ), drawn)
                    .intoArray(gradient, column + (row + 1) * CHUNK);
        }
        dTime.intoArray(handed, D_TIME);
    }

    /** In the covariance's own axes. */
    private static void covariance(Activation a, int i, int window, float pixels, float[] splatGradients, int splat,
            int bits, float[] gradient, float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector scale = window == WINDOW_SCALES ? fromArray(FLOATS, a.window, i).mul(pixels) : broadcast(FLOATS, pixels);
        FloatVector scaleX = fromArray(FLOATS, a.scaleX, i).mul(scale);
        FloatVector scaleZ = fromArray(FLOATS, a.scaleZ, i).mul(scale);
        FloatVector lambdaX = scaleX.mul(scaleX);
        FloatVector lambdaZ = scaleZ.mul(scaleZ);
        FloatVector cosine = fromArray(FLOATS, a.cosine, i);
        FloatVector sine = fromArray(FLOATS, a.sine, i);
        FloatVector dA = fromArray(FLOATS, splatGradients, splat + E_DU_DU * CHUNK);
        FloatVector dB = fromArray(FLOATS, splatGradients, splat + E_DU_DV * CHUNK);
        FloatVector dC = fromArray(FLOATS, splatGradients, splat + E_DV_DV * CHUNK);
        FloatVector perX = ONE.div(lambdaX.add(Folding.LOW_PASS));
        FloatVector perZ = ONE.div(lambdaZ.add(Folding.LOW_PASS));
        FloatVector alongX = cosine.mul(dA).add(sine.mul(dB));
        FloatVector alongZ = sine.mul(dA).sub(cosine.mul(dB));
        FloatVector byX = alongX.mul(cosine).add(cosine.mul(dB).add(sine.mul(dC)).mul(sine));
        FloatVector byZ = alongZ.mul(sine).sub(sine.mul(dB).sub(cosine.mul(dC)).mul(cosine));
        FloatVector byBoth = cosine.mul(sine).mul(dC.sub(dA)).add(cosine.mul(cosine).sub(sine.mul(sine)).mul(dB));
        FloatVector dLogScaleX = lambdaX.mul(perX).mul(perX).mul(byX);
        FloatVector dLogScaleZ = lambdaZ.mul(perZ).mul(perZ).mul(byZ);
        dLogScaleX.add(dLogScaleZ).intoArray(handed, D_LOG_SCALES);
        fromArray(FLOATS, gradient, LOG_SCALE_X * CHUNK + i).add(dLogScaleX, drawn)
                .intoArray(gradient, LOG_SCALE_X * CHUNK + i);
        fromArray(FLOATS, gradient, LOG_SCALE_Z * CHUNK + i).add(dLogScaleZ, drawn)
                .intoArray(gradient, LOG_SCALE_Z * CHUNK + i);
        FloatVector turns = fromArray(FLOATS, a.turns, i);
        FloatVector dAngle = lambdaX.sub(lambdaZ).mul(perX).mul(perZ).mul(byBoth).mul(Transcendental.TWO_PI)
                .mul(turns).mul(ONE.sub(turns));
        fromArray(FLOATS, gradient, ANGLE * CHUNK + i).add(dAngle, drawn)
                .intoArray(gradient, ANGLE * CHUNK + i);
    }

    /** One head's. A mask that was cut for its size has gathered no gradient. */
    private static void opacity(float[] opacities, float[] windows, int i, int window, boolean alpha,
            float[] splatGradients, int splat, int bits, float[] gradient, int column, float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector opacity = fromArray(FLOATS, opacities, i);
        FloatVector dLogOpacity = fromArray(FLOATS, splatGradients, splat).mul(opacity);
        if (window != WINDOW_SCALES) {
            dLogOpacity = dLogOpacity.mul(fromArray(FLOATS, windows, i));
        }
        fromArray(FLOATS, handed, D_LOG_OPACITIES).add(dLogOpacity).intoArray(handed, D_LOG_OPACITIES);
        FloatVector dRaw = alpha ? dLogOpacity.mul(ONE.sub(opacity)) : dLogOpacity;
        fromArray(FLOATS, gradient, column).add(dRaw, drawn)
                .intoArray(gradient, column);
    }

    /** One head's coefficients, when composited zero behind the clamp at black; and their part of dL / du. */
    private static void intensity(float[] values, int at, int rowLength, int degree, boolean clamped, float[] u, int i,
            float[] splatGradients, int splat, int bits, float[] gradient, int column, float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector distance = fromArray(FLOATS, u, i);
        FloatVector dCoefficient = fromArray(FLOATS, splatGradients, splat).mul(Folding.C0);
        if (clamped) {
            FloatVector sum = broadcast(FLOATS, 0f);
            for (int p = degree; p >= 0; p--) {
                sum = sum.mul(distance).add(fromArray(FLOATS, values, at + p * rowLength));
            }
            FloatVector value = sum.mul(Folding.C0).add(0.5f);
            dCoefficient = dCoefficient.blend(0f, value.compare(VectorOperators.LE, 0f));
        }
        fromArray(FLOATS, gradient, column).add(dCoefficient, drawn)
                .intoArray(gradient, column);
        FloatVector dTime = fromArray(FLOATS, handed, D_TIME);
        FloatVector order = broadcast(FLOATS, 1f);
        for (int p = 1; p <= degree; p++) {
            FloatVector coefficient = fromArray(FLOATS, values, at + p * rowLength);
            dTime = dTime.add(order.mul((float) p).mul(coefficient).mul(dCoefficient));
            order = order.mul(distance);
            fromArray(FLOATS, gradient, column + p * CHUNK).add(order.mul(dCoefficient), drawn)
                    .intoArray(gradient, column + p * CHUNK);
        }
        dTime.intoArray(handed, D_TIME);
    }

    /** The hat's part of dL / du: -sign(u) per window. */
    private static void hat(float[] u, float[] window, int i, float[] handed) {
        FloatVector sign = broadcast(FLOATS, -1f).blend(1f, fromArray(FLOATS, u, i).compare(VectorOperators.LT, 0f));
        FloatVector slope = fromArray(FLOATS, handed, D_LOG_OPACITIES).mul(sign).div(fromArray(FLOATS, window, i));
        fromArray(FLOATS, handed, D_TIME).add(slope).intoArray(handed, D_TIME);
    }

    /** The Gaussian window's part of dL / du, and the gradient by the spread. */
    private static void gaussianWindow(float[] u, float[] sigmas, int i, int dLogWindow, int bits, float[] gradient,
            float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector sigma = fromArray(FLOATS, sigmas, i);
        FloatVector ratio = fromArray(FLOATS, u, i).div(sigma);
        FloatVector slope = fromArray(FLOATS, handed, dLogWindow).mul(ratio);
        fromArray(FLOATS, handed, D_TIME).sub(slope.div(sigma)).intoArray(handed, D_TIME);
        fromArray(FLOATS, gradient, SPREAD * CHUNK + i).add(slope.mul(ratio), drawn)
                .intoArray(gradient, SPREAD * CHUNK + i);
    }

    private static void time(float[] m, int i, int bits, float[] gradient, float[] handed) {
        VectorMask<Float> drawn = VectorMask.fromLong(FLOATS, bits);
        FloatVector time = fromArray(FLOATS, m, i);
        FloatVector dRaw = fromArray(FLOATS, handed, D_TIME).mul(time).mul(ONE.sub(time));
        fromArray(FLOATS, gradient, TIME * CHUNK + i).add(dRaw, drawn)
                .intoArray(gradient, TIME * CHUNK + i);
    }
}
