package io.github.medgs.evaluation.compactness;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.evaluation.interpolation.ImageMetrics;
import io.github.medgs.evaluation.interpolation.SliceScore;
import io.github.medgs.model.CodingSteps;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.TrainedModel;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Looks for the compact form of a model that holds its own slices well enough, or is small enough. Forms differ in one
 * number, the step of the intensities; the search halves a ladder of them, so it is the same each time.
 */
public final class Compression {

    /** Steps of intensity, as shares of the window: from 1/4096 on, each the one before times the eighth root of 2. */
    private static final int RUNGS = 96;
    /** Rungs that are tried one by one where the coarsest is too large. */
    private static final int COARSE = 16;
    private static final double FINEST = 1.0 / 4096;
    /** What each label's Dice on its own slices must not fall below, where the model itself has more. */
    private static final double LEAST_DICE = 0.99;

    private final Engine engine;
    private final TrainedModel model;
    private final float[][] truth;
    private final boolean[] counted;
    private final boolean againstAcquired;

    /** A compact form, and how well it holds the slices; decibels are NaN where they were not measured. */
    public record Found(CompactModel compact, double step, double ownPsnr) {}

    /** @param engine draws; not closed */
    public Compression(Engine engine, TrainedModel model) {
        this(engine, model, model.acquired() != null && model.image() ? acquired(model) : null);
    }

    /** @param slices what the image's slices are, each in shares of the window, or {@code null} where that is not known */
    Compression(Engine engine, TrainedModel model, float[][] slices) {
        this.engine = engine;
        this.model = model;
        this.againstAcquired = slices != null;
        this.truth = againstAcquired ? slices : drawn(model);
        this.counted = SliceScore.counted(truth.length, slice -> truth[slice]);
    }

    /** Whether decibels are measured against the acquired slices, or else against the model's own drawing of them. */
    public boolean againstAcquired() {
        return againstAcquired;
    }

    private static float[][] acquired(TrainedModel model) {
        float[][] slices = new float[model.acquired().count()][];
        for (int slice = 0; slice < slices.length; slice++) {
            slices[slice] = model.acquired().intensities(slice);
            for (int p = 0; p < slices[slice].length; p++) {
                slices[slice][p] = model.window().toUnit(slices[slice][p]);
            }
        }
        return slices;
    }

    // The image; of a model without one its mask, of labels channel after channel.
    private float[][] drawn(TrainedModel some) {
        TrainedModel own = some.image() ? some : some.widened().narrowed();
        int heads = !some.image() && some.labelled() ? some.heads().channels() : 1;
        int slices = some.geometry().positions().length;
        float[][] all = new float[heads * slices][some.geometry().height() * some.geometry().width()];
        for (int n = 0; n < all.length; n += slices) {
            if (heads > 1) {
                own.heads().stand(n / slices, own.gaussians().parameters());
            }
            drawSlices(own, all, n);
        }
        return all;
    }

    private void drawSlices(TrainedModel some, float[][] all, int first) {
        try (ModelRenderer renderer = engine.renderer(some.gaussians())) {
            for (int slice = 0; slice < some.geometry().positions().length; slice++) {
                float[] pixels = all[first + slice];
                renderer.render(some.timeScale().ofSlice(slice), some.image() ? pixels : null, some.image() ? null : pixels);
                for (int p = 0; p < pixels.length; p++) {
                    pixels[p] = Math.clamp(pixels[p], 0f, 1f);
                }
            }
        }
    }

    /** Decibels of a model's own slices for a peak of 1, the mean over slices that are not one single value. */
    public double ownPsnr(TrainedModel some) {
        float[][] drawn = drawn(some);
        double sum = 0;
        int slices = 0;
        for (int slice = 0; slice < drawn.length; slice++) {
            if (counted[slice]) {
                slices++;
                sum += Math.min(SliceScore.HIGHEST_PSNR, ImageMetrics.psnr(drawn[slice], truth[slice]));
            }
        }
        return sum / slices;
    }

    /** The form of a certain step: near what the model draws. */
    public Found atStep(double step) {
        return new Tried(step, null).found();
    }

    /** The same with intensities settled by the acquired slices, where they are known: as {@link #ofQuality} looks for. */
    Found settledAtStep(double step) {
        return settled(step).found();
    }

    private Tried settled(double step) {
        return new Tried(step, againstAcquired ? truth : null);
    }

    /** A compact form, drawn only when somebody asks how well it holds the slices. */
    private final class Tried {

        private final CompactModel compact;
        private final double step;
        private Double ownPsnr;

        Tried(double step, float[][] wanted) {
            this.compact = CompactModel.of(model, CodingSteps.of(step), wanted);
            this.step = step;
        }

        double ownPsnr() {
            ownPsnr = ownPsnr == null ? Compression.this.ownPsnr(compact.model()) : ownPsnr;
            return ownPsnr;
        }

        Found found() {
            return new Found(compact, step, ownPsnr());
        }
    }

    /**
     * The coarsest form that holds the slices at so many decibels, and of a model of labels each of these at a Dice of
     * {@value #LEAST_DICE}, if the model does so itself; or the finest there is where none does. Its intensities
     * are settled by the acquired slices where they are known, so it may hold them better than the model does.
     *
     * @param progress told the share of the search that is done
     */
    public Found ofQuality(double decibels, DoubleConsumer progress) {
        return search(tried -> tried.ownPsnr() >= decibels && holdsLabels(tried.compact.model()), progress).found();
    }

    private boolean holdsLabels(TrainedModel some) {
        double[] dice = some.labelled() ? new LabelRenderer(engine, some).ownDice() : new double[0];
        double[] least = dice.length == 0 || Arrays.stream(dice).min().getAsDouble() >= LEAST_DICE ? dice
                : new LabelRenderer(engine, model).ownDice();
        return IntStream.range(0, dice.length).allMatch(label -> dice[label] >= Math.min(LEAST_DICE, least[label]));
    }

    /**
     * The finest form whose file is no larger than this, or the smallest there is where none is. Its intensities are settled as
     * those of {@link #ofQuality}.
     */
    public Found ofSize(long bytes, DoubleConsumer progress) {
        Tried tooFine = search(tried -> tried.compact.bytes() > bytes, progress);
        if (tooFine.compact.bytes() <= bytes) {
            return tooFine.found();
        }
        return tooFine.step < step(RUNGS - 1) ? settledAtStep(tooFine.step * step(1) / step(0)) : coarse(bytes);
    }

    /** Sizes do not fall steadily with the step, those of labels least: of the coarse forms the finest that fits, or the smallest. */
    private Found coarse(long bytes) {
        Tried best = null;
        for (int rung = RUNGS - 1; rung >= RUNGS - COARSE; rung--) {
            Tried tried = settled(step(rung));
            if (best == null || tried.compact.bytes() <= bytes
                    || best.compact.bytes() > bytes && tried.compact.bytes() < best.compact.bytes()) {
                best = tried;
            }
        }
        return best.found();
    }

    /** The coarsest rung that is fine enough, all finer ones being so too; the finest where none is. */
    private Tried search(Predicate<Tried> fineEnough, DoubleConsumer progress) {
        int fine = 0;
        int coarse = RUNGS;
        Tried best = null;
        while (coarse - fine > 1) {
            int rung = (fine + coarse) >>> 1;
            Tried tried = settled(step(rung));
            if (fineEnough.test(tried)) {
                fine = rung;
                best = tried;
            } else {
                coarse = rung;
            }
            progress.accept(1 - Math.log(coarse - fine) / Math.log(RUNGS));
        }
        return best == null ? settled(step(0)) : best;
    }

    private static double step(int rung) {
        return FINEST * Math.pow(2, rung / 8.0);
    }
}
