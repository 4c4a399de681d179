package io.github.medgs.training;

import io.github.medgs.engine.Target;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.engine.View;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.model.TimeScale;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step looks at: a random slice, its neighbours if wanted, and a view between it and each neighbour, each at its
 * true time.
 *
 * <p>Departures from the published system: no mirrored twin of every camera (it gives the same gradient); in-between
 * regularisation follows from the iteration number, so that it is on after a resume, and renders at the time at which
 * its target is blended, also where slices were left out.
 */
final class ViewPlan {

    private final TrainingData data;
    private final TrainingConfig config;
    private final Heads heads;
    private final TimeScale times;
    private final SlicePredictor imageBetween;
    private final SlicePredictor maskBetween;
    private final boolean blends;

    /**
     * @param imageBetween in-between target of the image head, or {@code null}; {@code maskBetween} likewise
     * @param blends whether the engine makes the image head's pictures itself, where they are blends
     */
    ViewPlan(TrainingData data, TrainingConfig config, Heads heads, TimeScale times, SlicePredictor imageBetween,
            SlicePredictor maskBetween, boolean blends) {
        this.data = data;
        this.config = config;
        this.heads = heads;
        this.times = times;
        this.imageBetween = heads.hasImage() ? imageBetween : null;
        this.maskBetween = heads.hasMask() ? maskBetween : null;
        this.blends = blends;
    }

    /** The views of a step; a function of the seed and the iteration alone. */
    List<View> views(int iteration) {
        StepRandom random = new StepRandom(config.seed(), StepRandom.Use.VIEWS, iteration);
        int last = data.stack().count() - 1;
        int slice = random.below(last + 1);
        // Drawn in any case, so that switching in-between views on does not change which slices follow.
        double before = random.uniform(config.between().lowest(), config.between().highest());
        double after = random.uniform(config.between().lowest(), config.between().highest());

        List<View> views = new ArrayList<>();
        int first = config.views().neighbours() ? Math.max(0, slice - 1) : slice;
        int end = config.views().neighbours() ? Math.min(last, slice + 1) : slice;
        int plain = end - first + 1;
        for (int f = first; f <= end; f++) {
            views.add(sliceView(f, plain));
        }
        if (iteration >= config.between().from() && (imageBetween != null || maskBetween != null)) {
            int pseudo = (slice > 0 ? 1 : 0) + (slice < last ? 1 : 0);
            if (slice > 0) {
                views.add(betweenView(slice - 1, before, pseudo));
            }
            if (slice < last) {
                views.add(betweenView(slice, after, pseudo));
            }
        }
        return views;
    }

    /** @param count how many such views the step has; the loss is the mean over them */
    private View sliceView(int slice, int count) {
        TrainingConfig.Objective o = config.objective();
        float share = 1f / count;
        Target image = heads.hasImage() ? Target.slice(data.stack().values(), slice, data.pixels()) : null;
        Target mask = heads.hasMask() ? Target.slice(data.mask(), slice, data.pixels()) : null;
        return new View(times.ofSlice(slice), image, mask,
                new PixelCost(share * o.imageAbsolute(), share * o.imageSquared(), share * o.imageStructural()),
                new PixelCost(share * o.maskAbsolute(), share * o.maskSquared(), 0f), true);
    }

    private View betweenView(int slice, double fraction, int count) {
        TrainingConfig.Objective o = config.objective();
        float share = 1f / count;
        boolean described = blends && imageBetween != null && imageBetween.stack() != null;
        return new View(times.between(slice, fraction), described
                        ? Target.blend(imageBetween.stack(), imageBetween.describe(slice, fraction))
                        : picture(imageBetween, slice, fraction), picture(maskBetween, slice, fraction),
                new PixelCost(share * o.betweenAbsolute(), share * o.betweenSquared(), 0f),
                new PixelCost(share * o.maskBetweenAbsolute(), share * o.maskBetweenSquared(), 0f), false);
    }

    private Target picture(SlicePredictor pictures, int slice, double fraction) {
        if (pictures == null) {
            return null;
        }
        float[] out = new float[data.pixels()];
        pictures.predict(slice, fraction, out);
        return Target.of(out);
    }
}
