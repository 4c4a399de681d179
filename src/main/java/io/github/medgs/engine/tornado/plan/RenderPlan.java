package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.tornado.device.Device;

/** Draws one slice at a time of a model that lies on the device. */
public final class RenderPlan implements AutoCloseable {

    private static final int HOLD = 0;
    private static final int RENDER = 1;

    private Shape shape;
    private final Drawing drawing;
    private final DevicePlan plan;

    /**
     * @param shape of one view
     * @param parameters the model's, taken up by {@link #upload}
     */
    public RenderPlan(Device device, Shape shape, float[] parameters) {
        shape.requireFits(device);
        this.shape = shape;
        this.drawing = new Drawing(shape, parameters);
        this.plan = new DevicePlan(device, drawing.hold(), new Stage("render",
                graph -> DevicePlan.always(DevicePlan.once(drawing.held(graph), drawing.intermediates()), drawing.floats),
                drawing.tasks(),
                graph -> DevicePlan.back(drawing.keep(graph), drawing.pixels, drawing.totals)));
    }

    /**
     * Takes the host's model up.
     *
     * @param count Gaussians alive
     */
    public void upload(int count) {
        drawing.live(count);
        plan.execute(HOLD);
    }

    public Shape shape() {
        return shape;
    }

    /** As {@link StepPlan#adopt}. */
    public void adopt(Shape smaller) {
        shape = drawing.adopt(smaller);
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    /**
     * Draws.
     *
     * @param image output, or {@code null} when that head is not wanted; {@code mask} likewise
     * @return false, with nothing drawn, when the tile entries do not fit
     */
    public boolean render(float time, float[] image, float[] mask) {
        drawing.want(time, image != null, mask != null);
        plan.execute(RENDER);
        if (drawing.isOverflowed(0)) {
            return false;
        }
        int pixels = shape.pixels();
        if (image != null) {
            System.arraycopy(drawing.pixels, pixels, image, 0, pixels);
        }
        if (mask != null) {
            System.arraycopy(drawing.pixels, 3 * pixels, mask, 0, pixels);
        }
        return true;
    }

    @Override
    public void close() {
        plan.close();
    }
}
