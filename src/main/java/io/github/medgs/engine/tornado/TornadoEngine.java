package io.github.medgs.engine.tornado;

import io.github.medgs.InputException;
import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.Isosurface;
import io.github.medgs.engine.Launcher;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.SessionSize;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.device.Devices;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.IsosurfacePlan;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.model.FoldedGaussians;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The engine that carries out every kernel on a device, as TornadoVM compiles it. */
public final class TornadoEngine implements Engine {

    public static final String NAME = "tornado";

    private static final int SMALL_SIZE = 64;
    private static final int FEW_GAUSSIANS = 1 << 10;
    private static final int FEW_ENTRIES = 1 << 12;

    /** Of heap that TornadoVM's compilers take: a run whose arrays were put at 173 MiB failed in 195 and ended in 210. */
    private static final long COMPILERS = 64L << 20;

    /** Whether a warm-up has begun in this virtual machine: one serves all engines. */
    private static final AtomicBoolean WARM = new AtomicBoolean();

    private final Device device;
    private Renderer renderer;
    private CompletableFuture<Void> warming = CompletableFuture.completedFuture(null);

    /**
     * Takes a device.
     *
     * @param device as {@code medgs devices} names it, "0:0"; {@link Engine#GPU_ONLY}; or {@code null} for the first graphics
     *     processor, or the first device when there is none
     * @throws InputException when TornadoVM is not in this process, or the device is not there
     */
    public TornadoEngine(String device) {
        this.device = choose(device, devices());
    }

    /** Whether the tornado launcher, or java with the SDK's argument file, started this process. */
    public static boolean isLauncherPresent() {
        return TornadoLauncher.isPresent();
    }

    /**
     * All devices of the TornadoVM in this process.
     *
     * @throws InputException when there is no TornadoVM, or it finds no device
     */
    public static synchronized List<Device> devices() {
        if (!TornadoLauncher.isPresent()) {
            throw new InputException("engine tornado", "needs TornadoVM, which did not start this program",
                    Launcher.REMEDY_FOR_TORNADO);
        }
        TornadoLauncher.configure();
        try {
            return Devices.list();
        } catch (Exception | LinkageError e) {
            throw new InputException("engine tornado", "finds no device (" + reason(e) + ")",
                    "install the OpenCL or CUDA driver of your device, or choose the vector engine", e).naming("engine");
        }
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage().strip().replace('\n', ' ');
    }

    private static Device choose(String wanted, List<Device> devices) {
        if (wanted != null && !wanted.equals(Engine.GPU_ONLY)) {
            return devices.stream().filter(d -> d.id().equals(wanted)).findFirst()
                    .orElseThrow(() -> new InputException("device " + wanted, "is no device of this TornadoVM",
                            "choose one of " + devices.stream().map(Device::id).toList() + "; see medgs devices").naming("device"));
        }
        Optional<Device> gpu = devices.stream().filter(Device::isGpu).findFirst();
        if (gpu.isPresent()) {
            return gpu.get();
        }
        if (wanted != null || devices.isEmpty()) {
            String found = devices.isEmpty() ? "no device" : "no graphics processor, only " + devices.getFirst().name();
            throw new InputException("engine tornado", "finds " + found,
                    "install a driver for the graphics processor, or ask for the device 0:0").naming("engine", "device");
        }
        return devices.getFirst();
    }

    /** The device that it runs on. */
    public Device device() {
        return device;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "TornadoVM, " + device.backend() + " on " + device.name() + " (device " + device.id() + ")";
    }

    /**
     * Has a graphics processor's kernels compiled once, on a small model. Plans share no code, but the second time its
     * compilers are loaded and compiled themselves.
     */
    @Override
    public void prepareToTrain() {
        if (device.isGpu() && WARM.compareAndSet(false, true)) {
            warming = CompletableFuture.runAsync(this::warmUp,
                    work -> Thread.ofPlatform().daemon().name("device-warm-up").start(work));
        }
    }

    private void warmUp() {
        EmptyPlans empty = new EmptyPlans(device, SMALL_SIZE, FEW_GAUSSIANS, FEW_ENTRIES);
        try {
            empty.sharpening(plan -> { });
            empty.step(DevicePlan.canRecord(device), plan -> { });
        } catch (RuntimeException | Error e) {
            // Nothing hangs on it: what is wrong is said by the plan that cannot do without.
        }
    }

    // The plans to come would only wait for their turns.
    private void awaitWarmUp() {
        warming.join();
    }

    @Override
    public TrainingSession train(FoldedGaussians gaussians, AdamMoments moments) {
        awaitWarmUp();
        return new TornadoSession(device, gaussians, moments, DevicePlan.canRecord(device));
    }

    /** The compilers', and what {@link StepPlan} holds the host's side of; with the tile entries that a plan may grow to. */
    @Override
    public long trainingHeap(SessionSize size) {
        return COMPILERS + StepPlan.heap(size, EntryEstimate.atMost(size));
    }

    @Override
    public void render(FoldedGaussians gaussians, float time, float[] image, float[] mask) {
        awaitWarmUp();
        if (renderer == null || !renderer.draws(gaussians)) {
            close();
            renderer = new Renderer(device, gaussians);
        } else {
            renderer.upload();
        }
        renderer.render(time, image, mask);
    }

    @Override
    public boolean blendsPictures() {
        return true;
    }

    @Override
    public ModelRenderer renderer(FoldedGaussians gaussians) {
        awaitWarmUp();
        return new Renderer(device, gaussians);
    }

    @Override
    public Optional<Isosurface> isosurface(float[] field, int nx, int ny, int nz, float level) {
        awaitWarmUp();
        // A surface takes about two vertices and four triangles for each sample of a face of its box.
        long faces = 2L * (nx + 2) * (ny + 2) + 2L * (ny + 2) * (nz + 2) + 2L * (nz + 2) * (nx + 2);
        int vertices = (int) Math.min(1 << 24, 2 * faces);
        int triangles = 2 * vertices;
        while (true) {
            try (IsosurfacePlan plan = new IsosurfacePlan(device, field, nx, ny, nz, vertices, triangles)) {
                Isosurface surface = plan.extract(level);
                if (surface != null) {
                    return Optional.of(surface);
                }
                vertices = plan.vertexCount();
                triangles = plan.triangleCount();
            }
        }
    }

    @Override
    public void close() {
        awaitWarmUp();
        if (renderer != null) {
            renderer.close();
            renderer = null;
        }
    }
}
