package io.github.medgs.engine.tornado;

import io.github.medgs.engine.tornado.plan.DrawForm;
import io.github.medgs.engine.tornado.plan.FormPlan;
import io.github.medgs.engine.tornado.plan.KernelTask;
import io.github.medgs.engine.tornado.plan.KernelTime;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.scheduling.Grids;
import io.github.medgs.kernel.Layout;
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
import java.util.Random;

/**
 * One form of the drawing kernel, tried on a device: a slice of 128 x 128 pixels with 20,000 Gaussians.
 *
 * @param milliseconds of each kernel that it needs, the least of several runs
 * @param launch of the drawing kernel
 * @param image what it drew, row by row
 * @param source what TornadoVM made of the drawing kernel; empty where TornadoVM had been touched before
 */
public record FormTrial(Map<String, Double> milliseconds, String launch, float[] image, String source) {

    private static final int SIDE = 128;
    private static final int GAUSSIANS = 20_000;
    private static final int RUNS = 5;
    private static final float TIME = 0.5f;

    /**
     * Tries a form.
     *
     * @param device as {@code --device}
     */
    public static FormTrial of(String device, DrawForm form) throws IOException {
        Path file = Files.createTempFile("medgs-kernels", ".txt");
        try {
            System.setProperty("tornado.printKernel", "True");
            System.setProperty("tornado.print.kernel.dir", file.toString());
            FoldedGaussians gaussians = model();
            try (TornadoEngine engine = new TornadoEngine(device);
                    FormPlan plan = new FormPlan(engine.device(), new Shape(gaussians.form(), GAUSSIANS, 1,
                            EntryEstimate.of(gaussians, TIME)), gaussians.parameters().values(), form)) {
                plan.upload(GAUSSIANS);
                Map<String, Double> least = new LinkedHashMap<>();
                for (int run = 0; run < RUNS; run++) {
                    List<KernelTime> times = plan.draw(TIME);
                    for (KernelTime time : times) {
                        String name = time.kernel().substring(time.kernel().indexOf('.') + 1);
                        least.merge(name, time.nanoseconds() / 1e6, Math::min);
                    }
                }
                String launch = plan.devicePlan().tasks().stream().filter(t -> t.name().equals(form.kernel()))
                        .map(KernelTask::grid).map(Grids::describe).findFirst().orElseThrow();
                return new FormTrial(least, launch, plan.image(),
                        KernelSources.source(Files.readString(file), form.kernel()));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Splats of a pixel and a half all over a slice, half of them seen at its time. */
    private static FoldedGaussians model() {
        ModelForm form = new ModelForm(SIDE, SIDE, 7, 0, Compositing.ALPHA, TemporalWindow.SCALES,
                HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
        FoldedGaussians gaussians = new FoldedGaussians(form, GAUSSIANS);
        gaussians.setCount(GAUSSIANS);
        Random random = new Random(7);
        for (int g = 0; g < GAUSSIANS; g++) {
            gaussians.set(Layout.X, g, form.worldX(random.nextDouble() * SIDE));
            gaussians.set(Layout.Z, g, form.worldZ(random.nextDouble() * SIDE));
            gaussians.set(Layout.LOG_SCALE_X, g, (float) Math.log(1.5 / form.pixelsPerUnit()));
            gaussians.set(Layout.LOG_SCALE_Z, g, (float) Math.log(1.5 / form.pixelsPerUnit()));
            gaussians.set(Layout.TIME, g, (float) random.nextGaussian(0, 1.5));
            gaussians.set(Layout.SPREAD, g, (float) Math.log(0.2));
            gaussians.set(Layout.IMAGE_OPACITY, g, -2f);
            gaussians.set(form.imageIntensityRow(), g, (float) random.nextGaussian(0, 1));
        }
        return gaussians;
    }
}
