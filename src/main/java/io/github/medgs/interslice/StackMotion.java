package io.github.medgs.interslice;

import io.github.medgs.kernel.ImageSampling;
import io.github.medgs.kernel.Trajectory;
import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The motion of a whole stack of slices: dense symmetric optical flow of every interval between neighbouring slices,
 * coarse to fine, all intervals together, so that motion can be asked to go on evenly across slices.
 *
 * <p>The field of interval k lives on the grid half way between slices k and k + 1 and holds half the displacement:
 * what is at x there is at x - v(x) on slice k and at x + v(x) on slice k + 1. Intervals are improved in parallel, each
 * from the state all had before, so the result does not depend on the number of threads.
 */
public final class StackMotion {

    /**
     * A gap of which motion that goes on evenly leaves no more than this unexplained is not asked again, which would take
     * as long as the motion itself; less at the ends, where structures end and nothing goes on beyond.
     */
    private static final double EXPLAINED = 0.3;
    private static final double EXPLAINED_AT_ENDS = 0.1;
    private static final int ENDS = 2;

    /** How large the mean of a stack's contradictions must be to count, and to count in full. */
    private static final double FEW = 0.22;
    private static final double MANY = 0.35;

    /** Of a pixel: two slices, their pyramid, which is less than five, two directions of motion, and what continues none. */
    private static final int PAIR_BYTES = Float.BYTES * (2 + 5 + 2 + 1);

    private final KeptSlices slices;
    private final float[][] u;
    private final float[][] v;

    private StackMotion(KeptSlices slices, float[][] u, float[][] v) {
        this.slices = slices;
        this.u = u;
        this.v = v;
    }

    /**
     * Bytes of scratch memory that threads take together while the motion of so many slices is worked out: beside a workspace
     * that of a pair for itself, see {@link #contradiction}.
     */
    public static long scratch(int slices, int height, int width, int threads) {
        return (FlowWorkspace.BYTES + PAIR_BYTES) * (long) height * width * Math.min(threads, slices - 1);
    }

    /** The motion of each pair of neighbouring slices for itself, as optical flow usually is. */
    public static StackMotion pairwise(KeptSlices slices, int threads) {
        return solve(slices, FlowSettings.pairwise(), threads);
    }

    /**
     * Motion that goes on evenly from one interval between slices to the next: the better guess for anatomy. A single interval
     * has no other to agree with and is solved as pairs are, more smoothly in the plane.
     */
    public static StackMotion continuous(KeptSlices slices, int threads) {
        return solve(slices, slices.count() < 3 ? FlowSettings.pairwise() : FlowSettings.continuous(), threads);
    }

    /**
     * The motion by which slices are predicted: that of {@link #continuous}, but where a stack contradicts it. Where a head
     * closes or structures end, motion grows from gap to gap, and even motion misses it; two slices alone show it. So where
     * {@link #pairwise} leaves much less of many gaps unexplained, all are solved once more and let go of their neighbours'
     * motion where it is far off. A few such gaps in a stack are rather pairs that explain what is not motion.
     *
     * @param threads how many may be used; the result does not depend on it
     */
    public static StackMotion following(KeptSlices slices, int threads) {
        StackMotion even = continuous(slices, threads);
        float letsGo = letsGo(even.contradiction(threads));
        return letsGo < Float.POSITIVE_INFINITY ? solve(slices, FlowSettings.lettingGo(letsGo), threads) : even;
    }

    /** How far the gaps contradict even motion, in the mean; 0 where those that may do are too few to count. */
    private double contradiction(int threads) {
        int gaps = u.length;
        double[] left = new double[gaps];
        Workers workers = new Workers(threads);
        workers.forEach(gaps, (k, worker) -> left[k] = mismatchOf(k));
        int[] asked = IntStream.range(0, gaps)
                .filter(k -> left[k] > (Math.min(k, gaps - 1 - k) < ENDS ? EXPLAINED_AT_ENDS : EXPLAINED)).toArray();
        if (gaps < 2 || asked.length <= FEW * gaps) {
            return 0;
        }
        double[] contradictions = new double[gaps];
        workers.forEach(asked.length, (n, worker) -> {
            int k = asked[n];
            contradictions[k] = contradiction(left[k], pairwise(slices.only(new int[] {k, k + 1}), 1).mismatchOf(0));
        });
        return Arrays.stream(contradictions).average().getAsDouble();
    }

    /** In full, 1, where a pair for itself leaves 2.6 times less unexplained; not at all, 0, up to twice. */
    static double contradiction(double leftByEven, double leftByPair) {
        return Smoothness.rising(leftByEven / Math.max(leftByPair, 1e-9), 2, 2.6);
    }

    /**
     * From how many pixels on half a displacement lets go of even motion: half a pixel in a stack of which a third contradicts
     * it, more where less does, and never, infinitely many, up to a fifth.
     */
    static float letsGo(double contradiction) {
        return (float) (0.5 / Smoothness.rising(contradiction, FEW, MANY));
    }

    /** Half the displacement, in columns, from a slice to the next, on the grid half way: height x width. */
    float[] columns(int slice) {
        return u[slice];
    }

    /** Half the displacement, in rows. */
    float[] rows(int slice) {
        return v[slice];
    }

    /** {@link #columns} of all intervals, one after the other. */
    float[] allColumns() {
        return joined(u);
    }

    /** {@link #rows} likewise. */
    float[] allRows() {
        return joined(v);
    }

    private float[] joined(float[][] fields) {
        float[] all = new float[fields.length * slices.pixels()];
        for (int k = 0; k < fields.length; k++) {
            System.arraycopy(fields[k], 0, all, k * slices.pixels(), slices.pixels());
        }
        return all;
    }

    /**
     * How a point of a slice moves, in pixels: to where it is on the next slice and on the one before. At the ends of
     * the stack the motion goes on as on the other side.
     *
     * @param out output: columns towards the next slice, rows, columns towards the slice before, rows
     */
    public void displacement(int slice, float row, float column, float[] out) {
        boolean hasNext = slice < u.length;
        boolean hasPrevious = slice > 0;
        float[] half = new float[2];
        if (hasNext) {
            Trajectory.through(u[slice], v[slice], 0, slices.height(), slices.width(), row, column, -1f, half);
            out[0] = 2 * half[0];
            out[1] = 2 * half[1];
        }
        if (hasPrevious) {
            Trajectory.through(u[slice - 1], v[slice - 1], 0, slices.height(), slices.width(), row, column, 1f, half);
            out[2] = -2 * half[0];
            out[3] = -2 * half[1];
        }
        if (!hasNext) {
            out[0] = hasPrevious ? 0f - out[2] : 0f;
            out[1] = hasPrevious ? 0f - out[3] : 0f;
        }
        if (!hasPrevious) {
            out[2] = 0f - out[0];
            out[3] = 0f - out[1];
        }
    }

    /**
     * The motion about a slice as a polynomial of second degree, {@code d1 u + d2 u^2} in pixels, with u counted in
     * slices against the stack's direction: -1 is the next slice, 1 the one before. The terms of order 1 are {@code
     * (previous - next) / 2}, those of order 2 {@code (previous + next) / 2}.
     *
     * @param out output: order 1 in columns, in rows, order 2 in columns, in rows
     */
    public void polynomial(int slice, float row, float column, float[] out) {
        displacement(slice, row, column, out);
        float nextColumns = out[0];
        float nextRows = out[1];
        float previousColumns = out[2];
        float previousRows = out[3];
        out[0] = 0.5f * (previousColumns - nextColumns);
        out[1] = 0.5f * (previousRows - nextRows);
        out[2] = 0.5f * (previousColumns + nextColumns);
        out[3] = 0.5f * (previousRows + nextRows);
    }

    /**
     * How much of the change from slice to slice the motion leaves unexplained: the mean squared difference of
     * neighbouring slices brought together half way, over that of the slices as they are. 1 when nothing changes.
     *
     * @param threads how many may be used; the result does not depend on it
     */
    double mismatch(int threads) {
        float[] together = new float[u.length * slices.pixels()];
        new Workers(threads).forEach(u.length, (k, worker) -> differences(k, together, slices.start(k)));
        return unexplained(together, 0);
    }

    /** The same of one gap. */
    private double mismatchOf(int k) {
        float[] together = new float[slices.pixels()];
        differences(k, together, 0);
        return unexplained(together, slices.start(k));
    }

    // Summed in the order of voxels, whoever worked them out.
    private double unexplained(float[] together, int from) {
        float[] values = slices.values();
        double left = 0;
        double change = 0;
        for (int i = 0; i < together.length; i++) {
            double moved = together[i];
            double apart = values[from + i + slices.pixels()] - values[from + i];
            left += moved * moved;
            change += apart * apart;
        }
        return change > 0 ? left / change : 1;
    }

    /** Differences of slices k + 1 and k brought together half way. */
    private void differences(int k, float[] together, int from) {
        int height = slices.height();
        int width = slices.width();
        float[] values = slices.values();
        int first = slices.start(k);
        int second = slices.start(k + 1);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int p = row * width + column;
                float r = v[k][p];
                float c = u[k][p];
                together[from + p] = ImageSampling.cubic(values, second, height, width, row + r, column + c)
                        - ImageSampling.cubic(values, first, height, width, row - r, column - c);
            }
        }
    }

    static StackMotion solve(KeptSlices slices, FlowSettings settings, int threads) {
        Workers workers = new Workers(threads);
        int intervals = slices.count() - 1;
        float[][] u = new float[intervals][];
        float[][] v = new float[intervals][];
        if (intervals > 0) {
            SlicePyramid pyramid = SlicePyramid.of(slices, settings, workers);
            FlowWorkspace[] workspaces = new FlowWorkspace[workers.count()];
            for (int level = pyramid.levels() - 1; level >= 0; level--) {
                enlarge(pyramid, level, u, v, workers);
                improve(slices, pyramid, level, u, v, settings, workers, workspaces);
            }
        }
        return new StackMotion(slices, u, v);
    }

    private static void enlarge(SlicePyramid pyramid, int level, float[][] u, float[][] v, Workers workers) {
        int height = pyramid.height(level);
        int width = pyramid.width(level);
        boolean coarsest = level == pyramid.levels() - 1;
        workers.forEach(u.length, (k, worker) -> {
            if (coarsest) {
                u[k] = new float[height * width];
                v[k] = new float[height * width];
            } else {
                int coarseHeight = pyramid.height(level + 1);
                int coarseWidth = pyramid.width(level + 1);
                u[k] = SlicePyramid.resample(u[k], coarseHeight, coarseWidth, height, width,
                        (float) width / coarseWidth);
                v[k] = SlicePyramid.resample(v[k], coarseHeight, coarseWidth, height, width,
                        (float) height / coarseHeight);
            }
        });
    }

    private static void improve(KeptSlices slices, SlicePyramid pyramid, int level, float[][] u, float[][] v,
            FlowSettings settings, Workers workers, FlowWorkspace[] workspaces) {
        int height = pyramid.height(level);
        int width = pyramid.width(level);
        int intervals = u.length;
        boolean continuous = settings.continuity() > 0 && intervals > 1;
        float[] none = new float[height * width];
        float[][] priorU = new float[intervals][];
        float[][] priorV = new float[intervals][];
        for (int k = 0; k < intervals; k++) {
            priorU[k] = continuous ? new float[height * width] : none;
            priorV[k] = continuous ? new float[height * width] : none;
        }
        for (int warp = 0; warp < settings.warps(); warp++) {
            if (continuous) {
                workers.forEach(intervals, (k, worker) ->
                        continueMotion(k, u, v, slices, height, width, priorU[k], priorV[k]));
            }
            workers.forEach(intervals, (k, worker) -> {
                if (workspaces[worker] == null) {
                    workspaces[worker] = new FlowWorkspace(slices.pixels(), settings);
                }
                workspaces[worker].improve(pyramid.image(level, k), pyramid.image(level, k + 1), height, width, u[k],
                        v[k], priorU[k], priorV[k], continuous ? settings.continuity() : 0);
            });
        }
    }

    /**
     * The motion that the neighbouring intervals suggest for interval k: the mean of theirs, read where the trajectory
     * through each pixel meets their own middle grids, and scaled to this interval's length in time.
     */
    private static void continueMotion(int k, float[][] u, float[][] v, KeptSlices slices, int height, int width,
            float[] priorU, float[] priorV) {
        int intervals = u.length;
        float before = k > 0 ? slices.gap(k - 1) / slices.gap(k) : 0;
        float after = k < intervals - 1 ? slices.gap(k + 1) / slices.gap(k) : 0;
        float share = 1f / ((k > 0 ? 1 : 0) + (k < intervals - 1 ? 1 : 0));
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                float x = u[k][i];
                float y = v[k][i];
                float sumX = 0;
                float sumY = 0;
                if (k > 0) {
                    float r = row - y * (1 + before);
                    float c = column - x * (1 + before);
                    sumX += ImageSampling.linear(u[k - 1], 0, height, width, r, c) / before;
                    sumY += ImageSampling.linear(v[k - 1], 0, height, width, r, c) / before;
                }
                if (k < intervals - 1) {
                    float r = row + y * (1 + after);
                    float c = column + x * (1 + after);
                    sumX += ImageSampling.linear(u[k + 1], 0, height, width, r, c) / after;
                    sumY += ImageSampling.linear(v[k + 1], 0, height, width, r, c) / after;
                }
                priorU[i] = sumX * share;
                priorV[i] = sumY * share;
            }
        }
    }
}
