package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;

/**
 * A mask between its slices by two predictors, each where it is the better one.
 *
 * <p>{@link TorsionPredictor} follows smooth solids round their ends, {@link ShapePredictor} keeps thin, branching and
 * moving parts. {@link LeftOutSections} tells where which is to be trusted. Both are drawn on slices about a pixel
 * apart and turned into signed distances in space; the smooth guess is the mean of both, smoothed in all three
 * directions without shrinking, the cautious one the shape alone, and the shares mix the two.
 *
 * <p>Worked out once, within the mask's bounding box; it holds a byte for every voxel of the finer slices.
 */
final class MixedPredictor implements SlicePredictor {

    /** Pixels kept free round the mask. */
    private static final int MARGIN = 8;

    /** Slices between two known ones at most, and how many of the neighbours' are seen. */
    private static final int MOST_STEPS = 8;
    private static final int CONTEXT = 6;

    /** Neighbouring gaps that one thread does in a row at most: their windows overlap. */
    private static final int MOST_RUN = 16;

    /** Weight of the torsion predictor in the smooth guess. */
    private static final double SMOOTH_SHARE = 2 / 3.0;

    /** Standard deviation of the smoothing in space, in pixels. */
    private static final double SMOOTHING = 1.2;

    /** Distances are held in 16ths of a pixel, up to nearly 8. */
    private static final float UNIT = 1f / 16;

    private final KeptSlices slices;
    private final KeptSlices box;
    private final int firstRow;
    private final int firstColumn;
    private final double pixel;
    private final byte[][][] distances;

    /**
     * @param slices of a mask
     * @param correction of what is mixed, or {@code null}
     */
    MixedPredictor(KeptSlices slices, SliceCorrection correction, int threads) {
        this.slices = slices;
        this.pixel = Math.min(slices.columnSpacing(), slices.rowSpacing());
        int[] bounds = bounds(slices);
        this.firstRow = bounds[0];
        this.firstColumn = bounds[2];
        this.box = cropped(slices, bounds);
        int gaps = slices.count() - 1;
        this.distances = new byte[gaps][][];
        if (gaps < 1) {
            return;
        }
        Workers workers = new Workers(threads);
        ShapePredictor shape = new ShapePredictor(box, workers);
        TorsionPredictor torsion = new TorsionPredictor(box, shape.smoothedDistances(), workers);
        LeftOutSections shares = new LeftOutSections(box, shape, torsion, workers);
        OutlinePatches patches = new OutlinePatches(box, shape.smoothedDistances(), pixel);
        boolean[][][] shapes = new boolean[gaps][][];
        boolean[][][] torsions = new boolean[gaps][][];
        workers.forEach(gaps, (g, worker) -> {
            shapes[g] = drawn(shape, g);
            torsions[g] = drawn(torsion, g);
        });
        int run = Math.clamp(Math.ceilDiv(gaps, threads), 1, MOST_RUN);
        workers.forEach(Math.ceilDiv(gaps, run), (piece, worker) -> {
            WindowDistances ofShapes = distances(shapes);
            WindowDistances ofTorsions = distances(torsions);
            for (int g = piece * run; g < Math.min(gaps, (piece + 1) * run); g++) {
                distances[g] = mixed(g, ofShapes, ofTorsions, shares, patches, correction);
            }
        });
    }

    /** First and last row, first and last column, with a margin; one pixel of what is empty. */
    static int[] bounds(KeptSlices slices) {
        int[] box = slices.box(MARGIN);
        return box == null ? new int[4] : box;
    }

    private static KeptSlices cropped(KeptSlices slices, int[] bounds) {
        int height = bounds[1] - bounds[0] + 1;
        int width = bounds[3] - bounds[2] + 1;
        float[] values = new float[slices.count() * height * width];
        for (int line = 0; line < slices.count() * height; line++) {
            System.arraycopy(slices.values(), (line / height * slices.height() + bounds[0] + line % height)
                    * slices.width() + bounds[2], values, line * width, width);
        }
        return new KeptSlices(values, slices.positions(), height, width, slices.rowSpacing(), slices.columnSpacing());
    }

    /** Into how many steps of about a pixel a gap is cut. */
    private int steps(int gap) {
        return Math.clamp(Math.round(box.gap(gap) / pixel), 2, MOST_STEPS);
    }

    private boolean[][] drawn(SlicePredictor predictor, int gap) {
        int steps = steps(gap);
        boolean[][] drawn = new boolean[steps][];
        float[] out = new float[box.pixels()];
        drawn[0] = box.inside(gap);
        for (int n = 1; n < steps; n++) {
            predictor.predict(gap, (double) n / steps, out);
            drawn[n] = new boolean[out.length];
            for (int p = 0; p < out.length; p++) {
                drawn[n][p] = out[p] >= 0.5f;
            }
        }
        return drawn;
    }

    /** The mixed distances on the slices of one gap, the one it begins with left out. */
    private byte[][] mixed(int gap, WindowDistances shapes, WindowDistances torsions, LeftOutSections shares,
            OutlinePatches patches, SliceCorrection correction) {
        int pixels = box.pixels();
        int steps = steps(gap);
        int before = gap == 0 ? 0 : CONTEXT;
        int after = gap == distances.length - 1 ? 1 : CONTEXT;
        int[] window = window(gap, before, before + steps + after);
        double apart = box.gap(gap) / steps / pixel;
        float[] shape = shapes.signed(window, apart);
        float[] smooth = torsions.signed(window, apart);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (float) (SMOOTH_SHARE * smooth[i] + (1 - SMOOTH_SHARE) * shape[i]);
        }
        smooth = unshrunk(smooth, window.length, before + 1, before + steps);
        float[] share = shares.shareOfTorsion(gap);
        float[][] sections = correction == null ? null : patches.sections(gap);
        byte[][] held = new byte[steps][pixels];
        for (int n = 1; n < steps; n++) {
            int from = (before + n) * pixels;
            float[] mixed = new float[pixels];
            for (int p = 0; p < pixels; p++) {
                mixed[p] = share[p] * smooth[from + p] + (1 - share[p]) * shape[from + p];
            }
            if (correction != null) {
                mixed = correction.correct(patches, new OutlinePatches.Slice(gap, (float) n / steps,
                        (float) (box.gap(gap) / pixel), mixed, Arrays.copyOfRange(shape, from, from + pixels),
                        Arrays.copyOfRange(smooth, from, from + pixels), share, sections), shares.evidence());
            }
            for (int p = 0; p < pixels; p++) {
                held[n][p] = (byte) Math.clamp(Math.round(mixed[p] / UNIT), -127, 127);
            }
        }
        return held;
    }

    /**
     * The planes round a gap, each by its gap and step; past the stack's ends and past a short neighbour the last known
     * one repeats.
     */
    private int[] window(int gap, int before, int planes) {
        int gaps = distances.length;
        int[] window = new int[planes];
        for (int n = 0; n < planes; n++) {
            int g = gap;
            int step = n - before;
            while (step < 0 && g > 0) {
                g--;
                step += steps(g);
            }
            while (g < gaps && step >= steps(g)) {
                step -= steps(g);
                g++;
            }
            window[n] = step < 0 ? 0 : g < gaps ? g * MOST_STEPS + step : gaps * MOST_STEPS;
        }
        return window;
    }

    /** Signed distances in space, in pixels, all slices of a window taken to be as far apart as those of its gap. */
    private WindowDistances distances(boolean[][][] drawn) {
        return new WindowDistances(plane -> plane / MOST_STEPS < drawn.length
                ? drawn[plane / MOST_STEPS][plane % MOST_STEPS] : box.inside(drawn.length),
                box.width(), box.height(), new double[] {box.columnSpacing() / pixel, box.rowSpacing() / pixel},
                127 * UNIT);
    }

    /**
     * 2 G - G G in all three directions, with a Gaussian G whose border repeats.
     *
     * @param from first plane that is wanted; {@code to} is the first after it that is not
     */
    private float[] unshrunk(float[] source, int planes, int from, int to) {
        SmoothingKernel kernel = new SmoothingKernel(SMOOTHING);
        int first = Math.max(0, from - kernel.reach());
        int end = Math.min(planes, to + kernel.reach());
        float[] once = blurred(kernel, source, planes, first, end);
        float[] twice = blurred(kernel, once, planes, from, to);
        for (int i = from * box.pixels(); i < to * box.pixels(); i++) {
            once[i] = 2 * once[i] - twice[i];
        }
        return once;
    }

    private float[] blurred(SmoothingKernel kernel, float[] source, int planes, int from, int to) {
        int pixels = box.pixels();
        int first = Math.max(0, from - kernel.reach()) * pixels;
        int end = Math.min(planes, to + kernel.reach()) * pixels;
        float[] rows = new float[source.length];
        float[] columns = new float[source.length];
        kernel.along(source, 1, box.width(), first, end, rows);
        kernel.along(rows, box.width(), box.height(), first, end, columns);
        kernel.along(columns, pixels, planes, from * pixels, to * pixels, rows);
        return rows;
    }

    /** The occupancy: near 1 inside, near 0 outside, 0.5 on the boundary; on a known slice that slice. */
    @Override
    public void predict(int slice, double fraction, float[] out) {
        slices.requireInside(slice, fraction);
        if (fraction == 0 || fraction == 1) {
            System.arraycopy(slices.values(), slices.start(fraction == 0 ? slice : slice + 1), out, 0, slices.pixels());
            return;
        }
        Arrays.fill(out, 0f);
        int steps = steps(slice);
        double at = fraction * steps;
        int n = Math.min(steps - 1, (int) at);
        float share = (float) (at - n);
        for (int p = 0; p < box.pixels(); p++) {
            float distance = (1 - share) * distance(slice, n, p) + share * distance(slice, n + 1, p);
            out[(firstRow + p / box.width()) * slices.width() + firstColumn + p % box.width()] =
                    ShapePredictor.occupancy(distance);
        }
    }

    private float distance(int slice, int step, int p) {
        if (step == 0 || step == distances[slice].length) {
            int s = step == 0 ? slice : slice + 1;
            return box.values()[s * box.pixels() + p] >= 0.5f ? 0.5f : -0.5f;
        }
        return distances[slice][step][p] * UNIT;
    }
}
