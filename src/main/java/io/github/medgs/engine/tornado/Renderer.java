package io.github.medgs.engine.tornado;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.RenderPlan;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.model.FoldedGaussians;

/** Draws slices of one model, with a plan that is kept from slice to slice. */
final class Renderer implements AutoCloseable {

    private final Device device;
    private final FoldedGaussians gaussians;
    private RenderPlan plan;

    Renderer(Device device, FoldedGaussians gaussians) {
        this.device = device;
        this.gaussians = gaussians;
    }

    boolean draws(FoldedGaussians other) {
        return gaussians == other;
    }

    void render(float time, float[] image, float[] mask) {
        if (plan == null) {
            build(EntryEstimate.of(gaussians, time));
        }
        while (!plan.render(gaussians.count(), time, image, mask)) {
            build(Math.multiplyExact(2, plan.shape().entries()));
        }
    }

    private void build(int entries) {
        close();
        plan = new RenderPlan(device, new Shape(gaussians.form(), gaussians.capacity(), 1, entries),
                gaussians.parameters().values());
    }

    @Override
    public void close() {
        if (plan != null) {
            plan.close();
            plan = null;
        }
    }
}
