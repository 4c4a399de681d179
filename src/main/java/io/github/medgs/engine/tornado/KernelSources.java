package io.github.medgs.engine.tornado;

import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.DevicePlan;
import io.github.medgs.engine.tornado.plan.IsosurfacePlan;
import io.github.medgs.engine.tornado.plan.KernelTask;
import io.github.medgs.engine.tornado.plan.NetworkForm;
import io.github.medgs.engine.tornado.plan.NetworkPlan;
import io.github.medgs.engine.tornado.plan.ProductPlan;
import io.github.medgs.engine.tornado.scheduling.Grids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    private static final int SIZE = 256;
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

    /** Runs a step of an empty model, a start, an empty surface, a product and a network of zeros, which compiles everything and computes nothing. */
    private static Map<String, String> compile(Device device) {
        EmptyPlans empty = new EmptyPlans(device, SIZE, GAUSSIANS, ENTRIES);
        Map<String, String> launches = new LinkedHashMap<>();
        empty.step(false, plan -> {
            for (KernelTask task : plan.tasks()) {
                launches.put(task.name(), Grids.describe(task.grid()));
            }
        });
        empty.sharpening(plan -> add(plan, "sharpen", launches));
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
        network(device, launches);
        return launches;
    }

    /** FUNSR's, of zeros. */
    private static void network(Device device, Map<String, String> launches) {
        int width = 256;
        NetworkForm form = new NetworkForm(new int[] {3, width, width}, new int[] {width, width, 1}, -1, 0f, true, 5_000);
        float[][] weights = {new float[3 * width], new float[width * width], new float[width]};
        float[][] biases = {new float[width], new float[width], new float[1]};
        try (NetworkPlan plan = new NetworkPlan(device, form, weights, biases)) {
            float[] points = new float[3];
            plan.pass(points, 1, true);
            plan.sum(new float[1], points);
            plan.descend(0f, 1f, 0f, 0f, 1f);
            for (KernelTask task : plan.devicePlan().tasks()) {
                // The layers share one kernel.
                String name = task.name().equals("layer1") ? "layer" : task.name();
                if (KernelCatalogue.find(name).isPresent()) {
                    launches.putIfAbsent(name, Grids.describe(task.grid()));
                }
            }
        }
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
