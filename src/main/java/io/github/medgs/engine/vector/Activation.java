package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.Lanes.FLOATS;
import static io.github.medgs.engine.vector.Lanes.LANES;
import static io.github.medgs.engine.vector.Lanes.ONE;
import static io.github.medgs.engine.vector.Lanes.ZERO;
import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;
import static io.github.medgs.kernel.Layout.*;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.medgs.kernel.Folding;
import io.github.medgs.model.FoldedGaussians;
import java.util.Arrays;
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

    /** A Gaussian window ends where exp(-u^2 / 2) falls to {@link Folding#WINDOW_CUT}: this many spreads, and 1/1000. */
    private static final float FARTHEST = (float) (1.001 * Math.sqrt(-2 * Math.log(Folding.WINDOW_CUT)));

    private final int[] form;

    /** For each vector of Gaussians which of them the view sees, one bit each; and the range that holds them all. */
    private final int[] seen = new int[CHUNK / LANES];
    private int firstSeen;
    private int endSeen;

    /** The range whose shapes are activated. */
    private int shapedFrom;
    private int shapedEnd;

    Activation(int[] form) {
        this.form = form;
        // The hat's window has one width for all; the Gaussian's is activated chunk by chunk.
        Arrays.fill(sigma, 1f);
    }

    /**
     * Finds the Gaussians of a chunk that any view between two times may see.
     *
     * @param wanted output, one bit each, a vector of them in an element from {@code at}
     * @return whether there are any
     */
    boolean find(FoldedGaussians gaussians, int chunk, float earliest, float latest, int[] wanted, int at) {
        parameters.take(gaussians, chunk);
        activateTimes();
        // Where the window ends, in spreads, and a little beyond: whoever is wanted is looked at again, exactly.
        float reach = form[WINDOW] == WINDOW_HAT ? 1.001f : FARTHEST;
        int any = 0;
        for (int i = 0; i < parameters.length(); i += LANES) {
            int bits = within(m, sigma, i, earliest, latest, reach) & parameters.alive(i);
            wanted[at + i / LANES] = bits;
            any |= bits;
        }
        return any != 0;
    }

    private static int within(float[] m, float[] sigma, int i, float earliest, float latest, float reach) {
        FloatVector time = fromArray(FLOATS, m, i);
        FloatVector most = fromArray(FLOATS, sigma, i).mul(reach);
        return (int) time.neg().add(earliest).compare(VectorOperators.LE, most)
                .and(time.sub(latest).compare(VectorOperators.LE, most))
                .toLong();
    }

    /** Takes a chunk whose wanted Gaussians were found earlier, as {@link #pack} left it. */
    void take(FoldedGaussians gaussians, int chunk, int[] wanted, int at) {
        parameters.take(gaussians, chunk);
        pack(wanted, at);
        if (!parameters.isPacked()) {
            activateTimes();
        }
    }

    /** Packs the chunk just found when the wanted are few. */
    void pack(int[] wanted, int at) {
        shapedFrom = 0;
        shapedEnd = 0;
        int first = CHUNK;
        int end = 0;
        int count = 0;
        for (int i = 0; i < parameters.length(); i += LANES) {
            int bits = wanted[at + i / LANES];
            if (bits != 0) {
                first = Math.min(first, i);
                end = i + LANES;
                count += Integer.bitCount(bits);
            }
        }
        if (3 * count < 2 * (end - first)) {
            parameters.pack(wanted, at);
            activateTimes();
        }
    }

    /** The times and, where the window needs them, the spreads of all groups. */
    private void activateTimes() {
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

    /** All else, from one Gaussian to another, unless that is done. */
    void activateShapes(int from, int end) {
        if (from >= shapedFrom && end <= shapedEnd) {
            return;
        }
        shapedFrom = shapedEnd == 0 ? from : Math.min(from, shapedFrom);
        shapedEnd = Math.max(end, shapedEnd);
        float[] values = parameters.values;
        Lanes.exp(values, parameters.at(LOG_SCALE_X), scaleX, shapedFrom, shapedEnd);
        Lanes.exp(values, parameters.at(LOG_SCALE_Z), scaleZ, shapedFrom, shapedEnd);
        Lanes.sigmoid(values, parameters.at(ANGLE), turns, shapedFrom, shapedEnd);
        Lanes.turn(turns, cosine, sine, shapedFrom, shapedEnd);
        int maskRow = form[HEAD_OPACITY] == HEAD_OPACITY_SHARED ? IMAGE_OPACITY : MASK_OPACITY;
        if (form[COMPOSITING] == COMPOSITING_ALPHA) {
            Lanes.sigmoid(values, parameters.at(IMAGE_OPACITY), imageOpacity, shapedFrom, shapedEnd);
            Lanes.sigmoid(values, parameters.at(maskRow), maskOpacity, shapedFrom, shapedEnd);
        } else {
            Lanes.exp(values, parameters.at(IMAGE_OPACITY), imageOpacity, shapedFrom, shapedEnd);
            Lanes.exp(values, parameters.at(maskRow), maskOpacity, shapedFrom, shapedEnd);
        }
    }

    /** Writes {@link #u} and {@link #window} for a view at time {@code t}; whether it sees any Gaussian. */
    boolean seeAt(float t) {
        if (form[WINDOW] == WINDOW_HAT) {
            hat(m, t, u, window, parameters.length());
        } else {
            gaussian(m, sigma, t, u, window, parameters.length());
        }
        firstSeen = parameters.length();
        endSeen = 0;
        for (int i = 0; i < parameters.length(); i += LANES) {
            seen[i / LANES] = aboveZero(window, i) & parameters.alive(i);
            if (seen[i / LANES] != 0) {
                firstSeen = Math.min(firstSeen, i);
                endSeen = i + LANES;
            }
        }
        return endSeen > 0;
    }

    private static int aboveZero(float[] window, int i) {
        return (int) fromArray(FLOATS, window, i).compare(VectorOperators.GT, 0f).toLong();
    }

    /** First Gaussian of the range that holds all that the view sees, a multiple of the lanes. */
    int firstSeen() {
        return firstSeen;
    }

    /** End of that range, a multiple of the lanes. */
    int endSeen() {
        return endSeen;
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

    /** Which Gaussians of the vector from {@code i} the view sees, one bit each. */
    int seen(int i) {
        return seen[i / LANES];
    }

    /** sum over p of k_p u^p, made an intensity; see {@link Folding#intensity}. */
    static void intensity(float[] values, int at, int rowLength, int degree, boolean clamped, float[] u, int from,
            int end, float[] out, int place) {
        System.arraycopy(values, at + degree * rowLength + from, out, place + from, end - from);
        for (int p = degree - 1; p >= 0; p--) {
            int row = at + p * rowLength;
            for (int i = from; i < end; i += LANES) {
                fromArray(FLOATS, out, place + i).mul(fromArray(FLOATS, u, i)).add(fromArray(FLOATS, values, row + i))
                        .intoArray(out, place + i);
            }
        }
        float lowest = clamped ? 0f : Float.NEGATIVE_INFINITY;
        for (int i = from; i < end; i += LANES) {
            FloatVector value = fromArray(FLOATS, out, place + i).mul(Folding.C0).add(0.5f);
            value.blend(0f, value.compare(VectorOperators.LT, lowest)).intoArray(out, place + i);
        }
    }
}
