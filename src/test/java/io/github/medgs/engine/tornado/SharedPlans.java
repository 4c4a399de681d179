package io.github.medgs.engine.tornado;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.RenderPlan;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.engine.tornado.plan.TargetStacks;
import io.github.medgs.engine.tornado.plan.TrainingState;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;

/**
 * The device engine's plans, built once and adopted by model after model: compiling the kernels takes seconds, running
 * them on a small scene none, and there are many scenes. One session at a time.
 */
final class SharedPlans implements Engine {

    // More than any scene needs: 15 + 4 rows more than most, 6000 Gaussians, 6300 pixels.
    private static final ModelForm LARGEST = new ModelForm(160, 160, 7, 3, Compositing.ALPHA, TemporalWindow.SCALES,
            HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
    private static final int VIEWS = 4;
    private static final int ENTRIES = 400_000;
    private static final int CAPACITY = 6000;

    private final TrainingState state;
    private final float[] gradients;
    private final StepPlan looking;
    private final StepPlan moving;
    private final RenderPlan drawing;

    SharedPlans(Device device) {
        int values = LARGEST.rows() * CAPACITY;
        state = new TrainingState(new float[values], new float[values], new float[values], new float[CAPACITY],
                new float[CAPACITY], new int[CAPACITY]);
        gradients = new float[values];
        Shape shape = new Shape(LARGEST, CAPACITY, VIEWS, ENTRIES);
        // No stacks: every target travels as a picture.
        TargetStacks stacks = new TargetStacks(new float[1], new float[1], 2 * VIEWS, null, 0, true, true);
        looking = new StepPlan(device, shape, stacks, state, false, gradients);
        moving = new StepPlan(device, shape, stacks, state, DevicePlan.canRecord(device), null);
        drawing = new RenderPlan(device, new Shape(LARGEST, CAPACITY, 1, ENTRIES), state.parameters());
    }

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public String description() {
        return "shared plans";
    }

    private void take(FoldedGaussians gaussians) {
        System.arraycopy(gaussians.parameters().values(), 0, state.parameters(), 0,
                gaussians.parameters().values().length);
    }

    @Override
    public void render(FoldedGaussians gaussians, float time, float[] image, float[] mask) {
        take(gaussians);
        drawing.adopt(new Shape(gaussians.form(), gaussians.capacity(), 1, ENTRIES));
        drawing.upload(gaussians.count());
        if (!drawing.render(time, image, mask)) {
            throw new IllegalStateException("more tile entries than " + ENTRIES);
        }
    }

    @Override
    public long trainingHeap(SessionSize size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TrainingSession train(FoldedGaussians gaussians, AdamMoments moments) {
        return new Session(gaussians, moments);
    }

    @Override
    public void close() {
        looking.close();
        moving.close();
        drawing.close();
    }

    private final class Session implements TrainingSession {

        private final FoldedGaussians gaussians;
        private final AdamMoments moments;
        private final DensityStatistics statistics;

        private Session(FoldedGaussians gaussians, AdamMoments moments) {
            this.gaussians = gaussians;
            this.moments = moments;
            this.statistics = new DensityStatistics(gaussians.capacity());
        }

        private StepLosses execute(StepPlan plan, Step step) {
            take(gaussians);
            java.util.Arrays.fill(state.first(), 0f);
            java.util.Arrays.fill(state.second(), 0f);
            java.util.Arrays.fill(state.meanGradient(), 0f);
            java.util.Arrays.fill(state.timeGradient(), 0f);
            java.util.Arrays.fill(state.visible(), 0);
            plan.adopt(new Shape(gaussians.form(), gaussians.capacity(), VIEWS, ENTRIES));
            plan.upload(gaussians.count());
            plan.execute(step, 0);
            plan.downloadLog();
            if (plan.isOverflowed(0)) {
                throw new IllegalStateException("more tile entries than " + ENTRIES);
            }
            return plan.losses(step, 0);
        }

        @Override
        public StepLosses step(Step step) {
            StepLosses losses = execute(moving, step);
            moving.downloadModel();
            moving.downloadStatistics();
            copy(state.parameters(), gaussians.parameters());
            copy(state.first(), moments.first());
            copy(state.second(), moments.second());
            System.arraycopy(state.meanGradient(), 0, statistics.meanGradient(), 0, gaussians.capacity());
            System.arraycopy(state.timeGradient(), 0, statistics.timeGradient(), 0, gaussians.capacity());
            System.arraycopy(state.visible(), 0, statistics.visible(), 0, gaussians.capacity());
            return losses;
        }

        @Override
        public StepLosses gradient(Step step, ParameterTable gradient) {
            StepLosses losses = execute(looking, step);
            for (int row = 0; row < gradient.rows(); row++) {
                System.arraycopy(gradients, row * gradient.capacity(), gradient.values(), row * gradient.capacity(),
                        gaussians.count());
            }
            return losses;
        }

        private static void copy(float[] from, ParameterTable to) {
            System.arraycopy(from, 0, to.values(), 0, to.values().length);
        }

        @Override
        public DensityStatistics statistics() {
            return statistics;
        }

        @Override
        public void restoreStatistics(DensityStatistics saved) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clearStatistics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void download() {}

        @Override
        public void upload() {}

        @Override
        public void close() {}
    }
}
