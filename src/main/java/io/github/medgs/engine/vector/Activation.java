package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.kernel.Folding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The activated parameters of a chunk, which do not depend on the view, and its window in time at one view. One instance
 * is one thread's scratch memory.
 */
final class Activation {

    final ChunkParameters parameters = new ChunkParameters();

    final float[] m = new float[CHUNK];
    final float[] sigma = new float[CHUNK];
    final float[] scaleX = new float[CHUNK];
    final float[] scaleZ = new float[CHUNK];
    final float[] turns = new float[CHUNK];
    final float[] cosine = new float[CHUNK];
    final float[] sine = new float[CHUNK];
    final float[] imageOpacity = new float[CHUNK];
    final float[] maskOpacity = new float[CHUNK];

    /** u = m - t, and the temporal window d(u), 0 where it culls; see {@link Folding#window}. */
    final float[] u = new float[CHUNK];
    final float[] window = new float[CHUNK];

    private final int[] form;

    Activation(int[] form) {
        this.form = form;
    }

    /** The times and, where the window needs them, the spreads of all groups. */
    void activateTimes() {
        int length = parameters.length();
        if (form[ANCHORED] != 0) {
            System.arraycopy(parameters.values, parameters.at(TIME), m, 0, length);
        } else {
            Lanes.sigmoid(parameters.values, parameters.at(TIME), m, 0, length);
        }
        if (form[WINDOW] != WINDOW_HAT) {
            Lanes.exp(parameters.values, parameters.at(SPREAD), sigma, 0, length);
        }
    }

    /** All else of eight Gaussians from {@code i}. */
    void activateShape(int i) {
        int end = i + LANES;
        float[] values = parameters.values;
        Lanes.exp(values, parameters.at(LOG_SCALE_X), scaleX, i, end);
        Lanes.exp(values, parameters.at(LOG_SCALE_Z), scaleZ, i, end);
        Lanes.sigmoid(values, parameters.at(ANGLE), turns, i, end);
        Lanes.turn(turns, i, cosine, sine);
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            Lanes.sigmoid(values, parameters.at(IMAGE_OPACITY), imageOpacity, i, end);
            Lanes.sigmoid(values, parameters.at(maskRow), maskOpacity, i, end);
        } else {
            Lanes.exp(values, parameters.at(IMAGE_OPACITY), imageOpacity, i, end);
            Lanes.exp(values, parameters.at(maskRow), maskOpacity, i, end);
        }
    }

    /** Writes {@link #u} and {@link #window} of all groups for a view at time {@code t}. */
    void seeAt(float t) {
        if (form[WINDOW] == WINDOW_HAT) {
            hat(m, t, u, window, parameters.length());
        } else {
            gaussian(m, sigma, t, u, window, parameters.length());
        }
    }

    private static void hat(float[] m, float t, float[] u, float[] window, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector distance = fromArray(FLOATS, m, i).sub(t);
            FloatVector hat = ONE.sub(distance.abs());
            distance.intoArray(u, i);
            ZERO.blend(hat, hat.compare(VectorOperators.GT, Folding.HAT_CUT)).intoArray(window, i);
        }
    }

    private static void gaussian(float[] m, float[] sigma, float t, float[] u, float[] window, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector distance = fromArray(FLOATS, m, i).sub(t);
            distance.intoArray(u, i);
            FloatVector ratio = distance.div(fromArray(FLOATS, sigma, i));
            ratio.mul(-0.5f).mul(ratio).intoArray(window, i);
        }
        Lanes.exp(window, 0, window, 0, length);
        for (int i = 0; i < length; i += LANES) {
            FloatVector exponential = fromArray(FLOATS, window, i);
            VectorMask<Float> seen = exponential.compare(VectorOperators.GT, Folding.WINDOW_CUT);
            ZERO.blend(exponential, seen).intoArray(window, i);
        }
    }

    /** Which of eight Gaussians from {@code i} the last {@link #seeAt} saw, one bit each. */
    int seen(int i) {
        return (int) fromArray(FLOATS, window, i).compare(VectorOperators.GT, 0f).toLong() & parameters.alive(i);
    }

    /** sum over p of k_p u^p of eight Gaussians, made an intensity; see {@link Folding#intensity}. */
    static void intensity(float[] values, int at, int rowLength, int degree, boolean clamped, float[] u, int i,
            float[] out, int place) {
        FloatVector power = fromArray(FLOATS, u, i);
        FloatVector sum = broadcast(FLOATS, 0f);
        for (int p = degree; p >= 0; p--) {
            sum = sum.mul(power).add(fromArray(FLOATS, values, at + p * rowLength + i));
        }
        FloatVector value = sum.mul(Folding.C0).add(0.5f);
        if (clamped) {
            value = value.blend(0f, value.compare(VectorOperators.LT, 0f));
        }
        value.intoArray(out, place);
    }
}
