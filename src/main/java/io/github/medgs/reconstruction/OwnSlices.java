package io.github.medgs.reconstruction;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.evaluation.interpolation.ImageMetrics;
import io.github.medgs.evaluation.interpolation.SliceScore;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.SliceStack;
import java.util.Arrays;

/**
 * How well a model holds the slices that it was given. Figures of a head that was not trained are NaN.
 *
 * @param psnr decibels for a peak of 1, the mean over slices that are not one single value; one that is held exactly
 *     counts as {@link SliceScore#HIGHEST_PSNR}
 * @param psnrOfVolume of all slices at once, and no more than that either
 * @param ssim the mean over the same slices as the first
 * @param dice of the mask at one half, all slices at once; of many labels their mean
 * @param ofLabels of each label that the model knows; empty where its mask is one structure
 */
public record OwnSlices(double psnr, double psnrOfVolume, double ssim, double dice, double[] ofLabels) {

    /** How like three of a model's acquired slices are to its own drawing of them, in decibels. */
    public static double likeness(Engine engine, TrainedModel model) {
        AcquiredSlices slices = model.acquired();
        float[] image = new float[slices.pixels()];
        double squared = 0;
        try (ModelRenderer renderer = engine.renderer(model.gaussians())) {
            for (int quarter = 1; quarter <= 3; quarter++) {
                int slice = slices.count() * quarter / 4;
                renderer.render(model.timeScale().ofSlice(slice), image, null);
                float[] acquired = slices.intensities(slice);
                for (int p = 0; p < image.length; p++) {
                    double unit = Math.clamp(model.window().toUnit(acquired[p]), 0f, 1f);
                    squared += Math.pow(Math.clamp(image[p], 0f, 1f) - unit, 2);
                }
            }
        }
        return -10 * Math.log10(squared / (3 * image.length));
    }

    /**
     * Slices that a model was learnt from, those that were edited since as it draws them: as they were scanned, they would
     * not fit what is drawn beside them.
     *
     * @param edited for each slice whether it was edited
     */
    public static AcquiredSlices edited(Engine engine, TrainedModel model, AcquiredSlices slices, boolean[] edited) {
        float[][] drawn = new float[slices.count()][];
        try (ModelRenderer renderer = engine.renderer(model.gaussians())) {
            for (int slice = 0; slice < drawn.length; slice++) {
                if (edited[slice]) {
                    drawn[slice] = new float[slices.pixels()];
                    renderer.render(model.timeScale().ofSlice(slice), drawn[slice], null);
                    for (int p = 0; p < drawn[slice].length; p++) {
                        drawn[slice][p] = model.window().toInput(Math.clamp(drawn[slice][p], 0f, 1f));
                    }
                }
            }
        }
        return slices.with(drawn);
    }

    /** Draws the model at its own slices and compares. */
    public static OwnSlices of(Engine engine, TrainedModel model, TrainingData data) {
        SliceStack stack = data.stack();
        int pixels = data.pixels();
        float[] image = model.image() ? new float[pixels] : null;
        float[] mask = model.mask() && !model.labelled() ? new float[pixels] : null;
        boolean[] counted = SliceScore.counted(stack.count(), stack::slice);
        int slices = 0;
        double psnr = 0;
        double ssim = 0;
        double squared = 0;
        long both = 0;
        long either = 0;
        try (ModelRenderer renderer = engine.renderer(model.gaussians())) {
            for (int f = 0; f < stack.count(); f++) {
                if (image != null || mask != null) {
                    renderer.render(model.timeScale().ofSlice(f), image, mask);
                }
                if (image != null) {
                    float[] truth = stack.slice(f);
                    for (int p = 0; p < pixels; p++) {
                        image[p] = Math.clamp(image[p], 0f, 1f);
                        squared += Math.pow(image[p] - truth[p], 2);
                    }
                    if (counted[f]) {
                        slices++;
                        psnr += Math.min(SliceScore.HIGHEST_PSNR, ImageMetrics.psnr(image, truth));
                        ssim += ImageMetrics.ssim(image, truth, stack.height(), stack.width());
                    }
                }
                for (int p = 0; mask != null && p < pixels; p++) {
                    boolean inside = mask[p] >= 0.5f;
                    boolean truth = data.mask()[f * pixels + p] >= 0.5f;
                    both += inside && truth ? 1 : 0;
                    either += (inside ? 1 : 0) + (truth ? 1 : 0);
                }
            }
        }
        double all = image == null ? Double.NaN : stack.count();
        double[] ofLabels = model.labelled() ? new LabelRenderer(engine, model).ownDice() : new double[0];
        double dice = model.labelled() ? Arrays.stream(ofLabels).average().orElse(1)
                : mask == null ? Double.NaN : either == 0 ? 1 : 2.0 * both / either;
        return new OwnSlices(image == null ? Double.NaN : psnr / slices,
                Math.min(SliceScore.HIGHEST_PSNR, -10 * Math.log10(squared / (all * pixels))), image == null ? Double.NaN : ssim / slices, dice, ofLabels);
    }
}
