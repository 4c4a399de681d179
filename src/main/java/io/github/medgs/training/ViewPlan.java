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
    private final List<SlicePredictor> masksBetween;
    private final LabelTurns turns;
    private final boolean blends;

    /**
     * @param imageBetween in-between target of the image head, or {@code null}
     * @param masksBetween of each channel of the mask head; empty for none
     * @param turns which channel a step looks at
     * @param blends whether the engine makes the image head's pictures itself, where they are blends
     */
    ViewPlan(TrainingData data, TrainingConfig config, Heads heads, TimeScale times, SlicePredictor imageBetween,
            List<SlicePredictor> masksBetween, LabelTurns turns, boolean blends) {
        this.data = data;
        this.config = config;
        this.heads = heads;
        this.times = times;
        this.imageBetween = heads.hasImage() ? imageBetween : null;
        this.masksBetween = heads.hasMask() ? masksBetween : List.of();
        this.turns = turns;
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
            views.add(sliceView(f, plain, iteration));
        }
        if (iteration >= config.between().from() && (imageBetween != null || !masksBetween.isEmpty())) {
            int pseudo = (slice > 0 ? 1 : 0) + (slice < last ? 1 : 0);
            if (slice > 0) {
                views.add(betweenView(slice - 1, before, pseudo, iteration));
            }
            if (slice < last) {
                views.add(betweenView(slice, after, pseudo, iteration));
            }
        }
        return views;
    }

    /** @param count how many such views the step has; the loss is the mean over them */
    private View sliceView(int slice, int count, int iteration) {
        TrainingConfig.Objective o = config.objective();
        float share = 1f / count;
        Target image = heads.hasImage() && !turns.settles(iteration)
                ? Target.slice(data.stack().values(), slice, data.pixels()) : null;
        Target mask = heads.hasMask() ? maskSlice(slice, turns.channel(iteration)) : null;
        return new View(times.ofSlice(slice), image, mask,
                new PixelCost(share * o.imageAbsolute(), share * o.imageSquared(), share * o.imageStructural()),
                new PixelCost(share * o.maskAbsolute(), share * o.maskSquared(), 0f), true);
    }

    // Of several channels none is the one stack that a device keeps.
    private Target maskSlice(int slice, int channel) {
        float[] mask = data.channels().get(channel);
        return data.channels().size() == 1 ? Target.slice(mask, slice, data.pixels())
                : new Target(mask, slice * data.pixels(), -1);
    }

    private View betweenView(int slice, double fraction, int count, int iteration) {
        TrainingConfig.Objective o = config.objective();
        float share = 1f / count;
        SlicePredictor ofImage = turns.settles(iteration) ? null : imageBetween;
        SlicePredictor ofMask = masksBetween.isEmpty() ? null : masksBetween.get(turns.channel(iteration));
        boolean described = blends && ofImage != null && ofImage.stack() != null;
        return new View(times.between(slice, fraction), described
                        ? Target.blend(ofImage.stack(), ofImage.describe(slice, fraction))
                        : picture(ofImage, slice, fraction), picture(ofMask, slice, fraction),
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
