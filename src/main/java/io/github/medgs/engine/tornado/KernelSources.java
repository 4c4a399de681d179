package io.github.medgs.engine.tornado;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.DensityStatistics;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.IsosurfacePlan;
import io.github.medgs.engine.tornado.plan.KernelTask;
import io.github.medgs.engine.tornado.plan.ProductPlan;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.SharpenPlan;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.engine.tornado.plan.TargetStacks;
import io.github.medgs.engine.tornado.plan.TrainingState;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.kernel.BlendedPicture;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What TornadoVM makes of the kernels: the OpenCL or CUDA that the driver compiles, and the launches. */
public final class KernelSources {

    private static final Pattern HEAD = Pattern.compile("(?m)^.*__(?:kernel|global__) void (\\w+)\\(");

    /**
     * One kernel as it was compiled.
     *
     * @param launch "1024 x 5 threads in groups of 64", for the plan that was built to have it
     * @param source the generated source
     */
    public record Compiled(String launch, String source) {}

    private KernelSources() {}

    /** The plan that is built: five views of slices of 256 x 256, a hundred thousand Gaussians, the published form. */
    private static final ModelForm FORM = new ModelForm(256, 256, 7, 0, Compositing.ALPHA, TemporalWindow.SCALES,
            HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
    private static final int GAUSSIANS = 100_000;
    private static final int ENTRIES = 1 << 20;

    /**
     * Compiles all kernels for a device. TornadoVM must not have been touched before: where it prints
     * sources to is read once.
     *
     * @param device as {@code medgs devices} names it
     * @return by kernel, in the order of the catalogue
     */
    public static Map<String, Compiled> generate(String device) throws IOException {
        Path file = Files.createTempFile("medgs-kernels", ".txt");
        try {
            System.setProperty("tornado.printKernel", "True");
            System.setProperty("tornado.print.kernel.dir", file.toString());
            try (TornadoEngine engine = new TornadoEngine(device)) {
                Map<String, String> launches = compile(engine.device());
                return join(launches, Files.readString(file));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Runs a step of an empty model, a start, an empty surface and a product of zeros, which compiles everything and computes nothing. */
    private static Map<String, String> compile(Device device) {
        FoldedGaussians gaussians = new FoldedGaussians(FORM, GAUSSIANS);
        AdamMoments moments = new AdamMoments(FORM.rows(), GAUSSIANS);
        TrainingState state = TrainingState.of(gaussians, moments, new DensityStatistics(GAUSSIANS));
        float[] slices = new float[2 * FORM.width() * FORM.height()];
        BlendedPicture.Stack stack = new BlendedPicture.Stack(slices, slices, slices, slices, slices);
        View view = new View(0f, Target.blend(stack, new float[BlendedPicture.FLOATS]), null,
                new View.PixelCost(1f, 1f, 1f), View.PixelCost.NONE, true);
        Step step = new Step(1, List.of(view), new float[FORM.rows()], new Step.Adam(0.9f, 0.999f, 1e-15f),
                new Step.SpreadPenalty(0f, 1f, 1f), false, true);
        Map<String, String> launches = new LinkedHashMap<>();
        try (StepPlan plan = new StepPlan(device, new Shape(FORM, GAUSSIANS, 5, ENTRIES),
                TargetStacks.none().with(step), state, null)) {
            for (KernelTask task : plan.devicePlan().tasks()) {
                launches.put(task.name(), Grids.describe(task.grid()));
            }
            plan.upload(0);
            plan.execute(step, 0);
        }
        try (SharpenPlan plan = new SharpenPlan(device, new Shape(FORM, GAUSSIANS, 1, ENTRIES), state.parameters())) {
            add(plan.devicePlan(), "sharpen", launches);
            plan.upload(0);
            plan.aim(0f, 0, 0, 0, new float[FORM.width() * FORM.height()], null);
            plan.round(0);
        }
        try (IsosurfacePlan plan = new IsosurfacePlan(device, new float[8], 2, 2, 2, 8, 8)) {
            add(plan.devicePlan(), "classify", launches);
            add(plan.devicePlan(), "emit", launches);
            plan.extract(0.5f);
        }
        try (ProductPlan plan = new ProductPlan(device, new float[256], new float[256], 16, 16, 16)) {
            add(plan.devicePlan(), "plainProduct", launches);
            add(plan.devicePlan(), "product", launches);
            plan.run();
        }
        return launches;
    }

    private static void add(DevicePlan plan, String name, Map<String, String> launches) {
        plan.tasks().stream().filter(task -> task.name().equals(name))
                .forEach(task -> launches.put(name, Grids.describe(task.grid())));
    }

    private static Map<String, Compiled> join(Map<String, String> launches, String printed) {
        Map<String, Compiled> compiled = new LinkedHashMap<>();
        launches.forEach((name, launch) -> compiled.put(name, new Compiled(launch, source(printed, name))));
        return compiled;
    }

    static String source(String printed, String name) {
        Matcher matcher = HEAD.matcher(printed);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                int end = printed.indexOf("\n}", matcher.end());
                return printed.substring(matcher.start(), end < 0 ? printed.length() : end + 2).strip();
            }
        }
        return "";
    }
}
