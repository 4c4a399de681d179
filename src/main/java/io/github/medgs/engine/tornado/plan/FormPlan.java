package io.github.medgs.engine.tornado.plan;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.DrawForms;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/** One slice drawn by one of three forms of the same kernel; all before the drawing is the engine's own. */
public final class FormPlan implements AutoCloseable {

    private static final int HOLD = 0;
    private static final int DRAW = 1;

    private final Shape shape;
    private final Drawing drawing;
    private final DevicePlan plan;

    /**
     * @param shape of one view
     * @param parameters the model's
     */
    public FormPlan(Device device, Shape shape, float[] parameters, DrawForm form) {
        this.shape = shape;
        drawing = new Drawing(shape, parameters);
        plan = new DevicePlan(device, drawing.hold(), new Stage("form",
                graph -> DevicePlan.always(DevicePlan.once(drawing.held(graph), buffers(form)), drawing.floats),
                tasks(form), graph -> after(form, graph)));
        plan.profile(true);
    }

    private Object[] buffers(DrawForm form) {
        return form == DrawForm.NAIVE ? new Object[] {drawing.splats, drawing.boxes, drawing.firstSlot, drawing.pixels}
                : drawing.intermediates();
    }

    private TaskGraph after(DrawForm form, TaskGraph graph) {
        TaskGraph kept = DevicePlan.back(drawing.keep(graph), drawing.pixels);
        return form == DrawForm.NAIVE ? kept : DevicePlan.back(kept, drawing.totals);
    }

    private List<KernelTask> tasks(DrawForm form) {
        return switch (form) {
            case NAIVE -> List.of(drawing.fold(), new KernelTask("everySplat", Grids.heavyElements(shape.pixels()),
                    graph -> graph.task("everySplat", DrawForms::everySplat, new KernelContext(), drawing.ints,
                            drawing.form, drawing.splats, drawing.firstSlot, drawing.pixels)));
            case LISTS -> {
                List<KernelTask> all = new ArrayList<>(drawing.binning());
                all.add(new KernelTask("listed", Grids.heavyElements(shape.pixels()), graph -> graph.task("listed",
                        DrawForms::listed, new KernelContext(), drawing.ints, drawing.form, drawing.splats,
                        drawing.counters, drawing.entries, drawing.pixels)));
                yield all;
            }
            case TILE -> drawing.tasks();
        };
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    /** Takes the host's model, of so many living Gaussians, up. */
    public void upload(int count) {
        drawing.live(count);
        plan.execute(HOLD);
    }

    /** Draws, and says what each kernel took. */
    public List<KernelTime> draw(float time) {
        drawing.want(time, true, false);
        plan.execute(DRAW);
        if (drawing.isOverflowed(0)) {
            throw new IllegalStateException("more tile entries than " + shape.entries());
        }
        return plan.times(DRAW);
    }

    /** The image head as it was drawn. */
    public float[] image() {
        return java.util.Arrays.copyOfRange(drawing.pixels, shape.pixels(), 2 * shape.pixels());
    }

    @Override
    public void close() {
        plan.close();
    }
}
