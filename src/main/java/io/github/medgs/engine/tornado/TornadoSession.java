package io.github.medgs.engine.tornado;

import static io.github.medgs.engine.tornado.kernels.StepLayout.LOG_ROWS;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.device.DeviceException;
import io.github.medgs.engine.tornado.plan.KernelTask;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.engine.tornado.plan.StepTimes;
import io.github.medgs.engine.tornado.plan.TargetStacks;
import io.github.medgs.engine.tornado.plan.TrainingState;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Training on a device. The plan is built at the first step, whose views say what it needs, and again only when a later
 * step needs more room.
 *
 * <p>Steps are sent off without waiting; what they were is kept until the device's log is looked at. A step whose tile
 * entries did not fit changed nothing, and neither did those after it: they are repeated with more room, and the result
 * is that of steps that were waited for one by one.
 */
public final class TornadoSession implements TrainingSession {

    /** Steps that may be on their way when their pictures come from the host, which keeps them for a repetition. */
    private static final int MOST_HELD_PICTURES = 8;

    private final Device device;
    private final FoldedGaussians gaussians;
    private final DensityStatistics statistics;
    private final TrainingState state;
    private StepPlan plan;

    /** Whether the host's arrays hold what the device has, and whether the device must take the host's. */
    private boolean modelIsHere = true;
    private boolean statisticsAreHere = true;
    private boolean mustUpload = true;
    private boolean profiles;
    private boolean records;
    private boolean untried;

    /** A step that was sent off, and who hears of its losses. */
    private record Submitted(Step step, Consumer<StepLosses> losses) {}

    private final List<Submitted> submitted = new ArrayList<>();
    private int latestRow;

    /** @param records whether steps are to be recorded; where the device then cannot, they are launched after all */
    TornadoSession(Device device, FoldedGaussians gaussians, AdamMoments moments, boolean records) {
        this.device = device;
        this.records = records;
        this.gaussians = gaussians;
        this.statistics = new DensityStatistics(gaussians.capacity());
        this.state = TrainingState.of(gaussians, moments, statistics);
    }

    @Override
    public StepLosses step(Step step) {
        StepLosses[] result = new StepLosses[1];
        submit(step, losses -> result[0] = losses);
        await();
        return result[0];
    }

    @Override
    public void submit(Step step, Consumer<StepLosses> losses) {
        prepare(step);
        if (submitted.size() == (plan.stacks().pictures() > 0 ? MOST_HELD_PICTURES : LOG_ROWS)) {
            await();
        }
        send(new Submitted(step, losses));
    }

    private void send(Submitted next) {
        if (mustUpload) {
            plan.upload(gaussians.count());
            mustUpload = false;
        }
        latestRow = submitted.size();
        execute(next.step());
        submitted.add(next);
        modelIsHere = false;
        statisticsAreHere = false;
    }

    // The first step of a plan is where recording can fail; the host still has what the plan took up.
    private void execute(Step step) {
        try {
            plan.execute(step, latestRow);
        } catch (DeviceException e) {
            if (!plan.isRecorded() || !untried) {
                throw e;
            }
            records = false;
            rebuild(plan.shape(), plan.stacks());
            plan.upload(gaussians.count());
            mustUpload = false;
            plan.execute(step, latestRow);
        }
        untried = false;
    }

    @Override
    public void await() {
        while (!submitted.isEmpty()) {
            plan.downloadLog();
            List<Submitted> steps = List.copyOf(submitted);
            submitted.clear();
            int done = 0;
            while (done < steps.size() && !plan.isOverflowed(done)) {
                steps.get(done).losses().accept(plan.losses(steps.get(done).step(), done));
                done++;
            }
            if (done < steps.size()) {
                bringHere();
                rebuild(grown(plan.shape()), plan.stacks());
                steps.subList(done, steps.size()).forEach(this::send);
            }
        }
    }

    private static Shape grown(Shape shape) {
        return new Shape(shape.form(), shape.capacity(), shape.views(), Math.multiplyExact(2, shape.entries()));
    }

    private void prepare(Step step) {
        TargetStacks stacks = plan == null ? TargetStacks.none().with(step) : plan.stacks().with(step);
        int views = step.views().size();
        if (plan == null || stacks != plan.stacks() || views > plan.shape().views()) {
            bringHere();
            int entries = plan == null ? 0 : plan.shape().entries();
            int mostViews = plan == null ? views : Math.max(views, plan.shape().views());
            rebuild(new Shape(gaussians.form(), gaussians.capacity(), mostViews, Math.max(entries, estimate(step))),
                    stacks);
        }
    }

    private int estimate(Step step) {
        float[] times = new float[step.views().size()];
        for (int v = 0; v < times.length; v++) {
            times[v] = step.views().get(v).time();
        }
        return EntryEstimate.of(gaussians, times);
    }

    private void rebuild(Shape shape, TargetStacks stacks) {
        if (plan != null) {
            plan.close();
            // Else its arrays would be held until the new ones are made.
            plan = null;
        }
        plan = new StepPlan(device, shape, stacks, state, records && !profiles, null);
        plan.devicePlan().profile(profiles);
        untried = true;
        mustUpload = true;
    }

    private void bringHere() {
        download();
        statistics();
    }

    @Override
    public StepLosses gradient(Step step, ParameterTable out) {
        bringHere();
        float[] gradients = new float[out.values().length];
        TargetStacks stacks = TargetStacks.none().with(step);
        Shape shape = new Shape(gaussians.form(), gaussians.capacity(), step.views().size(), estimate(step));
        while (true) {
            try (StepPlan looking = new StepPlan(device, shape, stacks, state, false, gradients)) {
                looking.upload(gaussians.count());
                looking.execute(step, 0);
                looking.downloadLog();
                if (!looking.isOverflowed(0)) {
                    copyLiving(gradients, out);
                    return looking.losses(step, 0);
                }
                shape = grown(shape);
            }
        }
    }

    private void copyLiving(float[] gradients, ParameterTable out) {
        for (int row = 0; row < out.rows(); row++) {
            System.arraycopy(gradients, row * out.capacity(), out.values(), row * out.capacity(), gaussians.count());
        }
    }

    @Override
    public DensityStatistics statistics() {
        await();
        if (!statisticsAreHere) {
            plan.downloadStatistics();
            statisticsAreHere = true;
        }
        return statistics;
    }

    @Override
    public void restoreStatistics(DensityStatistics saved) {
        bringHere();
        statistics.set(saved);
        mustUpload = true;
    }

    @Override
    public void clearStatistics() {
        bringHere();
        statistics.clear();
        mustUpload = true;
    }

    @Override
    public void download() {
        await();
        if (!modelIsHere) {
            plan.downloadModel();
            modelIsHere = true;
        }
    }

    @Override
    public void upload() {
        // The statistics go up with the model, so the device's must not be lost; the model here is the newer one.
        statistics();
        modelIsHere = true;
        mustUpload = true;
    }

    /** Has TornadoVM measure every kernel from now on; steps are launched one kernel at a time for that. */
    public void profile() {
        await();
        profiles = true;
        if (plan != null && plan.isRecorded()) {
            bringHere();
            rebuild(plan.shape(), plan.stacks());
        } else if (plan != null) {
            plan.devicePlan().profile(true);
        }
    }

    /** What it measured in the latest step, which was waited for. */
    public StepTimes times() {
        return plan.times(latestRow);
    }

    /** What the plan has room for. */
    public Shape shape() {
        return plan.shape();
    }

    /** How each kernel of a step is launched, for people. */
    public Map<String, String> launches() {
        Map<String, String> launches = new LinkedHashMap<>();
        for (KernelTask task : plan.devicePlan().tasks()) {
            launches.put(task.name(), Grids.describe(task.grid()));
        }
        return launches;
    }

    @Override
    public void close() {
        if (plan != null) {
            plan.close();
            plan = null;
        }
    }
}
