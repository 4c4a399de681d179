package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.engine.tornado.kernels.Targets;

/** Writes a step into the two small arrays that go up, and reads its losses from the sums that come down. */
final class StepScalars {

    private final TargetStacks stacks;
    private final int[] ints;
    private final float[] floats;
    private final float[] pictures;
    private int usedPictures;

    StepScalars(TargetStacks stacks, int[] ints, float[] floats, float[] pictures) {
        this.stacks = stacks;
        this.ints = ints;
        this.floats = floats;
        this.pictures = pictures;
    }

    void write(Shape shape, Step step, int count) {
        ints[COUNT] = count;
        ints[VIEWS] = step.views().size();
        ints[DRAWN_ONLY] = step.drawnOnly() ? 1 : 0;
        ints[STATISTICS] = step.statistics() ? 1 : 0;
        usedPictures = 0;
        for (int v = 0; v < step.views().size(); v++) {
            writeView(v, step.views().get(v), shape.pixels());
        }
        Step.Adam adam = step.adam();
        floats[BETA_1] = adam.beta1();
        floats[BETA_2] = adam.beta2();
        floats[EPSILON] = adam.epsilon();
        floats[SECOND_CORRECTION] = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), step.iteration())));
        floats[SPREAD_LOWEST] = step.spreadPenalty().lowest();
        floats[SPREAD_HIGHEST] = step.spreadPenalty().highest();
        floats[SPREAD_WEIGHT] = step.spreadPenalty().weight();
        double firstCorrection = 1 - Math.pow(adam.beta1(), step.iteration());
        int rates = rates(shape.views());
        for (int row = 0; row < shape.form().rows(); row++) {
            floats[rates + row] = (float) (step.rates()[row] / firstCorrection);
        }
    }

    private void writeView(int v, View view, int pixels) {
        int at = FIRST_VIEW_INT + VIEW_INTS * v;
        ints[at + IMAGE_TARGET] = target(view.image(), stacks.images(), pixels);
        ints[at + MASK_TARGET] = target(view.mask(), stacks.masks(), pixels);
        ints[at + COUNTED] = view.counted() ? 1 : 0;
        int f = FIRST_VIEW_FLOAT + VIEW_FLOATS * v;
        floats[f + TIME] = view.time();
        writeCost(f + FIRST_COST, view.imageCost());
        writeCost(f + FIRST_COST + COSTS, view.maskCost());
    }

    private void writeCost(int at, PixelCost cost) {
        floats[at + ABSOLUTE] = cost.absolute();
        floats[at + SQUARED] = cost.squared();
        floats[at + STRUCTURAL] = cost.structural();
    }

    private int target(Target target, float[] stack, int pixels) {
        if (target == null) {
            return Targets.NONE;
        }
        if (!TargetStacks.isPicture(target, stack)) {
            return target.offset();
        }
        int offset = usedPictures++ * pixels;
        System.arraycopy(target.values(), target.offset(), pictures, offset, pixels);
        return Targets.ofPicture(offset);
    }

    /**
     * The losses of the step.
     *
     * @param sums {@code SUMS} for each head of each view
     * @param spreadSums {@code SPREAD_SUMS}
     */
    StepLosses read(Shape shape, Step step, float[] sums, float[] spreadSums) {
        int pixels = shape.pixels();
        double image = 0;
        double mask = 0;
        double between = 0;
        double squaredError = 0;
        double maskSquaredError = 0;
        int imageViews = 0;
        int maskViews = 0;
        for (int v = 0; v < step.views().size(); v++) {
            View view = step.views().get(v);
            double imageLoss = loss(view.image(), view.imageCost(), sums, SUMS * HEADS * v, pixels);
            double maskLoss = loss(view.mask(), view.maskCost(), sums, SUMS * (HEADS * v + 1), pixels);
            if (!view.counted()) {
                between += imageLoss + maskLoss;
                continue;
            }
            image += imageLoss;
            mask += maskLoss;
            if (view.image() != null) {
                squaredError += (double) sums[SUMS * HEADS * v + SUM_SQUARED] / pixels;
                imageViews++;
            }
            if (view.mask() != null) {
                maskSquaredError += (double) sums[SUMS * (HEADS * v + 1) + SUM_SQUARED] / pixels;
                maskViews++;
            }
        }
        double spread = mean(step, spreadSums[SUM_BELOW], spreadSums[BELOW])
                + mean(step, spreadSums[SUM_ABOVE], spreadSums[ABOVE]);
        return new StepLosses(image + between + mask + spread, image, between, mask, spread, squaredError / imageViews,
                maskSquaredError / maskViews);
    }

    private static double loss(Target target, PixelCost cost, float[] sums, int at, int pixels) {
        if (target == null) {
            return 0;
        }
        double pixelwise = (double) cost.absolute() * sums[at + SUM_ABSOLUTE]
                + (double) cost.squared() * sums[at + SUM_SQUARED];
        double dissimilarity = 1 - (double) sums[at + SUM_SIMILARITY] / pixels;
        return pixelwise / pixels + (cost.structural() > 0f ? cost.structural() * dissimilarity : 0);
    }

    private static double mean(Step step, float sum, float count) {
        return count == 0f ? 0 : (double) step.spreadPenalty().weight() * sum / count;
    }
}
