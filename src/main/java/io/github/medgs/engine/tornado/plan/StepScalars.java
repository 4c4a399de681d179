package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.engine.tornado.kernels.Targets;
import io.github.medgs.kernel.BlendedPicture;
import java.util.Arrays;

/** Writes a step into the small array that goes up, and reads its losses from the sums that come down. */
final class StepScalars {

    private final TargetStacks stacks;
    private final float[] floats;
    private final float[] pictures;
    private int usedPictures;

    StepScalars(TargetStacks stacks, float[] floats, float[] pictures) {
        this.stacks = stacks;
        this.floats = floats;
        this.pictures = pictures;
    }

    /** @param row of the log that the step writes its sums to */
    void write(Shape shape, Step step, int row) {
        floats[VIEWS] = step.views().size();
        floats[DRAWN_ONLY] = step.drawnOnly() ? 1 : 0;
        floats[STATISTICS] = step.statistics() ? 1 : 0;
        floats[LOG_ROW] = row;
        usedPictures = 0;
        for (int v = 0; v < step.views().size(); v++) {
            writeView(v, step.views().get(v), shape.pixels());
        }
        Step.Adam adam = step.adam();
        floats[BETA_1] = adam.beta1();
        floats[BETA_2] = adam.beta2();
        floats[EPSILON] = adam.epsilon();
        floats[SECOND_CORRECTION] = adam.secondCorrection(step.iteration());
        floats[SPREAD_LOWEST] = step.spreadPenalty().lowest();
        floats[SPREAD_HIGHEST] = step.spreadPenalty().highest();
        floats[SPREAD_WEIGHT] = step.spreadPenalty().weight();
        double firstCorrection = adam.firstCorrection(step.iteration());
        int rates = rates(shape.views());
        for (int parameter = 0; parameter < shape.form().rows(); parameter++) {
            floats[rates + parameter] = (float) (step.rates()[parameter] / firstCorrection);
        }
    }

    private void writeView(int v, View view, int pixels) {
        int f = FIRST_VIEW_FLOAT + VIEW_FLOATS * v;
        floats[f + TIME] = view.time();
        floats[f + IMAGE_TARGET] = target(view.image(), stacks.images(), pixels);
        floats[f + MASK_TARGET] = target(view.mask(), stacks.masks(), pixels);
        floats[f + COUNTED] = view.counted() ? 1 : 0;
        floats[f + BLENDED] = -1;
        if (view.image() != null && view.image().stack() != null) {
            floats[f + BLENDED] = Targets.ofPicture(0) - floats[f + IMAGE_TARGET];
            System.arraycopy(view.image().blend(), 0, floats, f + FIRST_BLEND, BlendedPicture.FLOATS);
        }
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
        if (target.stack() == null && !TargetStacks.isPicture(target, stack)) {
            return target.slice();
        }
        int picture = usedPictures++;
        if (target.stack() == null) {
            System.arraycopy(target.values(), target.offset(), pictures, picture * pixels, pixels);
        }
        return Targets.ofPicture(picture);
    }

    /** The losses of a step, from its row of the log. */
    StepLosses read(Shape shape, Step step, float[] log, int row) {
        float[] sums = Arrays.copyOfRange(log, row * logRow(shape.views()), (row + 1) * logRow(shape.views()));
        int spread = sums.length - SPREAD_SUMS;
        int pixels = shape.pixels();
        StepLosses.Sum losses = new StepLosses.Sum();
        for (int v = 0; v < step.views().size(); v++) {
            View view = step.views().get(v);
            int image = SUMS * HEADS * v;
            int mask = image + SUMS;
            if (view.image() != null) {
                losses.addImage(view, loss(view.imageCost(), sums, image, pixels),
                        (double) sums[image + SUM_SQUARED] / pixels);
            }
            if (view.mask() != null) {
                losses.addMask(view, loss(view.maskCost(), sums, mask, pixels),
                        (double) sums[mask + SUM_SQUARED] / pixels);
            }
        }
        return losses.with(mean(step, sums[spread + SUM_BELOW], sums[spread + BELOW])
                + mean(step, sums[spread + SUM_ABOVE], sums[spread + ABOVE]));
    }

    private static double loss(PixelCost cost, float[] sums, int at, int pixels) {
        double pixelwise = (double) cost.absolute() * sums[at + SUM_ABSOLUTE]
                + (double) cost.squared() * sums[at + SUM_SQUARED];
        double dissimilarity = 1 - (double) sums[at + SUM_SIMILARITY] / pixels;
        return pixelwise / pixels + (cost.structural() > 0f ? cost.structural() * dissimilarity : 0);
    }

    private static double mean(Step step, float sum, float count) {
        return count == 0f ? 0 : (double) step.spreadPenalty().weight() * sum / count;
    }
}
