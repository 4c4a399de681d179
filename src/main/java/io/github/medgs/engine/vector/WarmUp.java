package io.github.medgs.engine.vector;

import static io.github.medgs.engine.vector.ViewBuffers.CHUNK;
import static io.github.medgs.kernel.Layout.LOG_SCALE_X;
import static io.github.medgs.kernel.Layout.LOG_SCALE_Z;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Small steps, before the first large one, until the compiler has made machine instructions of a step.
 *
 * <p>Until then every vector is an object, and a step takes tens of times as long. The compiler counts calls, not the
 * work in them: a small step brings it as far as a large one, and while it compiles this thread sleeps, where a large
 * step would burn the processor that the compiler needs. Fewer loops are compiled twice, too: those that grow long before
 * their method is compiled are compiled on their own, as they run.
 *
 * <p>A small step is a sample of the model on a small slice, its splats as large in pixels as the model's: the compiler
 * also learns which branches are taken. No result depends on any of it.
 */
final class WarmUp {

    /** Models of fewer Gaussians are through before this would have paid. */
    private static final int FEWEST = 20_000;

    private static final int GAUSSIANS = 16 * CHUNK;
    /** Neighbours in the model stay neighbours in the sample: of one slice, drawn together or not at all. */
    private static final int STRETCH = 8;

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final long SLEEP_MILLISECONDS = 5;
    private static final long LONGEST_NANOSECONDS = 8_000_000_000L;
    /** It is over when this many steps have brought no tenth, and the compiler nothing. */
    private static final int SETTLED = 10;

    /** What was warmed up in this virtual machine. */
    private static final Set<Object> DONE = ConcurrentHashMap.newKeySet();

    private WarmUp() {}

    /** What decides which code a step runs. */
    private record Kind(ModelForm smallForm, List<Boolean> has) {}

    /** Warms up for steps like this one, once in a virtual machine for each kind. */
    static void run(FoldedGaussians gaussians, Step step, Workers workers) {
        if (gaussians.count() < FEWEST) {
            return;
        }
        ModelForm form = gaussians.form();
        ModelForm small = new ModelForm(Math.min(WIDTH, form.width()), Math.min(HEIGHT, form.height()),
                form.motionDegree(), form.intensityDegree(), form.compositing(), form.window(), form.headOpacity(),
                form.timeAxis());
        List<Boolean> has = List.of(step.views().stream().anyMatch(view -> view.image() != null),
                step.views().stream().anyMatch(view -> view.mask() != null),
                step.views().stream().anyMatch(view -> view.imageCost().structural() > 0),
                step.spreadPenalty().weight() != 0f);
        if (DONE.add(new Kind(small, has))) {
            untilSettled(sample(gaussians, small), step, workers);
        }
    }

    private static void untilSettled(FoldedGaussians sample, Step step, Workers workers) {
        AdamMoments moments = new AdamMoments(sample.form().rows(), sample.capacity());
        List<View> views = step.views().stream().map(view -> new View(view.time(), small(view.image()),
                small(view.mask()), view.imageCost(), view.maskCost(), view.counted())).toList();
        long end = System.nanoTime() + LONGEST_NANOSECONDS;
        try (VectorSession session = new VectorSession(sample, moments, workers)) {
            double best = Double.POSITIVE_INFINITY;
            long compiled = 0;
            int sinceBest = 0;
            for (int i = 1; System.nanoTime() < end && sinceBest < SETTLED; i++) {
                long began = processorTime();
                session.run(new Step(i, views, step.rates(), step.adam(), step.spreadPenalty(), step.drawnOnly(),
                        step.statistics()), null);
                double took = processorTime() - began;
                sinceBest++;
                if (took < 0.9 * best) {
                    best = took;
                    sinceBest = 0;
                }
                if (compilerTime() > compiled) {
                    compiled = compilerTime();
                    sinceBest = 0;
                }
                Thread.sleep(SLEEP_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gaussians from all over the model, on a smaller slice, as large in pixels as they were. */
    private static FoldedGaussians sample(FoldedGaussians gaussians, ModelForm form) {
        FoldedGaussians sample = new FoldedGaussians(form, GAUSSIANS);
        sample.setCount(GAUSSIANS);
        float grow = (float) Math.log(gaussians.form().pixelsPerUnit() / form.pixelsPerUnit());
        for (int row = 0; row < form.rows(); row++) {
            float add = row == LOG_SCALE_X || row == LOG_SCALE_Z ? grow : 0f;
            for (int g = 0; g < GAUSSIANS; g++) {
                int stretch = g / STRETCH * STRETCH;
                int from = (int) ((long) stretch * gaussians.count() / GAUSSIANS);
                sample.set(row, g, gaussians.get(row, from + g - stretch) + add);
            }
        }
        return sample;
    }

    /** The first pixels: any values do, and a smaller slice reads no further. */
    private static Target small(Target target) {
        return target == null ? null : new Target(target.values(), target.offset(), -1);
    }

    /** How long the compiler has worked in all, in milliseconds; 0 where the virtual machine does not say. */
    private static long compilerTime() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported() ? compiler.getTotalCompilationTime() : 0;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
