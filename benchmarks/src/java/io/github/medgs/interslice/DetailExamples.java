package io.github.medgs.interslice;

import io.github.medgs.parallel.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Left-out slices half way between kept ones: what {@link DetailInputs} say of them, the guess, and the truth. */
final class DetailExamples {

    /** Fewer slices say little, and stacks that the spline says nearly all of are left to it. */
    private static final int FEWEST = 5;
    private static final double SMOOTH = 0.5;

    /** Of intensities: no error is taken to be less. */
    private static final double LEAST_ERROR = 1e-8;

    /**
     * Pictures of one stack and stride.
     *
     * @param unit see {@link DetailInputs#unit}
     * @param error mean squared error of the guesses
     * @param share how often it is taken, in proportion
     */
    record Cut(String name, int height, int width, float unit, double error, double share, List<Picture> pictures) {}

    /** @param planes of the inputs, half-precision floats */
    record Picture(short[][] planes, float[] guess, float[] truth) {}

    private final List<Cut> cuts = new ArrayList<>();

    List<Cut> cuts() {
        return cuts;
    }

    /** In an order that does not depend on which thread was first. */
    void add(DetailExamples other) {
        cuts.addAll(other.cuts);
    }

    /**
     * Keeps every few slices of a stack and takes some of those in the middle between.
     *
     * @param stride even
     * @param most pictures
     */
    void cut(String name, DetailStack stack, int stride, int most, long seed) {
        KeptSlices kept = stack.every(stride);
        if (kept.count() < FEWEST) {
            return;
        }
        MotionPredictor predictor = MotionPredictor.ofLeft(kept, 1);
        if (predictor.smoothness() > SMOOTH) {
            return;
        }
        DetailInputs inputs = new DetailInputs(kept, predictor.blended(), (float) predictor.smoothness(), new Workers(1));
        List<Integer> gaps = new ArrayList<>();
        for (int gap = 0; gap < kept.count() - 1; gap++) {
            gaps.add(gap);
        }
        Collections.shuffle(gaps, new Random(seed));
        List<Picture> pictures = new ArrayList<>();
        double squares = 0;
        for (int gap : gaps.subList(0, Math.min(most, gaps.size()))) {
            float[] truth = new float[kept.pixels()];
            System.arraycopy(stack.values(), (gap * stride + stride / 2) * truth.length, truth, 0, truth.length);
            float[] guess = inputs.guess(gap);
            for (int p = 0; p < truth.length; p++) {
                double error = Math.clamp(guess[p], 0f, 1f) - truth[p];
                squares += error * error;
            }
            pictures.add(new Picture(halves(inputs.planes(gap)), guess, truth));
        }
        double count = (double) pictures.size() * kept.pixels();
        cuts.add(new Cut(name + " every " + stride, stack.height(), stack.width(), inputs.unit(),
                squares / count + LEAST_ERROR, Math.sqrt(Math.min(count, 60_000)) * (stride == 2 ? 2 : 1), pictures));
    }

    private static short[][] halves(float[][] planes) {
        short[][] halves = new short[planes.length][planes[0].length];
        for (int n = 0; n < planes.length; n++) {
            for (int p = 0; p < planes[n].length; p++) {
                halves[n][p] = Float.floatToFloat16(planes[n][p]);
            }
        }
        return halves;
    }
}
