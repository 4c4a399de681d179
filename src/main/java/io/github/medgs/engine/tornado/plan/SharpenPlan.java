package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.SharpenKernels.*;
import static io.github.medgs.engine.tornado.kernels.StepLayout.*;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.SharpenKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;

/** Draws a slice and corrects the intensities of its Gaussians, on a model that lies on the device all the while. */
public final class SharpenPlan implements AutoCloseable {

    private static final int HOLD = 0;
    private static final int SHARPEN = 1;

    private final Shape shape;
    private final Drawing drawing;
    private final int[] range = new int[RANGE_INTS];
    private final float[] scale = new float[1];
    private final float[] wanted;
    private final DevicePlan plan;

    /**
     * @param shape of one view
     * @param parameters the model's
     */
    public SharpenPlan(Device device, Shape shape, float[] parameters) {
        shape.requireFits(device);
        this.shape = shape;
        drawing = new Drawing(shape, parameters);
        wanted = new float[HEADS * shape.pixels()];
        scale[0] = shape.form().pixelsPerUnit();
        List<KernelTask> tasks = new ArrayList<>(drawing.tasks());
        tasks.add(new KernelTask("sharpen", Grids.elements(shape.capacity()), graph -> graph.task("sharpen",
                SharpenKernels::sharpen, new KernelContext(), drawing.ints, drawing.form, range, scale, drawing.pixels,
                wanted, parameters)));
        plan = new DevicePlan(device, drawing.hold(), new Stage("sharpen",
                graph -> DevicePlan.always(DevicePlan.once(drawing.held(graph), drawing.intermediates()), drawing.floats,
                        range, scale, wanted),
                tasks, graph -> drawing.keep(graph).persistOnDevice(drawing.totals)));
    }

    public Shape shape() {
        return shape;
    }

    /** Takes the host's model, of so many living Gaussians, up. */
    public void upload(int count) {
        drawing.live(count);
        plan.execute(HOLD);
    }

    /** Says what the rounds to come correct, and towards what. */
    public void aim(float time, int from, int to, int offset, float[] images, float[] masks) {
        drawing.want(time, images != null, masks != null);
        range[FROM] = from;
        range[TO] = to;
        range[IMAGE_ROW] = images == null ? -1 : shape.form().imageIntensityRow();
        range[MASK_ROW] = masks == null ? -1 : shape.form().maskIntensityRow();
        copy(images, offset, 0);
        copy(masks, offset, 1);
    }

    private void copy(float[] stack, int offset, int head) {
        if (stack != null) {
            System.arraycopy(stack, offset, wanted, head * shape.pixels(), shape.pixels());
        }
    }

    /** One round. When its tile entries do not fit it changes nothing, and neither does any round after it. */
    public void round(int row) {
        drawing.floats.set(LOG_ROW, row);
        plan.execute(SHARPEN);
    }

    /** How many of the first rounds fitted. */
    public int fitted(int rounds) {
        plan.download(SHARPEN, (Object) drawing.totals);
        int row = 0;
        while (row < rounds && !drawing.isOverflowed(row)) {
            row++;
        }
        return row;
    }

    /** Brings the model down. */
    public void download() {
        plan.download(SHARPEN, (Object) drawing.parameters);
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    @Override
    public void close() {
        plan.close();
    }
}
