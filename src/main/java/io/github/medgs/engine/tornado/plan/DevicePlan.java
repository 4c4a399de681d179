package io.github.medgs.engine.tornado.plan;

import io.github.medgs.InputException;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.device.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Stages on a device, built once and executed any number of times. A failure names the kernel and the device.
 *
 * <p>Plans may be used by several threads, one each: a cohort learns several subjects at once. TornadoVM and the drivers
 * behind it compile, and keep what they compiled, as if there were one thread, so all plans take turns, call by call.
 */
public final class DevicePlan implements AutoCloseable {

    private static final ReentrantLock TURN = new ReentrantLock(true);

    private final Device device;
    private final List<Stage> stages;
    private final TornadoExecutionPlan plan;
    private final TornadoExecutionResult[] results;

    public DevicePlan(Device device, Stage... stages) {
        this.device = device;
        this.stages = List.of(stages);
        this.results = new TornadoExecutionResult[stages.length];
        GridScheduler scheduler = new GridScheduler();
        ImmutableTaskGraph[] graphs = new ImmutableTaskGraph[stages.length];
        for (int i = 0; i < stages.length; i++) {
            for (KernelTask task : stages[i].tasks()) {
                DeviceLimits.requireGroup(device, task);
                scheduler.addWorkerGrid(stages[i].name() + "." + task.name(), task.grid());
            }
            graphs[i] = inTurn(stages[i], stage -> stage.graph().snapshot());
        }
        TURN.lock();
        try {
            plan = new TornadoExecutionPlan(graphs);
            plan.withDevice(device.handle());
            plan.withGridScheduler(scheduler);
        } finally {
            TURN.unlock();
        }
    }

    private <T> T inTurn(Stage stage, Function<Stage, T> work) {
        TURN.lock();
        try {
            return work.apply(stage);
        } catch (RuntimeException | Error e) {
            throw failure(stage, e);
        } finally {
            TURN.unlock();
        }
    }

    /** Whether executions can be recorded on a device: as CUDA graphs, unless {@code -Dmedgs.cudaGraphs=false}. */
    public static boolean canRecord(Device device) {
        return device.backend().equals("CUDA") && !"false".equals(System.getProperty("medgs.cudaGraphs"));
    }

    /**
     * Has the first execution of a stage recorded and later ones replay it: sizes of launches stay what they were then,
     * and what goes up every time must be outside Java's heap.
     */
    void record(int stage) {
        inTurn(stages.get(stage), _ -> {
            plan.withGraph(stage);
            return plan.withCUDAGraph();
        });
    }

    /** Executes a stage and waits for it. */
    public void execute(int stage) {
        results[stage] = inTurn(stages.get(stage), _ -> {
            plan.withGraph(stage);
            return plan.execute();
        });
    }

    /** Brings buffers down that a stage, executed before, has left on the device. */
    public void download(int stage, Object... buffers) {
        inTurn(stages.get(stage), _ -> {
            // Only the selected graph is asked; otherwise nothing is copied, and nothing is said.
            plan.withGraph(stage);
            results[stage].transferToHost(buffers);
            return null;
        });
    }

    /** Switches TornadoVM's own profiler on or off. */
    public void profile(boolean on) {
        if (on) {
            plan.withProfiler(ProfilerMode.SILENT);
        } else {
            plan.withoutProfiler();
        }
    }

    /** What TornadoVM measured of every task in the latest execution of a stage. */
    public List<KernelTime> times(int stage) {
        plan.withGraph(stage);
        String log = results[stage].getProfilerResult().getProfileLog();
        List<KernelTime> times = new ArrayList<>();
        for (KernelTask task : stages.get(stage).tasks()) {
            times.add(KernelTime.parse(log, stages.get(stage).name() + "." + task.name()));
        }
        return times;
    }

    /** How long the copies of the latest execution of a stage took, in nanoseconds, and how many bytes went up and down. */
    long[] copies(int stage) {
        plan.withGraph(stage);
        return KernelTime.copies(results[stage].getProfilerResult().getProfileLog(),
                stages.get(stage).name() + "." + stages.get(stage).tasks().getFirst().name());
    }

    /** All kernels, stage by stage. */
    public List<KernelTask> tasks() {
        return stages.stream().flatMap(stage -> stage.tasks().stream()).toList();
    }

    /** The error to report: TornadoVM does not always say which kernel it failed on, so each is tried alone. */
    private RuntimeException failure(Stage stage, Throwable cause) {
        if (cause instanceof OutOfMemoryError error) {
            throw error;
        }
        InputException outOfMemory = DeviceLimits.outOfMemory(device, cause);
        if (outOfMemory != null) {
            return outOfMemory;
        }
        for (KernelTask task : stage.tasks()) {
            Throwable alone = compileAlone(task);
            if (alone != null) {
                return new DeviceException(
                        "kernel " + task.name() + " does not compile for " + device.name() + ": " + reason(alone), alone);
            }
        }
        String names = stage.tasks().stream().map(KernelTask::name).collect(Collectors.joining(", "));
        return new DeviceException("of the kernels " + names + " one failed on " + device.name() + ": " + reason(cause),
                cause);
    }

    private Throwable compileAlone(KernelTask task) {
        GridScheduler scheduler = new GridScheduler();
        scheduler.addWorkerGrid("alone." + task.name(), task.grid());
        try {
            TaskGraph graph = task.add().apply(new TaskGraph("alone"));
            try (TornadoExecutionPlan single = new TornadoExecutionPlan(graph.snapshot())) {
                single.withDevice(device.handle());
                single.withGridScheduler(scheduler);
                single.withPreCompilation();
            }
            return null;
        } catch (RuntimeException | Error | TornadoExecutionPlanException e) {
            return e;
        }
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getMessage() == null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.toString() : message.strip().lines().findFirst().orElse(deepest.toString());
    }

    @Override
    public void close() {
        TURN.lock();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new DeviceException("the memory of " + device.name() + " could not be given back", e);
        } finally {
            TURN.unlock();
        }
    }

    /** Sends buffers up once, before the first execution. */
    public static TaskGraph once(TaskGraph graph, Object... buffers) {
        return graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, buffers);
    }

    /** Sends buffers up before every execution. */
    public static TaskGraph always(TaskGraph graph, Object... buffers) {
        return graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, buffers);
    }

    /** Brings buffers down after every execution. */
    public static TaskGraph back(TaskGraph graph, Object... buffers) {
        return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, buffers);
    }
}
