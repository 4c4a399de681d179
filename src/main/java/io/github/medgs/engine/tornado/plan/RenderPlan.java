package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.Targets;

/** Draws one slice of a model at a time. */
public final class RenderPlan implements AutoCloseable {

    private Shape shape;
    private final Drawing drawing;
    private final DevicePlan plan;

    /**
     * @param shape of one view
     * @param parameters the model's, sent up before each execution
     */
    public RenderPlan(Device device, Shape shape, float[] parameters) {
        shape.requireFits(device);
        this.shape = shape;
        this.drawing = new Drawing(shape, parameters);
        this.plan = new DevicePlan(device, new Stage("render",
                graph -> DevicePlan.always(DevicePlan.always(DevicePlan.once(graph, drawing.intermediates()),
                        drawing.scalars()), parameters),
                drawing.tasks(),
                graph -> DevicePlan.back(graph, drawing.pixels, drawing.total)));
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
     * @param count Gaussians alive
     * @param image output, or {@code null} when that head is not wanted; {@code mask} likewise
     * @return false, with nothing drawn, when the tile entries do not fit
     */
    public boolean render(int count, float time, float[] image, float[] mask) {
        drawing.ints[COUNT] = count;
        drawing.ints[VIEWS] = 1;
        drawing.ints[FIRST_VIEW_INT + IMAGE_TARGET] = image == null ? Targets.NONE : 0;
        drawing.ints[FIRST_VIEW_INT + MASK_TARGET] = mask == null ? Targets.NONE : 0;
        drawing.floats[FIRST_VIEW_FLOAT + TIME] = time;
        plan.execute(0);
        if (drawing.isOverflowed()) {
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
