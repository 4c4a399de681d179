package io.github.medgs.training;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TimeScale;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.SliceStack;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long the parts of a training will take, from a few slices of the middle of the stack: what is worked out slice by
 * slice is done for those and scaled; steps are timed among as many Gaussians as there will be, those of the few slices
 * standing on every slice. Nothing of it is kept.
 *
 * @param between seconds until the pictures between all slices are known
 * @param start seconds until all Gaussians stand and are sharpened
 * @param step seconds of one step
 * @param picture seconds to draw one slice; 0 where nobody asked
 * @param gaussians how many there are at the start
 * @param slices how many slices it was tried on
 * @param inBetween what lies between those
 */
public record Rehearsal(double between, double start, double step, double picture, int gaussians, int slices,
        InBetween inBetween) {

    private static final int FEWEST_SLICES = 3;
    private static final int MOST_SLICES = 6;
    private static final long PIXELS = 3L << 19;
    private static final double WARM_UP_SECONDS = 2;
    private static final double TIMED_SECONDS = 4;
    private static final int FEWEST_STEPS = 3;
    /** So many tell as much as more would: on a graphics processor they are over in a moment. */
    private static final int ENOUGH_STEPS = 200;
    private static final int PICTURES = 3;

    /**
     * Rehearses; takes some seconds.
     *
     * @param draws whether slices will be drawn after
     */
    public static Rehearsal of(Engine engine, TrainingConfig config, TrainingData whole, Heads heads, boolean draws,
            int threads) {
        // Labels take turns, one at a step: all of them together are a mask as large as the largest.
        TrainingData data = new TrainingData(whole.stack(), whole.mask());
        int all = data.stack().count();
        int few = (int) Math.min(all, Math.clamp(PIXELS / data.pixels(), FEWEST_SLICES, MOST_SLICES));
        TrainingData part = part(data, (all - few) / 2, few);
        TrainingConfig like = like(config, data);
        // Once for nothing: Java compiles what it runs often, and the whole run is long.
        start(engine, like, part(data, (all - few) / 2, Math.min(few, FEWEST_SLICES)), heads, threads, null);
        long began = System.nanoTime();
        InBetween inBetween = InBetween.of(like, part, heads, threads);
        double between = since(began) * rounds(all - 1, threads) / rounds(few - 1, threads);

        began = System.nanoTime();
        FoldedGaussians placed = start(engine, like, part, heads, threads, inBetween);
        double start = since(began);
        boolean anchored = config.start().kind() == TrainingConfig.StartKind.SLICES;
        FoldedGaussians gaussians = anchored ? everywhere(placed, all) : placed;
        TrainedModel model = new TrainedModel(gaussians, data.stack().geometry(), data.stack().window(),
                heads.hasImage(), heads.hasMask());
        double picture = anchored || draws ? picture(engine, gaussians, model.timeScale().ofSlice(all / 2)) : 0;
        if (anchored) {
            start = start * all / few
                    + Math.max(0, picture - picture(engine, placed, 0)) * all * config.start().sharpening();
        }
        ViewPlan plan = new ViewPlan(data, config, heads, model.timeScale(), repeated(inBetween.image(), few),
                inBetween.masks().stream().map(mask -> repeated(mask, few)).toList(),
                new LabelTurns(1, config.iterations()), false);
        double step = step(engine, config, heads, model, plan, threads);
        return new Rehearsal(between, start, step, picture, anchored ? gaussians.count() : config.start().gaussians(), few,
                inBetween);
    }

    /** @param known what lies between the slices; {@code null}: it is worked out */
    private static FoldedGaussians start(Engine engine, TrainingConfig config, TrainingData data, Heads heads, int threads,
            InBetween known) {
        InBetween inBetween = known != null ? known : InBetween.of(config, data, heads, threads);
        return new Trainer(engine, config, data, heads, inBetween, threads, new TrainingListener() { }).start().model()
                .gaussians();
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** So many pieces of work take so many turns when every thread takes one at a time. */
    private static double rounds(int pieces, int threads) {
        return Math.max(1, Math.ceilDiv(pieces, threads));
    }

    private static TrainingData part(TrainingData data, int first, int few) {
        SliceStack stack = data.stack().keep(IntStream.range(first, first + few).toArray());
        float[] mask = data.mask() == null ? null
                : Arrays.copyOfRange(data.mask(), first * data.pixels(), (first + few) * data.pixels());
        return new TrainingData(stack, mask);
    }

    /**
     * With as many Gaussians on a slice as the whole stack will have: the cap is one on all slices together. Where more are
     * added as they learn, they are soon as many as may be.
     */
    private static TrainingConfig like(TrainingConfig config, TrainingData data) {
        double pixelsPerGaussian = Math.max(config.start().pixelsPerGaussian(),
                (double) data.stack().values().length / config.density().most());
        return Configs.with(config, List.of(String.format(Locale.ROOT, "start.pixelsPerGaussian=%.6f", pixelsPerGaussian),
                "start.gaussians=" + (config.start().kind() == TrainingConfig.StartKind.RANDOM
                        ? Trainer.capacity(config, data) : config.start().gaussians())));
    }

    /** The Gaussians of a few slices over and over, on as many slices as wanted. */
    private static FoldedGaussians everywhere(FoldedGaussians placed, int slices) {
        int[] ends = ends(placed);
        int most = 0;
        for (int slice = 0; slice < slices; slice++) {
            most += ends[slice % (ends.length - 1) + 1] - ends[slice % (ends.length - 1)];
        }
        FoldedGaussians all = new FoldedGaussians(placed.form(), most);
        ParameterTable from = placed.parameters();
        ParameterTable to = all.parameters();
        int at = 0;
        for (int slice = 0; slice < slices; slice++) {
            int first = ends[slice % (ends.length - 1)];
            int count = ends[slice % (ends.length - 1) + 1] - first;
            for (int row = 0; row < to.rows(); row++) {
                System.arraycopy(from.values(), row * from.capacity() + first, to.values(), row * to.capacity() + at, count);
            }
            int time = Layout.TIME * to.capacity() + at;
            Arrays.fill(to.values(), time, time + count, slice);
            at += count;
        }
        all.setCount(at);
        return all;
    }

    /** Where the Gaussians of each slice end, which stand in order; the first slice begins at the first of these. */
    private static int[] ends(FoldedGaussians placed) {
        return IntStream.rangeClosed(0, placed.count()).filter(g -> g == 0 || g == placed.count()
                || placed.get(Layout.TIME, g) != placed.get(Layout.TIME, g - 1)).toArray();
    }

    /** Pictures of a few slices as those of all. */
    private static SlicePredictor repeated(SlicePredictor few, int slices) {
        return few == null ? null : (slice, fraction, out) -> few.predict(slice % Math.max(1, slices - 1), fraction, out);
    }

    private static double picture(Engine engine, FoldedGaussians gaussians, float time) {
        float[] image = new float[gaussians.form().width() * gaussians.form().height()];
        float[] mask = new float[image.length];
        double least = Double.POSITIVE_INFINITY;
        try (ModelRenderer renderer = engine.renderer(gaussians)) {
            for (int n = 0; n < PICTURES; n++) {
                long began = System.nanoTime();
                renderer.render(time, image, mask);
                least = Math.min(least, since(began));
            }
        }
        return least;
    }

    private static double step(Engine engine, TrainingConfig config, Heads heads, TrainedModel model, ViewPlan plan,
            int threads) {
        TimeScale times = model.timeScale();
        FoldedGaussians gaussians = model.gaussians();
        Schedule schedule = new Schedule(config, gaussians.form(), heads, times.meanSpacing());
        Step.Adam adam = Schedule.adam(config, 1);
        try (TrainingSession session = engine.train(gaussians,
                new AdamMoments(gaussians.form().rows(), gaussians.capacity()));
                ViewsAhead views = new ViewsAhead(plan, 1, config.iterations(), threads)) {
            int iteration = 0;
            int warm = 0;
            long began = System.nanoTime();
            double limit = WARM_UP_SECONDS;
            while (iteration < config.iterations() && iteration - warm < ENOUGH_STEPS
                    && (since(began) < limit || iteration - warm < FEWEST_STEPS)) {
                iteration++;
                session.submit(new Step(iteration, views.next(), schedule.rates(iteration), adam,
                        schedule.spreadPenalty(iteration), config.adam().drawnOnly(), false), losses -> { });
                boolean isWarm = since(began) >= WARM_UP_SECONDS && iteration >= FEWEST_STEPS
                        || iteration == ENOUGH_STEPS / 2;
                // The last steps are timed, warm or not.
                if (warm == 0 && isWarm && iteration + FEWEST_STEPS <= config.iterations()) {
                    session.await();
                    warm = iteration;
                    began = System.nanoTime();
                    limit = TIMED_SECONDS;
                }
            }
            session.await();
            return since(began) / (iteration - warm);
        }
    }
}
