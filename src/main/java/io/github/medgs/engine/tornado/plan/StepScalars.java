package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.engine.tornado.kernels.Targets;
import io.github.medgs.kernel.BlendedPicture;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Writes a step into the small array that goes up, and reads its losses from the sums that come down. */
final class StepScalars {

    private final TargetStacks stacks;
    private final FloatArray floats;
    private final FloatArray pictures;
    private int usedPictures;

    StepScalars(TargetStacks stacks, FloatArray floats, FloatArray pictures) {
        this.stacks = stacks;
        this.floats = floats;
        this.pictures = pictures;
    }

    /** @param row of the log that the step writes its sums to */
    void write(Shape shape, Step step, int row) {
        floats.set(VIEWS, step.views().size());
        floats.set(DRAWN_ONLY, step.drawnOnly() ? 1 : 0);
        floats.set(STATISTICS, step.statistics() ? 1 : 0);
        floats.set(LOG_ROW, row);
        usedPictures = 0;
        for (int v = 0; v < step.views().size(); v++) {
            writeView(v, step.views().get(v), shape.pixels());
        }
        Step.Adam adam = step.adam();
        floats.set(BETA_1, adam.beta1());
        floats.set(BETA_2, adam.beta2());
        floats.set(EPSILON, adam.epsilon());
        floats.set(SECOND_CORRECTION, adam.secondCorrection(step.iteration()));
        floats.set(SPREAD_LOWEST, step.spreadPenalty().lowest());
        floats.set(SPREAD_HIGHEST, step.spreadPenalty().highest());
        floats.set(SPREAD_WEIGHT, step.spreadPenalty().weight());
        double firstCorrection = adam.firstCorrection(step.iteration());
        int rates = rates(shape.views());
        for (int parameter = 0; parameter < shape.form().rows(); parameter++) {
            floats.set(rates + parameter, (float) (step.rates()[parameter] / firstCorrection));
        }
    }

    private void writeView(int v, View view, int pixels) {
        int f = FIRST_VIEW_FLOAT + VIEW_FLOATS * v;
        floats.set(f + TIME, view.time());
        floats.set(f + IMAGE_TARGET, target(view.image(), stacks.images(), pixels));
        floats.set(f + MASK_TARGET, target(view.mask(), stacks.masks(), pixels));
        floats.set(f + COUNTED, view.counted() ? 1 : 0);
        floats.set(f + BLENDED, -1);
        if (view.image() != null && view.image().stack() != null) {
            floats.set(f + BLENDED, Targets.ofPicture(0) - floats.get(f + IMAGE_TARGET));
            for (int i = 0; i < BlendedPicture.FLOATS; i++) {
                floats.set(f + FIRST_BLEND + i, view.image().blend()[i]);
            }
        }
        writeCost(f + FIRST_COST, view.imageCost());
        writeCost(f + FIRST_COST + COSTS, view.maskCost());
    }

    private void writeCost(int at, PixelCost cost) {
        floats.set(at + ABSOLUTE, cost.absolute());
        floats.set(at + SQUARED, cost.squared());
        floats.set(at + STRUCTURAL, cost.structural());
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
            MemorySegment.copy(target.values(), target.offset(), pictures.getSegment(), ValueLayout.JAVA_FLOAT,
                    (long) picture * pixels * Float.BYTES, pixels);
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
