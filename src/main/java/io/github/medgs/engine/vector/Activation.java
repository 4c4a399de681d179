package io.github.medgs.engine.vector;

import static io.github.medgs.kernel.Layout.*;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * What of eight Gaussians does not depend on the view: their activated parameters, computed once for all views.
 *
 * <p>They pass from method to method in a small array, not as vectors: a vector that leaves compiled code becomes an
 * object.
 */
final class Activation {

    // Places in the array, eight floats each.
    static final int M = 0;
    static final int SIGMA = 8;
    static final int SCALE_X = 16;
    static final int SCALE_Z = 24;
    static final int TURNS = 32;
    static final int COSINE = 40;
    static final int SINE = 48;
    static final int IMAGE = 56;
    static final int MASK = 64;
    static final int SIZE = 72;

    private Activation() {}

    static FloatVector load(float[] parameters, int index, VectorMask<Float> alive) {
        return FloatVector.fromArray(Lanes.FLOATS, parameters, index, alive);
    }

    /** The times m and, where the window needs them, the spreads sigma. */
    static void times(float[] parameters, int capacity, int[] form, int g, VectorMask<Float> alive, float[] out) {
        FloatVector raw = load(parameters, TIME * capacity + g, alive);
        (form[ANCHORED] != 0 ? raw : Lanes.sigmoid(raw)).intoArray(out, M);
        if (form[WINDOW] != WINDOW_HAT) {
            Lanes.exp(load(parameters, SPREAD * capacity + g, alive)).intoArray(out, SIGMA);
        }
    }

    /** All the rest. */
    static void shape(float[] parameters, int capacity, int[] form, int g, VectorMask<Float> alive, float[] out) {
        Lanes.exp(load(parameters, LOG_SCALE_X * capacity + g, alive)).intoArray(out, SCALE_X);
        Lanes.exp(load(parameters, LOG_SCALE_Z * capacity + g, alive)).intoArray(out, SCALE_Z);
        FloatVector turns = Lanes.sigmoid(load(parameters, ANGLE * capacity + g, alive));
        turns.intoArray(out, TURNS);
        Lanes.cosineOfTurns(turns).intoArray(out, COSINE);
        Lanes.sineOfTurns(turns).intoArray(out, SINE);
        opacity(parameters, IMAGE_OPACITY * capacity + g, form, alive, out, IMAGE);
        if (form[HEAD_OPACITY] == HEAD_OPACITY_SHARED) {
            System.arraycopy(out, IMAGE, out, MASK, Lanes.LANES);
        } else {
            opacity(parameters, MASK_OPACITY * capacity + g, form, alive, out, MASK);
        }
    }

    private static void opacity(float[] parameters, int index, int[] form, VectorMask<Float> alive, float[] out,
            int place) {
        FloatVector raw = load(parameters, index, alive);
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            Lanes.sigmoid(raw).intoArray(out, place);
        } else {
            Lanes.exp(raw).intoArray(out, place);
        }
    }

    /** sum over i = 1..D of w_i u^i for one axis; see {@link io.github.medgs.kernel.Folding#displacement}. */
    static FloatVector displacement(float[] parameters, int capacity, int g, VectorMask<Float> alive, int[] form,
            int axis, FloatVector u) {
        int first = Layout.motion(form[INTENSITY_DEGREE]) + axis;
        FloatVector sum = Lanes.broadcast(0f);
        for (int i = form[MOTION_DEGREE]; i >= 1; i--) {
            sum = sum.add(load(parameters, (first + 2 * (i - 1)) * capacity + g, alive)).mul(u);
        }
        return sum;
    }

    /** 0.5 + C0 sum over p of k_p u^p, clamped at black when composited; see Folding.intensity. */
    static FloatVector intensity(float[] parameters, int capacity, int g, VectorMask<Float> alive, int[] form,
            int firstRow, FloatVector u) {
        FloatVector sum = Lanes.broadcast(0f);
        for (int p = form[INTENSITY_DEGREE]; p >= 0; p--) {
            sum = sum.mul(u).add(load(parameters, (firstRow + p) * capacity + g, alive));
        }
        FloatVector value = sum.mul(Folding.C0).add(0.5f);
        return form[COMPOSITING] == COMPOSITING_ALPHA
                ? value.blend(0f, value.compare(VectorOperators.LT, 0f))
                : value;
    }
}
