package io.github.medgs.benchmark;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.tornado.TornadoSession;
import io.github.medgs.engine.tornado.plan.StepTimes;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An engine whose training is watched: the steps after the first ones are timed together, as a run has them, and then a
 * few more are looked into one by one.
 */
final class MeasuredEngine implements Engine {

    private final Engine engine;
    private final Span span;
    private Watching watching;

    /**
     * How many steps are skipped, then timed together, then looked into.
     *
     * @param profiled none on an engine without a profiler
     */
    record Span(int skipped, int timed, int profiled) {
        int steps() {
            return skipped + timed + profiled;
        }
    }

    MeasuredEngine(Engine engine, Span span) {
        this.engine = engine;
        this.span = span;
    }

    /** Whether all that was to be measured has been. */
    boolean isDone() {
        return watching != null && watching.steps >= span.steps();
    }

    /** Seconds of one step, the host's work on it included. */
    double secondsPerStep() {
        return watching.seconds / Math.max(1, watching.timedSteps);
    }

    int timedSteps() {
        return watching.timedSteps;
    }

    /** Of the steps that were looked into. */
    List<StepTimes> times() {
        return watching.times;
    }

    /** What the last of those had to do, and how its kernels were launched; {@code null} and none without a profiler. */
    Load load() {
        return watching.load;
    }

    Map<String, String> launches() {
        return watching.launches;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public TrainingSession train(FoldedGaussians gaussians, AdamMoments moments) {
        watching = new Watching(engine.train(gaussians, moments), gaussians);
        return watching;
    }

    @Override
    public long trainingHeap(SessionSize size) {
        return engine.trainingHeap(size);
    }

    @Override
    public void render(FoldedGaussians gaussians, float time, float[] image, float[] mask) {
        engine.render(gaussians, time, image, mask);
    }

    @Override
    public boolean blendsPictures() {
        return engine.blendsPictures();
    }

    @Override
    public ModelRenderer renderer(FoldedGaussians gaussians) {
        return engine.renderer(gaussians);
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Watching implements TrainingSession {

        private final TrainingSession session;
        private final FoldedGaussians gaussians;
        private final List<StepTimes> times = new ArrayList<>();
        private Map<String, String> launches = new LinkedHashMap<>();
        private Load load;
        private int steps;
        private int timedSteps;
        private long began;
        private double seconds;

        private Watching(TrainingSession session, FoldedGaussians gaussians) {
            this.session = session;
            this.gaussians = gaussians;
        }

        @Override
        public void submit(Step step, Consumer<StepLosses> losses) {
            if (steps == span.skipped) {
                session.await();
                began = System.nanoTime();
            }
            session.submit(step, losses);
            steps++;
            if (steps > span.skipped && steps <= span.skipped + span.timed) {
                timedSteps++;
                if (steps == span.skipped + span.timed) {
                    session.await();
                }
                seconds = (System.nanoTime() - began) / 1e9;
            }
            if (session instanceof TornadoSession device && steps >= span.skipped + span.timed) {
                look(device, step);
            }
        }

        private void look(TornadoSession device, Step step) {
            device.await();
            if (steps == span.skipped + span.timed) {
                launches = device.launches();
                device.profile();
                return;
            }
            StepTimes latest = device.times();
            times.add(latest);
            if (isDone()) {
                device.download();
                load = Load.of(gaussians, step, device.shape(), latest.entries());
            }
        }

        @Override
        public StepLosses step(Step step) {
            StepLosses[] result = new StepLosses[1];
            submit(step, losses -> result[0] = losses);
            await();
            return result[0];
        }

        @Override
        public void await() {
            session.await();
        }

        @Override
        public StepLosses gradient(Step step, ParameterTable gradient) {
            return session.gradient(step, gradient);
        }

        @Override
        public DensityStatistics statistics() {
            return session.statistics();
        }

        @Override
        public void restoreStatistics(DensityStatistics saved) {
            session.restoreStatistics(saved);
        }

        @Override
        public void clearStatistics() {
            session.clearStatistics();
        }

        @Override
        public void download() {
            session.download();
        }

        @Override
        public void upload() {
            session.upload();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
