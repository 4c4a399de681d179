package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How smooth a stack is across its slices: mean squares of differences of one order over those of the order below. A
 * stack whose slices overlap, or that was resampled, has little between its slices that its own slices do not show, and
 * higher orders stay small; where every slice brings something new, each order is larger than the last.
 *
 * @param bend second differences over first ones: 0 for straight lines, 2 for a random walk, 3 for independent slices.
 *     Stacks of fewer than three slices, or without any change, count as rough
 * @param kink third differences over second ones: 0 for parabolas, 3 for a random walk, 10/3 for independent slices.
 *     Stacks of fewer than four slices, or of straight lines alone, count as rough
 * @param growth how much larger the bend of every second slice is: what is smooth at its gap is less so at twice the
 *     gap. 0 where that is not known
 * @param belowPlane by how much the bend of rows or columns, whichever is less, at the distance of the slices is larger: a
 *     stack that is smoother across than in the plane was blurred or resampled across. 0 where that is not known
 * @param count of slices
 */
record Smoothness(double bend, double kink, double growth, double belowPlane, int count) {

    private static final int HANDFUL = 5;
    private static final double LARGE_GROWTH = 0.7;

    /** The widest gap over the narrowest from which on slices count as unevenly spaced. */
    private static final float UNEVEN = 1.25f;

    /** How much longer than the gap asked for those of the slices chosen may be in the mean. */
    private static final double ALMOST_EVEN = 1.15;

    /**
     * Uneven spacing is taken into account as in divided differences; where it is very uneven, and there are enough slices for
     * it, only some of them count, as far apart as most of what is missing asks for.
     *
     * @param threads how many may be used; the result does not depend on it
     */
    static Smoothness of(KeptSlices stack, int threads) {
        KeptSlices slices = asFarApartAsMostGaps(stack);
        Workers workers = new Workers(threads);
        Smoothness near = ofDifferences(slices, workers);
        KeptSlices half = slices.everySecond();
        boolean known = half.count() > 2 && near.bend < Double.MAX_VALUE;
        if (!known) {
            return near;
        }
        double growth = ofDifferences(half, workers).bend - near.bend;
        // Of a handful of slices a large one may be chance.
        double plane = PlaneBend.of(slices, workers);
        return new Smoothness(near.bend, near.kink, half.count() < HANDFUL ? Math.min(growth, LARGE_GROWTH) : growth,
                plane < Double.MAX_VALUE ? plane - near.bend : 0, slices.count());
    }

    /**
     * Close slices beside wide gaps say that a stack is smooth where its gaps are not. Of unevenly spaced slices those are
     * taken that are as far apart as the gap in which half of the stack's length lies, from the first on, or all where that
     * leaves fewer than four or they do not fit such steps.
     */
    private static KeptSlices asFarApartAsMostGaps(KeptSlices slices) {
        double[] positions = slices.positions();
        int last = slices.count() - 1;
        double[] gaps = IntStream.range(0, last).mapToDouble(slices::gap).sorted().toArray();
        if (last < 2 || gaps[last - 1] < UNEVEN * gaps[0]) {
            return slices;
        }
        double covered = gaps[0];
        int middle = 0;
        while (2 * covered < positions[last] - positions[0] && middle + 1 < last) {
            covered += gaps[++middle];
        }
        double step = gaps[middle];
        int[] chosen = new int[slices.count()];
        int count = 1;
        for (int k = 1; k <= last; k++) {
            if (positions[k] - positions[chosen[count - 1]] >= 0.99 * step) {
                chosen[count++] = k;
            }
        }
        boolean fits = count >= 4 && count <= last && positions[chosen[count - 1]] - positions[0] <= ALMOST_EVEN * step * (count - 1);
        return fits ? slices.only(Arrays.copyOf(chosen, count)) : slices;
    }

    private static Smoothness ofDifferences(KeptSlices slices, Workers workers) {
        int count = slices.count();
        if (count < 3) {
            return new Smoothness(Double.MAX_VALUE, Double.MAX_VALUE, 0, 0, count);
        }
        double mean = (slices.positions()[count - 1] - slices.positions()[0]) / (count - 1);
        double[][] sums = new double[count - 1][];
        workers.forEach(count - 1, (k, worker) -> sums[k] = sums(slices, k, mean));
        double first = 0;
        double second = 0;
        double secondEven = 0;
        double third = 0;
        for (double[] sum : sums) {
            first += sum[0] / (count - 1);
            second += sum[1] / (count - 2);
            secondEven += sum[2] / (count - 2);
            third += sum[3] / Math.max(1, count - 3);
        }
        return new Smoothness(first > 0 ? second / first : Double.MAX_VALUE,
                count > 3 && secondEven > 0 ? third / secondEven : Double.MAX_VALUE, 0, 0, count);
    }

    /** Sums over the pixels of slice k of squared differences: first, second, second evened, third. */
    private static double[] sums(KeptSlices slices, int k, double mean) {
        int count = slices.count();
        int pixels = slices.pixels();
        double sumFirst = 0;
        double sumSecond = 0;
        double sumEven = 0;
        double sumThird = 0;
        for (int p = k * pixels; p < (k + 1) * pixels; p++) {
            double slope = slope(slices, k, p, mean);
            sumFirst += slope * slope;
            if (k + 2 < count) {
                double change = slope(slices, k + 1, p + pixels, mean) - slope;
                sumSecond += change * change;
                double even = change * evened(slices, k, mean);
                sumEven += even * even;
                if (k + 3 < count) {
                    double next = slope(slices, k + 2, p + 2 * pixels, mean) - slope - change;
                    double turn = next * evened(slices, k + 1, mean) - even;
                    sumThird += turn * turn;
                }
            }
        }
        return new double[] {sumFirst, sumSecond, sumEven, sumThird};
    }

    /** Change of a pixel from slice k to the next, per mean distance of slices. */
    private static double slope(KeptSlices slices, int k, int p, double mean) {
        return (slices.values()[p + slices.pixels()] - slices.values()[p]) * (mean / slices.gap(k));
    }

    /** What makes the change of slope about slice k + 1 one per mean distance of slices. */
    private static double evened(KeptSlices slices, int k, double mean) {
        return 2 * mean / ((double) slices.gap(k) + slices.gap(k + 1));
    }

    /**
     * How much of what is best for smooth stacks is best for this one; 0 where it is better to follow the motion.
     *
     * <p>Third differences tell most: up to a kink of 2.5 a stack is smooth, from 2.7 on it is not, and a little later where
     * it looks much rougher at twice the gap: its slices are about to be too far apart to show it all. What looks no rougher
     * there is anatomy in large and slow change, which has motion to follow, and a few slices may look smooth by chance; but
     * where third differences are smaller still, or hardly anything bends, there is no doubt. A stack that is much smoother across than in the plane was
     * blurred or resampled across, and is smooth up to a kink of 2.76.
     *
     * <p>The numbers were found on 222 stacks, of which the slices between were known; interpolation.md names them.
     */
    float share() {
        double late = 0.15 * rising(growth, 0.6, 0.8) + 0.15 * rising(growth, 0.8, 1.1);
        double grown = 0.3 * rising(growth, LARGE_GROWTH, 1);
        double proved = Math.min(Math.max(rising(growth, 0.15, 0.35), falling(kink, 1.9, 2.1)),
                Math.max(rising(count, 5, 8), falling(kink, 1.5, 1.9)));
        double across = Math.max(falling(kink - late, 2.5, 2.7) * proved, falling(bend, 1.0, 1.3)) * falling(bend - grown, 1.95, 2.1);
        double blurred = rising(belowPlane, 0.2, 0.28) * falling(kink, 2.76, 2.88) * falling(bend, 1.95, 2.1);
        return (float) Math.max(across, blurred);
    }

    /**
     * How far to go past the natural spline, in the direction from the cubic to it: not at all where even third
     * differences are small, since then the spline has it all, nor where they are as large as noise makes them.
     */
    float sharpness() {
        return (float) (Math.clamp((kink - 1.4) / 0.6, 0, 1) * falling(kink, 2.9, 3.0));
    }

    /** Whether motion that explains all is believed: not in the very smoothest stacks, whose spline is all but exact. */
    float roomForMotion() {
        return (float) Math.clamp((bend - 0.55) / 0.5, 0, 1);
    }

    /** From 0 to 1 between two values. */
    static double rising(double value, double none, double full) {
        return Math.clamp((value - none) / (full - none), 0, 1);
    }

    private static double falling(double value, double full, double none) {
        return Math.clamp((none - value) / (none - full), 0, 1);
    }
}
