package io.github.medgs.model;

import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.kernel.NormalisedSum;
import java.util.Arrays;

/**
 * Chooses the rounded intensities together, after all else was rounded: so that what is drawn, on the slices and half way
 * between them, is near what the model draws, in few bits.
 *
 * <p>Drawn pixels are linear in the intensities. Each coefficient in turn is set to the whole number that makes squared
 * error plus bits least, all others held (coordinate descent): what one rounds too high its neighbours take back, and a
 * difference that nobody would see is left out.
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

    private final FoldedGaussians rounded;
    private final QuantisedGaussians table;
    private final boolean mask;
    private final int row;
    private final int coefficients;
    private final int pixels;
    /** Of every slice, and of the middle of every gap, in turn: what is missing, and the sum of weights. */
    private final float[][] missing;
    private final float[][] sums;
    private final Footprints[] footprints = new Footprints[3];
    private final int[] standing;
    private final double[] wanted = new double[2];
    private double spread;

    private IntensityRounding(FoldedGaussians whole, QuantisedGaussians table, boolean mask, float[][] own) {
        this.table = table;
        this.mask = mask;
        rounded = table.gaussians();
        ModelForm form = table.form();
        row = mask ? form.maskIntensityRow() : form.imageIntensityRow();
        coefficients = form.intensityDegree() + 1;
        pixels = form.width() * form.height();
        standing = new int[table.columns() * table.rows()];
        int pictures = 2 * table.slices() - 1;
        sums = new float[pictures][pixels];
        float[][] drawn = draw(rounded, sums);
        missing = draw(whole, new float[pictures][pixels]);
        for (int t = 0; t < pictures; t++) {
            float[] target = own != null && t % 2 == 0 ? own[t / 2] : missing[t];
            for (int p = 0; p < pixels; p++) {
                missing[t][p] = target[p] - drawn[t][p];
                sums[t][p] += NormalisedSum.EPSILON;
            }
        }
        for (int n = 0; n < footprints.length; n++) {
            footprints[n] = new Footprints(rounded, field());
        }
    }

    /**
     * Rounds the intensities of one head.
     *
     * @param whole the model before rounding
     * @param table its other parameters are settled
     * @param own what the slices should show, or {@code null} for what the model draws
     */
    static void settle(FoldedGaussians whole, QuantisedGaussians table, boolean mask, float[][] own) {
        ModelForm form = table.form();
        int row = mask ? form.maskIntensityRow() : form.imageIntensityRow();
        if (table.varies(row)) {
            IntensityRounding rounding = new IntensityRounding(whole, table, mask, own);
            for (int slice = 0; slice < table.slices(); slice++) {
                rounding.settle(slice);
            }
        }
    }

    private int field() {
        return mask ? Layout.SPLAT_MASK_OPACITY : Layout.SPLAT_IMAGE_OPACITY;
    }

    private float[][] draw(FoldedGaussians gaussians, float[][] weights) {
        float[][] pictures = new float[weights.length][pixels];
        Footprints one = new Footprints(gaussians, field());
        for (int g = 0; g < gaussians.count(); g++) {
            int slice = (int) gaussians.get(Layout.TIME, g);
            for (int t = Math.max(0, 2 * slice - 1); t <= Math.min(weights.length - 1, 2 * slice + 1); t++) {
                one.clear();
                one.add(g, 0.5f * t);
                for (int at = one.first(0); at < one.end(0); at++) {
                    weights[t][one.pixel(at)] += one.weight(at);
                    pictures[t][one.pixel(at)] += one.weight(at) * one.intensity();
                }
            }
        }
        for (int t = 0; t < weights.length; t++) {
            for (int p = 0; p < pixels; p++) {
                pictures[t][p] = NormalisedSum.finish(weights[t][p], pictures[t][p]);
            }
        }
        return pictures;
    }

    private void settle(int slice) {
        int from = table.first(slice);
        int to = table.first(slice + 1);
        Arrays.fill(standing, -1);
        for (int n = 0; n < footprints.length; n++) {
            footprints[n].clear();
        }
        for (int g = from; g < to; g++) {
            standing[table.cell(g)] = g;
            for (int n = 0; n < footprints.length; n++) {
                int t = 2 * slice + n - 1;
                if (t >= 0 && t < sums.length) {
                    footprints[n].add(g, 0.5f * t);
                }
            }
        }
        for (int n = 0; n < footprints.length; n++) {
            int t = 2 * slice + n - 1;
            if (t >= 0 && t < sums.length && to > from) {
                footprints[n].normalise(sums[t]);
            }
        }
        double bit = 0;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double curvatures = 0;
            for (int g = from; g < to; g++) {
                for (int k = 0; k < coefficients; k++) {
                    if (table.varies(row + k)) {
                        want(g - from, slice, k);
                        curvatures += k == 0 ? wanted[1] : 0;
                        choose(g, g - from, slice, k, bit);
                    }
                }
            }
            // The first sweep only undoes what rounding each alone has done.
            bit = to == from ? 0 : PER_BIT * curvatures / (to - from);
        }
    }

    /** The slope and the curvature of the squared error by one coefficient's whole number. */
    private void want(int n, int slice, int k) {
        double slope = 0;
        double curvature = 0;
        for (int picture = 0; picture < 3; picture++) {
            int t = 2 * slice + picture - 1;
            if (t < 0 || t >= sums.length || k > 0 && picture == 1) {
                continue;
            }
            double change = change(picture, k);
            double share = picture == 1 ? 1 : BETWEEN;
            Footprints print = footprints[picture];
            double product = 0;
            double square = 0;
            for (int at = print.first(n); at < print.end(n); at++) {
                product += print.weight(at) * missing[t][print.pixel(at)];
                square += print.weight(at) * print.weight(at);
            }
            slope += share * change * product;
            curvature += share * change * change * square;
        }
        wanted[0] = slope;
        wanted[1] = curvature;
    }

    // How much one more of the whole number changes the intensity in a picture: u is 1/2 before the slice.
    private double change(int picture, int k) {
        double step = table.step(row + k) * Folding.C0;
        return k == 0 ? step : step * Math.pow(0.5 * (1 - picture), k);
    }

    private void choose(int g, int n, int slice, int k, double bit) {
        if (!(wanted[1] > 0)) {
            return;
        }
        int now = table.get(row + k, g);
        double best = now + Math.clamp(wanted[0] / wanted[1], -1e5, 1e5);
        double likely = likely(g, row + k);
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
        if (chosen != now) {
            table.set(row + k, g, chosen);
            apply(n, slice, k, chosen - now);
        }
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

    private void apply(int n, int slice, int k, int by) {
        for (int picture = 0; picture < 3; picture++) {
            int t = 2 * slice + picture - 1;
            if (t < 0 || t >= sums.length || k > 0 && picture == 1) {
                continue;
            }
            float change = (float) (by * change(picture, k));
            Footprints print = footprints[picture];
            for (int at = print.first(n); at < print.end(n); at++) {
                missing[t][print.pixel(at)] -= change * print.weight(at);
            }
        }
    }
}
