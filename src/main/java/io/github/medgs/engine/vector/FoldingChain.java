package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.ViewBuffers.*;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.Transcendental;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * From the gradients of a chunk's splats to those of their Gaussians' raw parameters:
 * {@link io.github.medgs.kernel.FoldingGradient} on lanes. The splats' conics are formed again from the parameters,
 * which are at hand, rather than fetched. One instance is one thread's scratch memory.
 */
final class FoldingChain {

    // Rows of what the parts of the chain hand on to each other.
    private static final int CONIC_AA = 0;
    private static final int CONIC_AB = CHUNK;
    private static final int CONIC_BB = 2 * CHUNK;
    private static final int D_X = 3 * CHUNK;
    private static final int D_Z = 4 * CHUNK;
    private static final int D_TIME = 5 * CHUNK;
    private static final int D_LOG_SCALES = 6 * CHUNK;
    private static final int D_LOG_OPACITIES = 7 * CHUNK;
    private static final int D_ANGLE = 8 * CHUNK;
    private static final int POWER = 9 * CHUNK;
    private static final int POWER_BELOW = 10 * CHUNK;
    private static final int INTENSITY = 11 * CHUNK;
    private static final int LAMBDA_X = 12 * CHUNK;
    private static final int LAMBDA_Z = 13 * CHUNK;
    private static final int SIZE = 14 * CHUNK;

    private final int[] form;
    private final float pixels;
    private final float[] handed = new float[SIZE];

    FoldingChain(int[] form) {
        this.form = form;
        this.pixels = form[WIDTH] / Folding.PLANE_WIDTH;
    }

    /**
     * Adds what one view says of a chunk.
     *
     * @param a input, the chunk's activated parameters, and its window at the view's time
     * @param splatGradients input, sums of the records, rows of a chunk
     * @param drawn input, which Gaussians of each vector the view drew, one bit each; the others are left alone
     * @param gradient input and output, rows of a chunk
     * @param largest input and output, norms of gradients by the mean; {@code null} when the view does not count
     */
    void add(Activation a, float[] splatGradients, int[] drawn, float[] gradient, float[] largest) {
        ChunkParameters p = a.parameters;
        int from = a.firstSeen();
        int end = a.endSeen();
        int intensityDegree = form[INTENSITY_DEGREE];
        int motion = Layout.motion(intensityDegree);
        boolean alpha = form[COMPOSITING] == COMPOSITING_ALPHA;
        // What several parts add to; all else is written before it is read.
        Arrays.fill(handed, D_TIME + from, D_TIME + end, 0f);
        Arrays.fill(handed, D_LOG_OPACITIES + from, D_LOG_OPACITIES + end, 0f);
        conic(a, from, end, form[WINDOW], pixels, handed);
        mean(splatGradients, pixels, drawn, gradient, from, end, handed);
        if (largest != null) {
            noteLargest(handed, 0.5f * form[WIDTH] / pixels, 0.5f * form[HEIGHT] / pixels, drawn, largest, from, end);
        }
        motion(p.values, p.at(motion), p.rowLength(), form[MOTION_DEGREE], a.u, from, end, drawn, gradient,
                motion * CHUNK, handed);
        covariance(a, from, end, splatGradients, drawn, gradient, handed);
        angle(a.turns, from, end, drawn, gradient, handed);
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        float[] windows = form[WINDOW] == WINDOW_SCALES ? null : a.window;
        opacity(a.imageOpacity, windows, from, end, alpha, splatGradients, IMAGE_OPACITY_SUM * CHUNK, drawn, gradient,
                IMAGE_OPACITY * CHUNK, handed);
        opacity(a.maskOpacity, windows, from, end, alpha, splatGradients, MASK_OPACITY_SUM * CHUNK, drawn, gradient,
                maskRow * CHUNK, handed);
        intensity(p, IMAGE_INTENSITY, intensityDegree, alpha, a.u, from, end, splatGradients,
                IMAGE_INTENSITY_SUM * CHUNK, drawn, gradient);
        intensity(p, Layout.maskIntensity(intensityDegree), intensityDegree, alpha, a.u, from, end, splatGradients,
                MASK_INTENSITY_SUM * CHUNK, drawn, gradient);
        if (form[WINDOW] == WINDOW_HAT) {
            hat(a.u, a.window, from, end, handed);
        } else {
            int dLogWindow = form[WINDOW] == WINDOW_SCALES ? D_LOG_SCALES : D_LOG_OPACITIES;
            gaussianWindow(a.u, a.sigma, from, end, dLogWindow, drawn, gradient, handed);
        }
        if (form[ANCHORED] == 0) {
            time(a.m, from, end, drawn, gradient, handed);
        }
    }

    /** The conics, as they were folded, and the squared scales in pixels. */
    private static void conic(Activation a, int from, int end, int window, float pixels, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector scale = broadcast(FLOATS, pixels);
            if (window == WINDOW_SCALES) {
                scale = scale.mul(fromArray(FLOATS, a.window, i));
            }
            FloatVector scaleX = fromArray(FLOATS, a.scaleX, i).mul(scale);
            FloatVector scaleZ = fromArray(FLOATS, a.scaleZ, i).mul(scale);
            FloatVector lambdaX = scaleX.mul(scaleX);
            FloatVector lambdaZ = scaleZ.mul(scaleZ);
            lambdaX.intoArray(handed, LAMBDA_X + i);
            lambdaZ.intoArray(handed, LAMBDA_Z + i);
            FloatVector cosine = fromArray(FLOATS, a.cosine, i);
            FloatVector sine = fromArray(FLOATS, a.sine, i);
            FloatVector sum = lambdaX.add(lambdaZ).mul(Folding.LOW_PASS);
            FloatVector inverse =
                    ONE.div(lambdaX.mul(lambdaZ).add(sum).add(Folding.LOW_PASS * Folding.LOW_PASS));
            FloatVector across = lambdaX.mul(cosine).mul(cosine).add(lambdaZ.mul(sine).mul(sine));
            FloatVector down = lambdaX.mul(sine).mul(sine).add(lambdaZ.mul(cosine).mul(cosine));
            down.add(Folding.LOW_PASS).mul(inverse).intoArray(handed, CONIC_AA + i);
            lambdaZ.sub(lambdaX).mul(cosine).mul(sine).mul(inverse).intoArray(handed, CONIC_AB + i);
            across.add(Folding.LOW_PASS).mul(inverse).intoArray(handed, CONIC_BB + i);
        }
    }

    private static void mean(float[] splatGradients, float pixels, int[] drawn, float[] gradient, int from, int end,
            float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector eDu = fromArray(FLOATS, splatGradients, E_DU * CHUNK + i);
            FloatVector eDv = fromArray(FLOATS, splatGradients, E_DV * CHUNK + i);
            FloatVector b = fromArray(FLOATS, handed, CONIC_AB + i);
            FloatVector dX = fromArray(FLOATS, handed, CONIC_AA + i).mul(eDu).add(b.mul(eDv)).mul(-pixels);
            FloatVector dZ = fromArray(FLOATS, handed, CONIC_BB + i).mul(eDv).add(b.mul(eDu)).mul(pixels);
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            dX.intoArray(handed, D_X + i);
            dZ.intoArray(handed, D_Z + i);
            fromArray(FLOATS, gradient, X * CHUNK + i).add(dX, mask).intoArray(gradient, X * CHUNK + i);
            fromArray(FLOATS, gradient, Z * CHUNK + i).add(dZ, mask).intoArray(gradient, Z * CHUNK + i);
        }
    }

    /** The norm in half slice sizes, from world units. */
    private static void noteLargest(float[] handed, float halfWidth, float halfHeight, int[] drawn, float[] largest,
            int from, int end) {
        for (int i = from; i < end; i += LANES) {
            FloatVector across = fromArray(FLOATS, handed, D_X + i).mul(halfWidth);
            FloatVector down = fromArray(FLOATS, handed, D_Z + i).mul(halfHeight);
            FloatVector norm = across.mul(across).add(down.mul(down)).sqrt();
            FloatVector before = fromArray(FLOATS, largest, i);
            VectorMask<Float> larger = norm.compare(VectorOperators.GT, before)
                    .and(VectorMask.fromLong(FLOATS, drawn[i / LANES]));
            before.blend(norm, larger).intoArray(largest, i);
        }
    }

    /** The weights, and dL / du through them: sum over k of k u^(k-1) (w_kX dX + w_kZ dZ). */
    private static void motion(float[] values, int at, int rowLength, int degree, float[] u, int from, int end,
            int[] drawn, float[] gradient, int column, float[] handed) {
        Arrays.fill(handed, POWER + from, POWER + end, 1f);
        for (int k = 1; k <= degree; k++) {
            int weightX = at + 2 * (k - 1) * rowLength;
            int weightZ = weightX + rowLength;
            int rowX = column + 2 * (k - 1) * CHUNK;
            int rowZ = rowX + CHUNK;
            for (int i = from; i < end; i += LANES) {
                FloatVector dX = fromArray(FLOATS, handed, D_X + i);
                FloatVector dZ = fromArray(FLOATS, handed, D_Z + i);
                FloatVector power = fromArray(FLOATS, handed, POWER + i);
                FloatVector along = fromArray(FLOATS, values, weightX + i).mul(dX)
                        .add(fromArray(FLOATS, values, weightZ + i).mul(dZ));
                fromArray(FLOATS, handed, D_TIME + i).add(power.mul((float) k).mul(along))
                        .intoArray(handed, D_TIME + i);
                power = power.mul(fromArray(FLOATS, u, i));
                power.intoArray(handed, POWER + i);
                VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
                fromArray(FLOATS, gradient, rowX + i).add(power.mul(dX), mask).intoArray(gradient, rowX + i);
                fromArray(FLOATS, gradient, rowZ + i).add(power.mul(dZ), mask).intoArray(gradient, rowZ + i);
            }
        }
    }

    /** The scales, in the covariance's own axes; of the angle dL / dtheta is handed on. */
    private static void covariance(Activation a, int from, int end, float[] splatGradients, int[] drawn,
            float[] gradient, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector lambdaX = fromArray(FLOATS, handed, LAMBDA_X + i);
            FloatVector lambdaZ = fromArray(FLOATS, handed, LAMBDA_Z + i);
            FloatVector cosine = fromArray(FLOATS, a.cosine, i);
            FloatVector sine = fromArray(FLOATS, a.sine, i);
            FloatVector dA = fromArray(FLOATS, splatGradients, E_DU_DU * CHUNK + i);
            FloatVector dB = fromArray(FLOATS, splatGradients, E_DU_DV * CHUNK + i);
            FloatVector dC = fromArray(FLOATS, splatGradients, E_DV_DV * CHUNK + i);
            FloatVector perX = ONE.div(lambdaX.add(Folding.LOW_PASS));
            FloatVector perZ = ONE.div(lambdaZ.add(Folding.LOW_PASS));
            FloatVector cross = cosine.mul(sine).mul(dB).mul(2f);
            FloatVector byX = cosine.mul(cosine).mul(dA).add(cross).add(sine.mul(sine).mul(dC));
            FloatVector byZ = sine.mul(sine).mul(dA).sub(cross).add(cosine.mul(cosine).mul(dC));
            FloatVector byBoth =
                    cosine.mul(sine).mul(dC.sub(dA)).add(cosine.mul(cosine).sub(sine.mul(sine)).mul(dB));
            FloatVector dLogScaleX = lambdaX.mul(perX).mul(perX).mul(byX);
            FloatVector dLogScaleZ = lambdaZ.mul(perZ).mul(perZ).mul(byZ);
            dLogScaleX.add(dLogScaleZ).intoArray(handed, D_LOG_SCALES + i);
            lambdaX.sub(lambdaZ).mul(perX).mul(perZ).mul(byBoth).intoArray(handed, D_ANGLE + i);
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, LOG_SCALE_X * CHUNK + i).add(dLogScaleX, mask)
                    .intoArray(gradient, LOG_SCALE_X * CHUNK + i);
            fromArray(FLOATS, gradient, LOG_SCALE_Z * CHUNK + i).add(dLogScaleZ, mask)
                    .intoArray(gradient, LOG_SCALE_Z * CHUNK + i);
        }
    }

    private static void angle(float[] turns, int from, int end, int[] drawn, float[] gradient, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector p = fromArray(FLOATS, turns, i);
            FloatVector dRaw = fromArray(FLOATS, handed, D_ANGLE + i).mul(Transcendental.TWO_PI).mul(p)
                    .mul(ONE.sub(p));
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, ANGLE * CHUNK + i).add(dRaw, mask).intoArray(gradient, ANGLE * CHUNK + i);
        }
    }

    /**
     * One head's. A mask that was cut for its size has gathered no gradient.
     *
     * @param windows {@code null} where the window acts on the scales
     */
    private static void opacity(float[] opacities, float[] windows, int from, int end, boolean alpha,
            float[] splatGradients, int splat, int[] drawn, float[] gradient, int column, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector opacity = fromArray(FLOATS, opacities, i);
            FloatVector dLogOpacity = fromArray(FLOATS, splatGradients, splat + i).mul(opacity);
            if (windows != null) {
                dLogOpacity = dLogOpacity.mul(fromArray(FLOATS, windows, i));
            }
            fromArray(FLOATS, handed, D_LOG_OPACITIES + i).add(dLogOpacity).intoArray(handed, D_LOG_OPACITIES + i);
            FloatVector slope = broadcast(FLOATS, 1f);
            if (alpha) {
                slope = slope.sub(opacity);
            }
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, column + i).add(dLogOpacity.mul(slope), mask).intoArray(gradient, column + i);
        }
    }

    /** One head's coefficients, when composited zero behind the clamp at black; and their part of dL / du. */
    private void intensity(ChunkParameters p, int firstRow, int degree, boolean clamped, float[] u, int from, int end,
            float[] splatGradients, int splat, int[] drawn, float[] gradient) {
        if (clamped) {
            Activation.intensity(p.values, p.at(firstRow), p.rowLength(), degree, true, u, from, end, handed,
                    INTENSITY);
        }
        coefficient(splatGradients, splat, clamped, from, end, handed);
        for (int k = 0; k <= degree; k++) {
            order(p.values, p.at(firstRow + k), k, u, from, end, drawn, gradient, (firstRow + k) * CHUNK, handed);
        }
    }

    /** dL / dk_0 into the row of powers, zero where the intensity is clamped. */
    private static void coefficient(float[] splatGradients, int splat, boolean clamped, int from, int end,
            float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector dCoefficient = fromArray(FLOATS, splatGradients, splat + i).mul(Folding.C0);
            if (clamped) {
                FloatVector value = fromArray(FLOATS, handed, INTENSITY + i);
                dCoefficient = dCoefficient.blend(0f, value.compare(VectorOperators.LE, 0f));
            }
            dCoefficient.intoArray(handed, POWER + i);
            broadcast(FLOATS, 0f).intoArray(handed, POWER_BELOW + i);
        }
    }

    /** The coefficient of order k, with the row of powers at u^k dL / dk_0 and the row below at u^(k-1) dL / dk_0. */
    private static void order(float[] values, int at, int k, float[] u, int from, int end, int[] drawn,
            float[] gradient, int column, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector power = fromArray(FLOATS, handed, POWER + i);
            FloatVector slope = fromArray(FLOATS, handed, POWER_BELOW + i).mul((float) k)
                    .mul(fromArray(FLOATS, values, at + i));
            fromArray(FLOATS, handed, D_TIME + i).add(slope).intoArray(handed, D_TIME + i);
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, column + i).add(power, mask).intoArray(gradient, column + i);
            power.intoArray(handed, POWER_BELOW + i);
            power.mul(fromArray(FLOATS, u, i)).intoArray(handed, POWER + i);
        }
    }

    /** The hat's part of dL / du: -sign(u) per window. */
    private static void hat(float[] u, float[] window, int from, int end, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector down = fromArray(FLOATS, u, i);
            FloatVector sign = broadcast(FLOATS, -1f).blend(1f, down.compare(VectorOperators.LT, 0f));
            FloatVector slope =
                    fromArray(FLOATS, handed, D_LOG_OPACITIES + i).mul(sign).div(fromArray(FLOATS, window, i));
            fromArray(FLOATS, handed, D_TIME + i).add(slope).intoArray(handed, D_TIME + i);
        }
    }

    /** The Gaussian window's part of dL / du, and the gradient by the spread. */
    private static void gaussianWindow(float[] u, float[] sigmas, int from, int end, int dLogWindow, int[] drawn,
            float[] gradient, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector sigma = fromArray(FLOATS, sigmas, i);
            FloatVector ratio = fromArray(FLOATS, u, i).div(sigma);
            FloatVector slope = fromArray(FLOATS, handed, dLogWindow + i).mul(ratio);
            fromArray(FLOATS, handed, D_TIME + i).sub(slope.div(sigma)).intoArray(handed, D_TIME + i);
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, SPREAD * CHUNK + i).add(slope.mul(ratio), mask)
                    .intoArray(gradient, SPREAD * CHUNK + i);
        }
    }

    private static void time(float[] m, int from, int end, int[] drawn, float[] gradient, float[] handed) {
        for (int i = from; i < end; i += LANES) {
            FloatVector time = fromArray(FLOATS, m, i);
            FloatVector dRaw = fromArray(FLOATS, handed, D_TIME + i).mul(time).mul(ONE.sub(time));
            VectorMask<Float> mask = VectorMask.fromLong(FLOATS, drawn[i / LANES]);
            fromArray(FLOATS, gradient, TIME * CHUNK + i).add(dRaw, mask).intoArray(gradient, TIME * CHUNK + i);
        }
    }
}
