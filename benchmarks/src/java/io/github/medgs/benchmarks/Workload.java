package io.github.medgs.benchmarks;

import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Models and steps as they occur in training: sizes, share of active Gaussians and overlap as in real runs.
 *
 * @param gaussians the model
 * @param step one step; its iteration is 1
 */
public record Workload(FoldedGaussians gaussians, Step step) {

    /** How far a training is. */
    public enum Stage {
        /** As initialised: small, faint, all over the slice. */
        START,
        /** As found after ten thousand steps: larger, most of them opaque, motions smaller. */
        LATE
    }

    /** Slices of the volume a published model stands for; the temporal spreads follow from it. */
    private static final int SLICES = 55;

    /**
     * A workload by name.
     *
     * @param name {@code published-122}: 100,000 Gaussians on 122 x 101 pixels, the abdominal CT at 3 mm, as started;
     *     {@code published-256}: on 256 x 256; {@code published-WIDTHxCOUNT}: on squares; each with {@code -late} for
     *     {@link Stage#LATE}. {@code default-128}: the form of the preset default on 128 x 128 x 70;
     *     {@code recipe-128}: the same form with few, wide Gaussians, and SSIM; {@code recipe-512}: on
     *     512 x 512 x 150 with 500,000 Gaussians
     */
    public static Workload named(String name) {
        boolean late = name.endsWith("-late");
        Stage stage = late ? Stage.LATE : Stage.START;
        String size = name.substring(name.indexOf('-') + 1, late ? name.length() - 5 : name.length());
        if (name.equals("default-128")) {
            return recipe(128, 128, 70, 1.5, 0.3, 0f);
        }
        if (name.startsWith("recipe-")) {
            return switch (size) {
                case "128" -> recipe(128, 128, 70, 5.46, 0.54, 0.1f);
                case "512" -> recipe(512, 512, 150, 78.6, 0.54, 0.1f);
                default -> throw new IllegalArgumentException(name);
            };
        }
        if (size.equals("122")) {
            return published(100_000, 122, 101, stage);
        }
        String[] widthAndCount = size.split("x");
        int width = Integer.parseInt(widthAndCount[0]);
        int count = widthAndCount.length == 1 ? 100_000 : Integer.parseInt(widthAndCount[1]);
        return published(count, width, width, stage);
    }

    /**
     * The published form, started as published: uniform on the slice and in time, scales from the distance to the next,
     * opacity 0.1, motion of degree seven. The step has three slices with both heads, and two views between them.
     */
    public static Workload published(int count, int width, int height, Stage stage) {
        ModelForm form = new ModelForm(width, height, 7, 0, Compositing.ALPHA, TemporalWindow.SCALES,
                HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
        Random random = new Random(7);
        FoldedGaussians gaussians = new FoldedGaussians(form, count);
        gaussians.setCount(count);
        double scale = Math.sqrt(2.0 * 0.72 * 0.72 * height / width / (Math.PI * count));
        boolean late = stage == Stage.LATE;
        for (int g = 0; g < count; g++) {
            gaussians.set(Layout.X, g, form.worldX(random.nextDouble() * width));
            gaussians.set(Layout.Z, g, form.worldZ(random.nextDouble() * height));
            double grown = late ? Math.exp(random.nextGaussian(0.4, 0.5)) : 1;
            gaussians.set(Layout.LOG_SCALE_X, g, (float) Math.log(scale * grown));
            gaussians.set(Layout.LOG_SCALE_Z, g, (float) Math.log(scale * grown * (late ? 1.3 : 1)));
            gaussians.set(Layout.ANGLE, g, (float) logit(random.nextDouble(0.001, 0.999)));
            gaussians.set(Layout.TIME, g, (float) logit(random.nextDouble(0.001, 0.999)));
            gaussians.set(Layout.SPREAD, g, (float) Math.log(0.01 + 0.99 * random.nextDouble()));
            for (int row = Layout.IMAGE_OPACITY; row <= Layout.MASK_OPACITY; row++) {
                gaussians.set(row, g, late ? (float) random.nextGaussian(-0.5, 2) : (float) logit(0.1));
            }
            float intensity = late ? (float) random.nextGaussian(0, 0.7) : -0.0069508f;
            gaussians.set(form.imageIntensityRow(), g, intensity);
            gaussians.set(form.maskIntensityRow(), g, intensity);
            for (int row = form.motionRow(); row < form.rows(); row++) {
                gaussians.set(row, g, (float) random.nextDouble(-1, 1));
            }
        }
        float spacing = 1f / (SLICES - 1);
        PixelCost image = new PixelCost(2f / 3, 0f, 0.25f / 3);
        PixelCost mask = new PixelCost(2f / 3, 0f, 0f);
        PixelCost between = new PixelCost(0.25f, 0f, 0f);
        List<View> views = new ArrayList<>();
        for (int i = -1; i <= 1; i++) {
            views.add(new View(0.5f + i * spacing, picture(form, i), mask(form, i), image, mask, true));
        }
        views.add(new View(0.5f - 0.4f * spacing, picture(form, 2), null, between, PixelCost.NONE, false));
        views.add(new View(0.5f + 0.7f * spacing, picture(form, 3), null, between, PixelCost.NONE, false));
        return new Workload(gaussians, step(form, views, new Step.SpreadPenalty(1f / SLICES, 1f, 0.75f), false));
    }

    /**
     * The normalised form: hat window, times anchored on the slices, about one Gaussian in {@code pixelsPerGaussian}
     * pixels on each of {@code slices} slices. The step has one slice and two views between it and its neighbours, all
     * with both heads, and moves only what was drawn.
     *
     * @param spacings standard deviation, in units of the Gaussians' mean spacing
     * @param structural weight of SSIM on the slice
     */
    public static Workload recipe(int width, int height, int slices, double pixelsPerGaussian, double spacings,
            float structural) {
        ModelForm form = new ModelForm(width, height, 2, 2, Compositing.NORMALISED, TemporalWindow.HAT,
                HeadOpacity.SHARED, TimeAxis.SLICES);
        Random random = new Random(11);
        int onSlice = (int) (width * height / pixelsPerGaussian);
        FoldedGaussians gaussians = new FoldedGaussians(form, onSlice * slices);
        gaussians.setCount(onSlice * slices);
        double scale = spacings * Math.sqrt(pixelsPerGaussian) / form.pixelsPerUnit();
        for (int g = 0; g < gaussians.count(); g++) {
            gaussians.set(Layout.X, g, form.worldX(random.nextDouble() * width));
            gaussians.set(Layout.Z, g, form.worldZ(random.nextDouble() * height));
            gaussians.set(Layout.LOG_SCALE_X, g, (float) (Math.log(scale) + random.nextGaussian(0, 0.15)));
            gaussians.set(Layout.LOG_SCALE_Z, g, (float) (Math.log(scale) + random.nextGaussian(0, 0.15)));
            gaussians.set(Layout.ANGLE, g, (float) random.nextGaussian());
            gaussians.set(Layout.TIME, g, g / onSlice);
            gaussians.set(Layout.IMAGE_OPACITY, g, (float) random.nextGaussian(0, 0.5));
            for (int row = Layout.IMAGE_INTENSITY; row < form.motionRow(); row++) {
                gaussians.set(row, g, (float) random.nextGaussian(0, 0.5));
            }
            for (int row = form.motionRow(); row < form.rows(); row++) {
                gaussians.set(row, g, (float) random.nextGaussian(0, 2 / form.pixelsPerUnit()));
            }
        }
        float slice = slices / 2;
        List<View> views = new ArrayList<>();
        views.add(new View(slice, picture(form, 0), mask(form, 0), new PixelCost(0f, 10f, structural),
                new PixelCost(0f, 10f, 0f), true));
        for (float time : new float[] {slice - 0.4f, slice + 0.6f}) {
            views.add(new View(time, picture(form, 1), mask(form, 1), new PixelCost(0f, 5f, 0f),
                    new PixelCost(0f, 5f, 0f), false));
        }
        return new Workload(gaussians, step(form, views, Step.SpreadPenalty.NONE, true));
    }

    /** The same step, one later. */
    public Step at(int iteration) {
        return new Step(iteration, step.views(), step.rates(), step.adam(), step.spreadPenalty(), step.drawnOnly(),
                step.statistics());
    }

    /** Learning rates all but zero: Adam does its work, yet a thousand repeated steps stay the step of this stage. */
    private static Step step(ModelForm form, List<View> views, Step.SpreadPenalty penalty, boolean drawnOnly) {
        float[] rates = new float[form.rows()];
        Arrays.fill(rates, 1e-12f);
        return new Step(1, views, rates, new Step.Adam(0.9f, 0.999f, 1e-15f), penalty, drawnOnly, true);
    }

    private static Target picture(ModelForm form, int phase) {
        float[] out = new float[form.width() * form.height()];
        for (int p = 0; p < out.length; p++) {
            double wave = Math.sin(0.15 * (p % form.width()) + phase) * Math.cos(0.11 * (p / form.width()));
            out[p] = (float) (0.5 + 0.5 * wave);
        }
        return Target.of(out);
    }

    private static Target mask(ModelForm form, int phase) {
        float[] out = picture(form, phase).values();
        for (int p = 0; p < out.length; p++) {
            out[p] = out[p] > 0.7f ? 1f : 0f;
        }
        return Target.of(out);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
