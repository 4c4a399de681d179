package io.github.medgs.engine.tornado.plan;

import static io.github.medgs.engine.tornado.kernels.StepLayout.*;
import static io.github.medgs.kernel.Layout.GRADIENT_STRIDE;
import static io.github.medgs.kernel.Layout.SPLAT_STRIDE;

import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.kernels.BackwardKernels;
import io.github.medgs.engine.tornado.kernels.BetweenKernels;
import io.github.medgs.engine.tornado.kernels.LossKernels;
import io.github.medgs.engine.tornado.kernels.SimilarityKernels;
import io.github.medgs.engine.tornado.kernels.SpreadKernels;
import io.github.medgs.engine.tornado.kernels.StateKernels;
import io.github.medgs.engine.tornado.kernels.UpdateKernels;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.kernel.Ssim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A training step on the device: one graph that takes the model up, one that carries out a step on it.
 *
 * <p>Per step the scalars go up (and pictures that the device does not hold). Nothing comes down: the sums of the losses
 * gather in a log on the device, and like the parameters, the moments and the statistics they stay until they are asked
 * for.
 */
public final class StepPlan implements AutoCloseable {

    private static final Set<String> OF_SIMILARITY = Set.of("moments", "slopes", "spreadRows", "spreadColumns");
    private static final Set<String> OF_BOUNDS = Set.of("violations", "sumViolations");

    private static final int ACCEPT = 0;
    private static final int STEP = 1;

    private final Shape shape;
    private Shape current;
    private final TargetStacks stacks;
    private final TrainingState state;
    private final boolean recorded;
    private final Drawing drawing;
    private final StepScalars scalars;
    private final WorkerGrid violations;
    private final WorkerGrid update;
    private final DevicePlan plan;

    private final float[] window = Ssim.window();
    private final float[] images;
    private final float[] masks;
    private final FloatArray pictures;
    private final float[] columns;
    private final float[] rowsOfMotion;
    private final float[] bends;
    private final float[] corrections;
    private final float[] pixelGradients;
    private final float[] partials;
    private final float[] moments;
    private final float[] slopes;
    private final float[] rows;
    private final float[] records;
    private final float[] spreadPartials;
    private final float[] spreadSums = new float[SPREAD_SUMS];
    private final float[] log;

    /**
     * @param recorded whether a step is recorded when it is first executed, and replayed by one call after; it then has
     *     no times of its kernels, and needs a device that {@linkplain DevicePlan#canRecord can}
     * @param gradients where the gradient is left for looking at, rows x capacity; {@code null} to move by Adam
     */
    public StepPlan(Device device, Shape shape, TargetStacks stacks, TrainingState state, boolean recorded,
            float[] gradients) {
        shape.requireFits(device);
        this.shape = shape;
        this.current = shape;
        this.stacks = stacks;
        this.state = state;
        this.recorded = recorded;
        int surfaces = HEADS * shape.views();
        violations = Grids.elements(shape.capacity());
        update = Grids.heavyElements(shape.capacity());
        drawing = new Drawing(shape, state.parameters());
        // Copies: a buffer that goes up once must be this plan's own, or what an earlier plan left may stand in for it.
        images = stacks.images().clone();
        masks = stacks.masks().clone();
        pictures = new FloatArray(Math.max(1, (stacks.pictures() + stacks.blends()) * shape.pixels()));
        pictures.init(0f);
        columns = stacks.blended() == null ? new float[1] : stacks.blended().u().clone();
        rowsOfMotion = stacks.blended() == null ? new float[1] : stacks.blended().v().clone();
        bends = stacks.blended() == null ? new float[1] : stacks.blended().bends().clone();
        corrections = stacks.blended() == null ? new float[1] : stacks.blended().corrections().clone();
        pixelGradients = new float[surfaces * shape.pixels()];
        partials = new float[surfaces * shape.pixelGroups() * SUMS];
        moments = new float[surfaces * 5 * shape.pixels()];
        slopes = new float[surfaces * 3 * shape.pixels()];
        rows = new float[surfaces * 3 * shape.pixels()];
        records = new float[shape.entries() * GRADIENT_STRIDE];
        spreadPartials = new float[Math.ceilDiv(shape.capacity(), GROUP) * SPREAD_SUMS];
        log = new float[LOG_ROWS * logRow(shape.views())];
        scalars = new StepScalars(stacks, drawing.floats, pictures);
        plan = new DevicePlan(device, accept(), step(gradients));
        if (recorded) {
            plan.record(STEP);
        }
    }

    /**
     * What a plan's arrays take of Java's heap, in bytes: with P views, G Gaussians, E entries and p pixels, 64 P G for splats,
     * 52 E, 112 P p for surfaces and similarities, what stands between segments, and 24 for each pixel learnt: copies of both
     * stacks, and of motion, bends and corrections where pictures are blended.
     *
     * @param entries pairs of a tile and a splat, over all views
     */
    public static long heap(SessionSize size, long entries) {
        long pixels = size.views() * size.pixels();
        long splats = (long) size.views() * size.gaussians() * Float.BYTES * (SPLAT_STRIDE + BOX_INTS + 1);
        long lists = entries * Float.BYTES * (4 + GRADIENT_STRIDE);
        long surfaces = pixels * Float.BYTES * (4 + HEADS * (1 + 5 + 3 + 3));
        return splats + lists + surfaces + Shape.heapOfLists(Math.ceilDiv(pixels, TILE_PIXELS))
                + Float.BYTES * (size.mask() ? 6L : 5L) * size.slices() * size.pixels();
    }

    private Stage accept() {
        KernelTask accept = new KernelTask("accept", Grids.elements(shape.capacity()), graph -> graph.task("accept",
                StateKernels::accept, new KernelContext(), drawing.ints, drawing.form, state.parameters(),
                state.first(), state.second(), state.meanGradient(), state.timeGradient(), state.visible()));
        return new Stage("state", graph -> DevicePlan.always(
                DevicePlan.always(DevicePlan.always(graph, drawing.scalars()), state.model()), state.figures()),
                List.of(accept), this::keep);
    }

    private TaskGraph keep(TaskGraph graph) {
        return graph.persistOnDevice(drawing.scalars()).persistOnDevice(state.model())
                .persistOnDevice(state.figures());
    }

    private Stage step(float[] gradients) {
        List<KernelTask> tasks = new ArrayList<>(drawing.tasks());
        if (stacks.blends() > 0) {
            tasks.add(between());
        }
        tasks.addAll(lossTasks());
        tasks.addAll(backwardTasks());
        // A launch that would find nothing to do still costs one.
        tasks.removeIf(task -> !stacks.structural() && OF_SIMILARITY.contains(task.name())
                || !stacks.bounded() && OF_BOUNDS.contains(task.name()));
        tasks.add(gradients == null ? adam() : gradient(gradients));
        return new Stage("step", this::sendUp, tasks, graph -> {
            TaskGraph kept = keep(graph).persistOnDevice(log, drawing.totals);
            return gradients == null ? kept : DevicePlan.back(kept, gradients);
        });
    }

    private TaskGraph sendUp(TaskGraph graph) {
        TaskGraph consuming = graph.consumeFromDevice("state", drawing.scalars())
                .consumeFromDevice("state", state.model()).consumeFromDevice("state", state.figures());
        TaskGraph fixed = DevicePlan.once(DevicePlan.once(consuming, drawing.intermediates()), images, masks,
                pixelGradients, partials, records, spreadSums, log);
        if (stacks.structural()) {
            DevicePlan.once(fixed, window, moments, slopes, rows);
        }
        if (stacks.bounded()) {
            DevicePlan.once(fixed, spreadPartials);
        }
        TaskGraph scalar = DevicePlan.always(fixed, drawing.floats);
        if (stacks.blends() > 0) {
            DevicePlan.once(scalar, columns, rowsOfMotion, bends, corrections);
        }
        return stacks.pictures() > 0 ? DevicePlan.always(scalar, pictures) : DevicePlan.once(scalar, pictures);
    }

    private KernelTask between() {
        return new KernelTask("between", Grids.byView(shape.pixels(), shape.views()), graph -> graph.task("between",
                BetweenKernels::between, new KernelContext(), drawing.floats, drawing.form, images, columns,
                rowsOfMotion, bends, corrections, pictures));
    }

    private List<KernelTask> lossTasks() {
        int surfaces = HEADS * shape.views();
        int groups = surfaces * shape.pixelGroups();
        return List.of(
                new KernelTask("pixelLoss", Grids.groups(groups), graph -> graph.task("pixelLoss",
                        LossKernels::pixelLoss, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                        drawing.pixels, images, masks, pictures, pixelGradients, partials)),
                new KernelTask("moments", Grids.groups(groups), graph -> graph.task("moments",
                        SimilarityKernels::moments, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                        window, drawing.pixels, images, masks, pictures, moments)),
                new KernelTask("slopes", Grids.groups(groups), graph -> graph.task("slopes",
                        SimilarityKernels::slopes, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                        window, moments, slopes, partials)),
                new KernelTask("spreadRows", Grids.groups(groups), graph -> graph.task("spreadRows",
                        SimilarityKernels::spreadRows, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                        window, slopes, rows)),
                new KernelTask("spreadColumns", Grids.groups(groups), graph -> graph.task("spreadColumns",
                        SimilarityKernels::spreadColumns, new KernelContext(), drawing.ints, drawing.floats,
                        drawing.form, window, rows, drawing.pixels, images, masks, pictures,
                        pixelGradients)),
                new KernelTask("sumSurfaces", Grids.groups(surfaces), graph -> graph.task("sumSurfaces",
                        LossKernels::sumSurfaces, new KernelContext(), drawing.ints, drawing.floats, partials, log)));
    }

    private List<KernelTask> backwardTasks() {
        return List.of(
                new KernelTask("records", Grids.tiles(shape.tiles() * shape.segments()), graph -> graph.task("records",
                        BackwardKernels::records, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                        drawing.splats, drawing.counters, drawing.entries, drawing.slots, drawing.states,
                        drawing.pixels, pixelGradients, records)),
                new KernelTask("violations", violations, graph -> graph.task("violations",
                        SpreadKernels::violations, new KernelContext(), drawing.ints, drawing.floats,
                        state.parameters(), spreadPartials)),
                new KernelTask("sumViolations", Grids.groups(1), graph -> graph.task("sumViolations",
                        SpreadKernels::sumViolations, new KernelContext(), drawing.ints, drawing.floats,
                        spreadPartials, spreadSums, log)));
    }

    private KernelTask adam() {
        return new KernelTask("adam", update, graph -> graph.task("adam",
                UpdateKernels::adam, new KernelContext(), drawing.ints, drawing.floats, drawing.form, drawing.splats,
                drawing.firstSlot, records, spreadSums, state.parameters(), state.first(), state.second(),
                state.meanGradient(), state.timeGradient(), state.visible()));
    }

    private KernelTask gradient(float[] gradients) {
        return new KernelTask("gradient", update, graph -> graph.task("gradient",
                UpdateKernels::gradient, new KernelContext(), drawing.ints, drawing.floats, drawing.form,
                drawing.splats, drawing.firstSlot, records, spreadSums, state.parameters(), gradients));
    }

    public Shape shape() {
        return shape;
    }

    public boolean isRecorded() {
        return recorded;
    }

    public TargetStacks stacks() {
        return stacks;
    }

    public DevicePlan devicePlan() {
        return plan;
    }

    /**
     * Has the plan work on a model of another form and size from now on, instead of building one for it: all sizes are
     * data. The state's arrays keep their lengths, and hold the rows of the smaller capacity from their start.
     *
     * @param smaller a shape that this plan has room for
     */
    public void adopt(Shape smaller) {
        current = drawing.adopt(smaller);
    }

    /**
     * Takes the host's model, moments and statistics up.
     *
     * @param count Gaussians alive
     */
    public void upload(int count) {
        if (recorded) {
            // Launches keep their sizes; the threads of Gaussians that are not alive end at once.
            drawing.count(count);
        } else {
            drawing.live(count);
            Grids.fit(violations, count);
            Grids.fit(update, count);
        }
        plan.execute(ACCEPT);
    }

    /**
     * Carries out a step, and does not wait for it. When its tile entries do not fit it changes nothing, and neither does
     * any step after it, until the model is taken up anew.
     *
     * @param row of the log, below {@code LOG_ROWS}, that is the step's
     */
    public void execute(Step step, int row) {
        scalars.write(current, step, row);
        plan.execute(STEP);
    }

    /** Brings the log down, of as many steps as were executed since. */
    public void downloadLog() {
        plan.download(STEP, log, drawing.totals);
    }

    /** Whether the step in a row of the log, as it came down, did not fit. */
    public boolean isOverflowed(int row) {
        return drawing.isOverflowed(row);
    }

    /** The losses of the step in a row of the log, as it came down. */
    public StepLosses losses(Step step, int row) {
        return scalars.read(current, step, log, row);
    }

    /** Brings parameters and moments down. */
    public void downloadModel() {
        plan.download(STEP, state.model());
    }

    /** Brings the density statistics down. */
    public void downloadStatistics() {
        plan.download(STEP, state.figures());
    }

    /** What TornadoVM's profiler says of the latest step, which was in this row of the log as it came down. */
    public StepTimes times(int row) {
        long[] copies = plan.copies(STEP);
        return new StepTimes(plan.times(STEP), copies[0], copies[1], copies[2], drawing.totals[row]);
    }

    @Override
    public void close() {
        plan.close();
    }
}
