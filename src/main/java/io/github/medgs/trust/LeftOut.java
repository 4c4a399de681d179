package io.github.medgs.trust;

import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.parallel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * What leaving slices of a stack out tells: how the true absolute error of the left out, as a multiple of its clue, is
 * distributed. In the distribution slices count alike, whatever they hold, since they and not their voxels are what is left
 * out by chance; in means voxels do.
 * Voxels where the slice and both its neighbours are at the window's low end (air, the outside of a cut-out brain) do
 * not count: nothing is drawn there.
 */
final class LeftOut {

    /** Bins a factor of e apart, and the logarithms of the first and past the last one's multiples. */
    private static final int BINS_PER_E = 50;
    private static final double LOWEST = -9;
    private static final double HIGHEST = 9;
    private static final int BINS = (int) ((HIGHEST - LOWEST) * BINS_PER_E);

    private final double[] shares = new double[BINS];
    private double error;
    private double straight;
    private double clue;
    private double beyondError;
    private double beyondClue;
    private long counted;
    private int slices;
    private final List<GapMeans> means = new ArrayList<>();

    private LeftOut() {}

    /**
     * Leaves every second slice out, first the odd ones and then the even, and predicts them from those that stay.
     *
     * @param motion of the stack
     * @param excess of the stack; {@code null} where nothing lies beyond the window
     */
    static LeftOut everySecond(MotionPredictor motion, Excess excess, int threads) {
        LeftOut result = new LeftOut();
        KeptSlices stack = motion.slices();
        if (stack.count() > 2) {
            result.leaveOut(0, stack, motion.everySecond(), excess, threads);
        }
        if (stack.count() > 3) {
            result.leaveOut(1, stack, MotionPredictor.ofLeft(stack.every(2, 1), threads), excess, threads);
        }
        return result;
    }

    private void leaveOut(int first, KeptSlices stack, MotionPredictor motion, Excess excess, int threads) {
        int pixels = stack.pixels();
        KeptSlices kept = motion.slices();
        double[] positions = kept.positions();
        int count = kept.count();
        ErrorClues clues = new ErrorClues(motion, threads);
        Excess keptExcess = excess == null ? null : Excess.of(everySecond(excess.values(), first, count, pixels), motion);
        Slice[] found = new Slice[count - 1];
        new Workers(threads).forEach(count - 1, (k, worker) -> {
            int left = first + 2 * k + 1;
            double fraction = (stack.positions()[left] - positions[k]) / (positions[k + 1] - positions[k]);
            float[] drawn = new float[pixels];
            found[k] = Slice.of(clues, kept, k, fraction, drawn, stack.values(), left * pixels);
            if (excess != null) {
                found[k].addBeyond(clues, keptExcess, k, fraction, drawn, excess.values(), left * pixels);
            }
        });
        for (Slice slice : found) {
            add(slice);
        }
    }

    private static float[] everySecond(float[] values, int first, int count, int pixels) {
        float[] some = new float[count * pixels];
        for (int k = 0; k < count; k++) {
            System.arraycopy(values, (first + 2 * k) * pixels, some, k * pixels, pixels);
        }
        return some;
    }

    private void add(Slice slice) {
        if (slice.counted == 0) {
            return;
        }
        slices++;
        means.add(slice.means);
        counted += slice.counted;
        beyondError += slice.beyondError;
        beyondClue += slice.beyondClue;
        error += slice.error;
        straight += slice.straight;
        clue += slice.clue;
        for (int bin = 0; bin < BINS; bin++) {
            shares[bin] += (double) slice.counts[bin] / slice.counted;
        }
    }

    /** How many slices were left out and had something to predict. */
    int slices() {
        return slices;
    }

    /** What can be seen of the left out without their truth. */
    GapMeans means() {
        return GapMeans.mean(means);
    }

    /** Mean absolute error, in widths of the window. */
    double meanError() {
        return error / counted;
    }

    /** Logarithm of the mean absolute error over that of the straight line across; 0 where either is none. */
    double logGain() {
        return error > 0 && straight > 0 ? Math.log(error / straight) : 0;
    }

    /** Mean error over mean clue; 0 where nothing was off. */
    double meanMultiple() {
        return error / clue;
    }

    /** Mean error of what lies beyond the window over its mean clue; 0 where nothing does. */
    double beyondMultiple() {
        return beyondClue > 0 ? beyondError / beyondClue : 0;
    }

    /** The multiple of its clue that a share of the voxels' errors stays within. */
    double quantile(double share) {
        double wanted = share * slices;
        double seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (seen + shares[bin] >= wanted) {
                double within = shares[bin] > 0 ? (wanted - seen) / shares[bin] : 0;
                return Math.exp(LOWEST + (bin + within) / BINS_PER_E);
            }
            seen += shares[bin];
        }
        return Math.exp(HIGHEST);
    }

    /** The errors of one slice. */
    private static final class Slice {

        private final int[] counts = new int[BINS];
        private double error;
        private double straight;
        private double clue;
        private double beyondError;
        private double beyondClue;
        private int counted;
        private GapMeans means;

        /** @param drawn output, what motion predicts there */
        static Slice of(ErrorClues clues, KeptSlices kept, int before, double fraction, float[] drawn, float[] truth,
                int start) {
            Slice slice = new Slice();
            int pixels = kept.pixels();
            float[] clue = new float[pixels];
            slice.means = GapMeans.of(kept, before, clue, clues.at(before, fraction, drawn, clue));
            float share = (float) fraction;
            for (int p = 0; p < pixels; p++) {
                if (truth[start + p] > 0 || Foreground.of(kept, before, p)) {
                    float first = kept.values()[before * pixels + p];
                    float second = kept.values()[(before + 1) * pixels + p];
                    slice.straight += Math.abs(truth[start + p] - first - share * (second - first));
                    float error = Math.abs(truth[start + p] - drawn[p]);
                    double multiple = Math.log(Math.max(1e-30, error / clue[p]));
                    slice.counts[Math.clamp((int) ((multiple - LOWEST) * BINS_PER_E), 0, BINS - 1)]++;
                    slice.error += error;
                    slice.clue += clue[p];
                    slice.counted++;
                }
            }
            return slice;
        }

        /** What {@link Excess} adds to the drawn slice, against the true excess. */
        void addBeyond(ErrorClues clues, Excess excess, int before, double fraction, float[] drawn, float[] truth,
                int start) {
            float[] picture = drawn.clone();
            if (excess == null) {
                // What lies beyond the window in this slice alone nobody could expect.
                for (int p = 0; p < picture.length; p++) {
                    beyondError += Math.abs(truth[start + p]);
                }
                return;
            }
            excess.addTo(before, fraction, picture);
            float[] clue = new float[picture.length];
            clues.beyond(excess, before, fraction, clue);
            for (int p = 0; p < picture.length; p++) {
                beyondError += Math.abs(truth[start + p] - (picture[p] - drawn[p]));
                beyondClue += clue[p];
            }
        }
    }
}
