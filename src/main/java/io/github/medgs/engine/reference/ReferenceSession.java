package io.github.medgs.engine.reference;

import static io.github.medgs.kernel.Layout.SPREAD;
import static io.github.medgs.kernel.Layout.TIME;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.View;
import io.github.medgs.kernel.AdamUpdate;
import io.github.medgs.kernel.FoldingGradient;
import io.github.medgs.kernel.Transcendental;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import java.util.Arrays;

/** A training step in the order in which one would explain it. */
final class ReferenceSession implements TrainingSession {

    private final FoldedGaussians gaussians;
    private final AdamMoments moments;
    private final ParameterTable gradient;
    private final DensityStatistics statistics;
    private final SliceLoss sliceLoss;
    private final int pixels;

    /** Which Gaussians some view of the step drew, and their largest mean gradient over its counted views. */
    private final boolean[] drawn;
    private final boolean[] counted;
    private final float[] largestMeanGradient;

    ReferenceSession(FoldedGaussians gaussians, AdamMoments moments) {
        int capacity = gaussians.capacity();
        this.gaussians = gaussians;
        this.moments = moments;
        this.gradient = new ParameterTable(gaussians.form().rows(), capacity);
        this.statistics = new DensityStatistics(capacity);
        this.pixels = gaussians.form().width() * gaussians.form().height();
        this.sliceLoss = new SliceLoss(gaussians.form().width(), gaussians.form().height());
        this.drawn = new boolean[capacity];
        this.counted = new boolean[capacity];
        this.largestMeanGradient = new float[capacity];
    }

    @Override
    public StepLosses step(Step step) {
        StepLosses losses = gradient(step, gradient);
        if (step.statistics()) {
            gatherStatistics(step);
        }
        adam(step);
        return losses;
    }

    @Override
    public StepLosses gradient(Step step, ParameterTable out) {
        Arrays.fill(out.values(), 0f);
        Arrays.fill(drawn, false);
        Arrays.fill(counted, false);
        Arrays.fill(largestMeanGradient, 0f);
        StepLosses.Sum losses = new StepLosses.Sum();
        for (View view : step.views()) {
            SliceDrawing drawing = new SliceDrawing(gaussians, view.time());
            drawing.draw(view.image() != null, view.mask() != null);
            float[] imagePixels = new float[pixels];
            float[] maskPixels = new float[pixels];
            float[] dImage = null;
            float[] dMask = null;
            if (view.image() != null) {
                drawing.copyImage(imagePixels);
                dImage = new float[pixels];
                double loss = sliceLoss.lossAndGradient(imagePixels, view.image(), view.imageCost(), dImage);
                losses.addImage(view, loss, sliceLoss.meanSquaredError(imagePixels, view.image()));
            }
            if (view.mask() != null) {
                drawing.copyMask(maskPixels);
                dMask = new float[pixels];
                double loss = sliceLoss.lossAndGradient(maskPixels, view.mask(), view.maskCost(), dMask);
                losses.addMask(view, loss, sliceLoss.meanSquaredError(maskPixels, view.mask()));
            }
            float[] meanGradients = new float[drawing.drawnCount()];
            drawing.addGradient(imagePixels, dImage, maskPixels, dMask, out, meanGradients);
            note(view, drawing, meanGradients);
        }
        return losses.with(addSpreadPenalty(step.spreadPenalty(), out));
    }

    private void note(View view, SliceDrawing drawing, float[] meanGradients) {
        for (int k = 0; k < drawing.drawnCount(); k++) {
            int g = drawing.gaussian(k);
            drawn[g] = true;
            if (view.counted()) {
                counted[g] = true;
                largestMeanGradient[g] = Math.max(largestMeanGradient[g], meanGradients[k]);
            }
        }
    }

    private double addSpreadPenalty(Step.SpreadPenalty penalty, ParameterTable out) {
        if (penalty.weight() == 0f) {
            return 0;
        }
        int below = 0;
        int above = 0;
        double sumBelow = 0;
        double sumAbove = 0;
        for (int g = 0; g < gaussians.count(); g++) {
            float spread = Transcendental.exp(gaussians.get(SPREAD, g));
            if (spread < penalty.lowest()) {
                below++;
                sumBelow += penalty.lowest() - spread;
            }
            if (spread > penalty.highest()) {
                above++;
                sumAbove += spread - penalty.highest();
            }
        }
        float perBelow = below == 0 ? 0f : penalty.weight() / below;
        float perAbove = above == 0 ? 0f : penalty.weight() / above;
        for (int g = 0; g < gaussians.count(); g++) {
            float slope = FoldingGradient.spreadPenaltyGradient(
                    gaussians.get(SPREAD, g), penalty.lowest(), penalty.highest(), perBelow, perAbove);
            out.set(SPREAD, g, out.get(SPREAD, g) + slope);
        }
        return perBelow * sumBelow + perAbove * sumAbove;
    }

    private void gatherStatistics(Step step) {
        for (int g = 0; g < gaussians.count(); g++) {
            if (counted[g]) {
                statistics.meanGradient()[g] += largestMeanGradient[g];
                statistics.timeGradient()[g] += Math.abs(gradient.get(TIME, g));
                statistics.visible()[g]++;
            }
        }
    }

    private void adam(Step step) {
        Step.Adam adam = step.adam();
        double firstCorrection = adam.firstCorrection(step.iteration());
        float secondCorrection = adam.secondCorrection(step.iteration());
        int capacity = gaussians.capacity();
        for (int row = 0; row < gradient.rows(); row++) {
            float stepSize = (float) (step.rates()[row] / firstCorrection);
            if (stepSize == 0f) {
                continue;
            }
            for (int g = 0; g < gaussians.count(); g++) {
                if (drawn[g] || !step.drawnOnly()) {
                    AdamUpdate.apply(gaussians.parameters().values(), moments.first().values(),
                            moments.second().values(), row * capacity + g, gradient.get(row, g), stepSize,
                            secondCorrection, adam.beta1(), adam.beta2(), adam.epsilon());
                }
            }
        }
    }

    @Override
    public DensityStatistics statistics() {
        return statistics;
    }

    @Override
    public void clearStatistics() {
        statistics.clear();
    }

    @Override
    public void restoreStatistics(DensityStatistics saved) {
        statistics.set(saved);
    }

    @Override
    public void download() {}

    @Override
    public void upload() {}

    @Override
    public void close() {}
}
