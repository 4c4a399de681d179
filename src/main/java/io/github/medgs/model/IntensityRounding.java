package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.volume.LabelSlices;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Chooses the rounded intensities together, after all else was rounded: so that what is drawn, on the slices and half way
 * between them, is near what the model draws, in few bits.
 *
 * <p>Drawn pixels are linear in the intensities. Each coefficient in turn is set to the whole number that makes squared
 * error plus bits least, all others held (coordinate descent): what one rounds too high its neighbours take back, and a
 * difference that nobody would see is left out.
 *
 * <p>Of channels of structures all that counts is where their surfaces are, see {@link RoundingPicture}: a Gaussian that
 * touches none is given one value. Where a slice's pixels have lost the structures that the model drew there, they count
 * for more, and the slice is settled again.
 */
final class IntensityRounding {

    private static final int SWEEPS = 3;
    /** How much a picture half way counts against one of a slice. */
    private static final double BETWEEN = 2;
    /**
     * Squared error that a bit is worth, in squares of the step. At fine steps rounding alone gives a bit for 2 ln 2 / 12 of
     * them (the slope of rate against distortion); three times that was best on a hippocampus and a part of a T1.
     */
    private static final double PER_BIT = 3 * 2 * 0.693147 / 12;

    /** How often a slice is settled again on which pixels have lost their structures. */
    private static final int AGAIN = 8;

    private final QuantisedGaussians table;
    private final FoldedGaussians whole;
    private final FoldedGaussians rounded;
    private final LabelSlices labels;
    private final float[][] own;
    /** Where each head's intensities begin, and the first of those that are channels of labels. */
    private final int[] rows;
    private final int structures;
    private final int opacityRow;
    private final int coefficients;
    private final int pixels;
    /** Of the slice that is settled: the picture half way to the one before it, its own, and half way to the one after. */
    private final RoundingPicture[] pictures = new RoundingPicture[3];
    private final Footprints[] footprints = new Footprints[3];
    private final int[] standing;
    private final double[] wanted = new double[2];
    private double spread;

    private IntensityRounding(TrainedModel whole, QuantisedGaussians table, int[] rows, int structures, int opacityRow,
            float[][] own) {
        this.whole = whole.gaussians();
        this.table = table;
        this.rows = rows;
        this.structures = structures;
        this.opacityRow = opacityRow;
        this.labels = whole.labelled() && rows.length - structures == whole.heads().channels() ? whole.labels() : null;
        this.own = own;
        rounded = table.gaussians();
        coefficients = table.form().intensityDegree() + 1;
        pixels = table.form().width() * table.form().height();
        standing = new int[table.columns() * table.rows()];
    }

    /**
     * Rounds the intensities of all heads that were trained.
     *
     * @param whole the model before rounding, {@linkplain TrainedModel#widened widened}
     * @param table its other parameters are settled
     * @param own what the image's slices should show, or {@code null} for what the model draws
     */
    static void settle(TrainedModel whole, QuantisedGaussians table, float[][] own) {
        HeadRows heads = new HeadRows(whole);
        int from = whole.image() ? 0 : 1;
        int to = whole.mask() ? heads.count() : 1;
        // Heads of one opacity have the same weights, and are settled in one course.
        while (from < to) {
            int opacityRow = heads.opacity(from);
            int first = from;
            while (from < to && heads.opacity(from) == opacityRow) {
                from++;
            }
            int structures = whole.labelled() ? Math.max(first, 1) - first : from - first;
            new IntensityRounding(whole, table, IntStream.range(first, from).map(heads::intensity).toArray(), structures,
                    opacityRow, first == 0 && whole.image() ? own : null).settle();
        }
    }

    private void settle() {
        int[][] order = bySlice();
        Footprints coming = null;
        for (int slice = 0; slice < table.slices(); slice++) {
            footprints[0] = coming;
            footprints[1] = ofSlice(slice, slice);
            pictures[1] = picture(slice, own == null ? null : own[slice], order[slice], footprints[1]);
            footprints[2] = null;
            RoundingPicture ahead = null;
            if (slice + 1 < table.slices()) {
                footprints[2] = ofSlice(slice, slice + 0.5f);
                coming = ofSlice(slice + 1, slice + 0.5f);
                int[] both = IntStream.concat(Arrays.stream(order[slice]), Arrays.stream(order[slice + 1])).sorted().toArray();
                ahead = picture(slice + 0.5f, null, both, footprints[2], coming);
            }
            pictures[2] = ahead;
            settle(slice);
            pictures[0] = ahead;
        }
    }

    // The Gaussians of each slice before rounding.
    private int[][] bySlice() {
        int[] counts = new int[table.slices()];
        for (int g = 0; g < whole.count(); g++) {
            counts[(int) whole.get(Layout.TIME, g)]++;
        }
        int[][] order = new int[counts.length][];
        Arrays.setAll(order, slice -> new int[counts[slice]]);
        for (int g = whole.count() - 1; g >= 0; g--) {
            int slice = (int) whole.get(Layout.TIME, g);
            order[slice][--counts[slice]] = g;
        }
        return order;
    }

    private Footprints ofSlice(int slice, float time) {
        Footprints prints = new Footprints(rounded, opacityRow, time);
        for (int g = table.first(slice); g < table.first(slice + 1); g++) {
            prints.add(g);
        }
        return prints;
    }

    private RoundingPicture picture(float time, float[] ownPicture, int[] order, Footprints... ofRounded) {
        Footprints before = new Footprints(whole, opacityRow, time);
        for (int g : order) {
            before.add(g);
        }
        return RoundingPicture.of(rows, pixels, ownPicture, structures, before, ofRounded);
    }

    private void settle(int slice) {
        Arrays.fill(standing, -1);
        for (int g = table.first(slice); g < table.first(slice + 1); g++) {
            standing[table.cell(g)] = g;
        }
        double[] bits = new double[rows.length];
        for (int head = 0; head < rows.length; head++) {
            for (int sweep = 0; sweep < SWEEPS && table.varies(rows[head]); sweep++) {
                // The first sweep only undoes what rounding each alone has done.
                bits[head] = sweep(slice, head, bits[head]);
            }
        }
        for (int again = 0; labels != null && again < AGAIN && !pictures[1].showsLabels(labels, slice, structures); again++) {
            for (int head = structures; head < rows.length; head++) {
                sweep(slice, head, bits[head]);
            }
        }
    }

    /** Settles every coefficient once; returns what a bit is worth now. */
    private double sweep(int slice, int head, double bit) {
        int from = table.first(slice);
        int to = table.first(slice + 1);
        double curvatures = 0;
        for (int g = from; g < to; g++) {
            boolean flat = head >= structures && flatten(g, g - from, head);
            for (int k = 0; k < coefficients && !flat; k++) {
                if (table.varies(rows[head] + k)) {
                    want(g - from, head, k);
                    curvatures += k == 0 ? wanted[1] : 0;
                    choose(g, g - from, head, k, bit);
                }
            }
        }
        return to == from ? 0 : PER_BIT * curvatures / (to - from);
    }

    /** Gives a Gaussian that only touches what is away from all surfaces of a channel the one value wanted there. */
    private boolean flatten(int g, int n, int head) {
        float value = Float.NaN;
        for (int picture = 0; picture < 3; picture++) {
            Footprints print = footprints[picture];
            for (int at = print == null ? 0 : print.first(n); print != null && at < print.end(n); at++) {
                float here = pictures[picture].wanted[head][print.pixel(at)];
                if (pictures[picture].counts[head][print.pixel(at)] >= 1 || here != value && !Float.isNaN(value)) {
                    return false;
                }
                value = here;
            }
        }
        for (int k = 0; k < coefficients; k++) {
            if (table.varies(rows[head] + k)) {
                int whole = k > 0 || !(value > 0) ? 0 : (int) Math.round(value / (table.step(rows[head]) * Folding.C0));
                set(g, n, head, k, whole);
            }
        }
        return true;
    }

    /** The slope and the curvature of the squared error by one coefficient's whole number. */
    private void want(int n, int head, int k) {
        double slope = 0;
        double curvature = 0;
        for (int picture = 0; picture < 3; picture++) {
            Footprints print = footprints[picture];
            if (print == null || k > 0 && picture == 1) {
                continue;
            }
            float[] missing = pictures[picture].missing[head];
            float[] counts = pictures[picture].counts[head];
            double change = change(picture, head, k);
            double share = picture == 1 ? 1 : BETWEEN;
            double product = 0;
            double square = 0;
            for (int at = print.first(n); at < print.end(n); at++) {
                float weight = counts[print.pixel(at)] * print.weight(at);
                product += weight * missing[print.pixel(at)];
                square += weight * print.weight(at);
            }
            slope += share * change * product;
            curvature += share * change * change * square;
        }
        wanted[0] = slope;
        wanted[1] = curvature;
    }

    // How much one more of the whole number changes the intensity in a picture: u is 1/2 before the slice.
    private double change(int picture, int head, int k) {
        double step = table.step(rows[head] + k) * Folding.C0;
        return k == 0 ? step : step * Math.pow(0.5 * (1 - picture), k);
    }

    private void choose(int g, int n, int head, int k, double bit) {
        if (!(wanted[1] > 0)) {
            return;
        }
        int now = table.get(rows[head] + k, g);
        double best = now + Math.clamp(wanted[0] / wanted[1], -1e5, 1e5);
        double likely = likely(g, rows[head] + k);
        double perWhole = bit / (0.693147 * spread);
        int chosen = now;
        double least = Double.POSITIVE_INFINITY;
        long floor = (long) Math.floor(best);
        for (long candidate = floor - 1; candidate <= floor + 2; candidate++) {
            double cost = wanted[1] * (candidate - best) * (candidate - best) + perWhole * Math.abs(candidate - likely);
            if (cost < least) {
                least = cost;
                chosen = (int) candidate;
            }
        }
        set(g, n, head, k, chosen);
    }

    // What the Gaussians beside it have, and how far they differ.
    private double likely(int g, int valueRow) {
        double sum = 0;
        double squares = 0;
        int known = 0;
        int cell = table.cell(g);
        for (int beside : new int[] {cell - 1, cell + 1, cell - table.columns(), cell + table.columns()}) {
            int other = beside >= 0 && beside < standing.length ? standing[beside] : -1;
            if (other >= 0) {
                int value = table.get(valueRow, other);
                sum += value;
                squares += (double) value * value;
                known++;
            }
        }
        if (known == 0) {
            spread = 1e9;
            return 0;
        }
        double mean = sum / known;
        spread = 0.5 + Math.sqrt(Math.max(0, squares / known - mean * mean));
        return mean;
    }

    private void set(int g, int n, int head, int k, int value) {
        int by = value - table.get(rows[head] + k, g);
        if (by == 0) {
            return;
        }
        table.set(rows[head] + k, g, value);
        for (int picture = 0; picture < 3; picture++) {
            Footprints print = footprints[picture];
            if (print == null || k > 0 && picture == 1) {
                continue;
            }
            float[] missing = pictures[picture].missing[head];
            float change = (float) (by * change(picture, head, k));
            for (int at = print.first(n); at < print.end(n); at++) {
                missing[print.pixel(at)] -= change * print.weight(at);
            }
        }
    }
}
