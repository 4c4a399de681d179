package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.medgs.InputException;
import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.EngineParity.Tolerance;
import io.github.medgs.engine.EngineParity;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.Scenes.Scene;
import io.github.medgs.engine.Scenes;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.engine.View;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.engine.tornado.device.Device;
import io.github.medgs.engine.tornado.plan.KernelTime;
import io.github.medgs.engine.tornado.plan.Shape;
import io.github.medgs.engine.tornado.plan.StepPlan;
import io.github.medgs.engine.tornado.plan.TargetStacks;
import io.github.medgs.engine.tornado.plan.TrainingState;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The engine and its sessions as a run uses them. */
class TornadoEngineTest {

    private static final String SCENE = "tiny";

    private static AdamMoments moments(FoldedGaussians gaussians) {
        return new AdamMoments(gaussians.form().rows(), gaussians.capacity());
    }

    @Test
    void withoutTheLauncherTheUserIsToldWhatToInstall() {
        assumeFalse(TornadoLauncher.isPresent(), "this process was started with TornadoVM");
        InputException refusal = assertThrows(InputException.class, () -> EngineChoice.open("tornado", 1, null));
        assertTrue(refusal.getMessage().contains("TORNADOVM_HOME"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    }

    @Test
    void anUnknownDeviceIsTheUsersFault() {
        Launcher.requireOrSkip();
        InputException refusal = assertThrows(InputException.class, () -> new TornadoEngine("7:9"));
        assertTrue(refusal.getMessage().contains("0:0"), refusal.getMessage());
    }

    @Test
    void autoTakesADeviceOnlyIfItIsAGraphicsProcessor() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        String expected = engine.device().isGpu() ? "tornado" : "vector";
        assertEquals(expected, EngineChoice.open("auto", 1, null).engine().name());
    }

    @Test
    void trainsStepAfterStepAsTheReferenceDoes() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        Scene expected = Scenes.build(SCENE);
        Scene actual = Scenes.build(SCENE);
        try (engine;
                ReferenceEngine reference = new ReferenceEngine();
                var oracle = reference.train(expected.gaussians(), moments(expected.gaussians()));
                var session = engine.train(actual.gaussians(), moments(actual.gaussians()))) {
            for (int iteration = 1; iteration <= 6; iteration++) {
                Step step = withIteration(expected.step(), iteration);
                assertEquals(oracle.step(step).total(), session.step(step).total(), 1e-3);
                if (iteration == 3) {
                    // As density control does: look, change on the host, go on.
                    session.download();
                    assertArrayEquals(oracle.statistics().visible(), session.statistics().visible());
                    dropLast(expected.gaussians());
                    dropLast(actual.gaussians());
                    session.upload();
                    session.clearStatistics();
                    oracle.clearStatistics();
                }
            }
            session.download();
            assertArrayEquals(oracle.statistics().visible(), session.statistics().visible());
            for (int g = 0; g < expected.gaussians().count(); g++) {
                assertEquals(expected.gaussians().get(Layout.IMAGE_INTENSITY, g),
                        actual.gaussians().get(Layout.IMAGE_INTENSITY, g), 2e-3f);
            }
        }
    }

    private static Step withIteration(Step step, int iteration) {
        return new Step(iteration, step.views(), step.rates(), new Step.Adam(0.9f, 0.999f, 1e-3f),
                step.spreadPenalty(), step.drawnOnly(), step.statistics());
    }

    private static void dropLast(FoldedGaussians gaussians) {
        gaussians.setCount(gaussians.count() - 100);
    }

    @Test
    void stepsThatNobodyWaitedForEndInTheSameBits() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        float[][] results = new float[2][];
        for (int run = 0; run < 2; run++) {
            Scene scene = Scenes.build("tiny");
            List<Double> losses = new ArrayList<>();
            try (var session = engine.train(scene.gaussians(), moments(scene.gaussians()))) {
                session.step(scene.step());
                session.download();
                // The next steps need more room than the first one's plan has.
                enlarge(scene.gaussians());
                enlarge(scene.gaussians());
                session.upload();
                for (int iteration = 2; iteration <= 5; iteration++) {
                    session.submit(withIteration(scene.step(), iteration), loss -> losses.add(loss.total()));
                    if (run == 0) {
                        session.await();
                        assertEquals(iteration - 1, losses.size());
                    }
                }
                session.await();
                session.download();
            }
            losses.forEach(loss -> assertTrue(loss > 0, losses.toString()));
            assertEquals(4, losses.size());
            results[run] = scene.gaussians().parameters().values();
        }
        assertArrayEquals(results[0], results[1]);
    }

    @Test
    void blendsThePicturesBetweenSlicesAsTheHostDoes() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        assertTrue(engine.blendsPictures());
        int width = 61;
        int height = 43;
        float[] stack = new float[5 * width * height];
        for (int i = 0; i < stack.length; i++) {
            int slice = i / (width * height);
            int column = i % width;
            stack[i] = 0.5f + 0.4f * (float) Math.sin(0.3 * (column - 2 * slice) + 0.2 * (i / width % height));
        }
        KeptSlices slices = new KeptSlices(stack, new double[] {0, 1, 2, 3.5, 4}, height, width, 1, 1);
        for (Interpolation way : List.of(Interpolation.MOTION, Interpolation.SPLINE, Interpolation.CUBIC)) {
            SlicePredictor predictor = way.ofImage(slices, 1);
            double[][] losses = new double[2][];
            for (int run = 0; run < 2; run++) {
                Scene scene = Scenes.build(SCENE);
                List<View> views = new ArrayList<>();
                View.PixelCost cost = new View.PixelCost(1f, 1f, 0.5f);
                views.add(new View(0.4f, Target.slice(stack, 2, width * height), null, cost, View.PixelCost.NONE, true));
                for (int slice : new int[] {0, 2, 3}) {
                    float[] picture = new float[width * height];
                    predictor.predict(slice, 0.3, picture);
                    Target target = run == 0 ? Target.of(picture)
                            : Target.blend(predictor.stack(), predictor.describe(slice, 0.3));
                    // The mask's picture comes from the host, beside those that the device makes.
                    float[] mask = new float[width * height];
                    java.util.Arrays.fill(mask, 0.2f * slice);
                    views.add(new View(0.5f, target, Target.of(mask), cost, new View.PixelCost(1f, 2f, 0f), false));
                }
                Step given = scene.step();
                try (var session = engine.train(scene.gaussians(), moments(scene.gaussians()))) {
                    StepLosses loss = session.step(new Step(1, views, given.rates(), given.adam(), given.spreadPenalty(),
                            false, true));
                    losses[run] = new double[] {loss.total(), loss.between(), loss.image()};
                }
            }
            assertArrayEquals(losses[0], losses[1], 1e-5, way.name());
            assertTrue(losses[0][1] > 0.1, way.name());
        }
    }

    @Test
    void aStepWithoutSimilarityAndBoundsLaunchesLessAndTakesTheSameGradient() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        Scene expected = Scenes.build(SCENE);
        Scene actual = Scenes.build(SCENE);
        View.PixelCost cost = new View.PixelCost(0.5f, 3f, 0f);
        List<View> views = expected.step().views().stream()
                .map(v -> new View(v.time(), v.image(), v.mask(), cost, cost, v.counted())).toList();
        Step step = new Step(1, views, expected.step().rates(), new Step.Adam(0.9f, 0.999f, 1e-3f),
                Step.SpreadPenalty.NONE, false, true);
        try (engine;
                ReferenceEngine reference = new ReferenceEngine();
                var oracle = reference.train(expected.gaussians(), moments(expected.gaussians()));
                var session = (TornadoSession) engine.train(actual.gaussians(), moments(actual.gaussians()))) {
            assertEquals(oracle.step(step).total(), session.step(step).total(), 1e-4);
            assertFalse(session.launches().containsKey("moments"));
            assertFalse(session.launches().containsKey("violations"));
            session.download();
            for (int g = 0; g < expected.gaussians().count(); g++) {
                assertEquals(expected.gaussians().get(Layout.IMAGE_INTENSITY, g),
                        actual.gaussians().get(Layout.IMAGE_INTENSITY, g), 1e-3f);
            }
        }
    }

    @Test
    void sharpensAsThePlainLoopsDo() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        float[][] results = new float[2][];
        try (engine; ReferenceEngine reference = new ReferenceEngine()) {
            for (int run = 0; run < 2; run++) {
                FoldedGaussians gaussians = Scenes.build(SCENE).gaussians();
                for (int g = 0; g < gaussians.count(); g++) {
                    for (int row : new int[] {Layout.X, Layout.Z}) {
                        gaussians.set(row, g, Math.clamp(gaussians.get(row, g), -0.2f, 0.2f));
                    }
                }
                int pixels = gaussians.form().width() * gaussians.form().height();
                float[] wanted = new float[2 * pixels];
                for (int p = 0; p < wanted.length; p++) {
                    wanted[p] = p % 7 / 7f;
                }
                try (ModelRenderer renderer = (run == 0 ? reference : engine).renderer(gaussians)) {
                    renderer.sharpen(0.3f, 10, 200, 3, pixels, wanted, wanted);
                    renderer.sharpen(0.6f, 200, 300, 2, 0, null, wanted);
                    renderer.render(0.6f, new float[pixels], null);
                }
                results[run] = gaussians.parameters().values();
            }
        }
        assertArrayEquals(results[0], results[1], 1e-3f);
    }

    @Test
    void makesRoomWhenTheSplatsGrow() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        Scene expected = Scenes.build(SCENE);
        Scene actual = Scenes.build(SCENE);
        try (engine;
                ReferenceEngine reference = new ReferenceEngine();
                var oracle = reference.train(expected.gaussians(), moments(expected.gaussians()));
                var session = engine.train(actual.gaussians(), moments(actual.gaussians()))) {
            for (int iteration = 1; iteration <= 3; iteration++) {
                Step step = withIteration(expected.step(), iteration);
                double loss = oracle.step(step).total();
                assertEquals(loss, session.step(step).total(), 2e-3 * loss);
                session.download();
                enlarge(expected.gaussians());
                enlarge(actual.gaussians());
                session.upload();
            }
        }
    }

    /** From a thousandth of a pixel to three pixels, and to three hundred. */
    private static void enlarge(FoldedGaussians gaussians) {
        for (int g = 0; g < gaussians.count(); g++) {
            for (int row : new int[] {Layout.LOG_SCALE_X, Layout.LOG_SCALE_Z}) {
                boolean tiny = gaussians.get(row, g) < Math.log(0.1 / gaussians.form().pixelsPerUnit());
                gaussians.set(row, g, gaussians.get(row, g) + (float) Math.log(tiny ? 3e3 : 1e2));
            }
        }
    }

    @Test
    void theSameStepsGiveTheSameBits() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        float[][] results = new float[2][];
        for (int run = 0; run < 2; run++) {
            Scene scene = Scenes.build("stacked");
            try (var session = engine.train(scene.gaussians(), moments(scene.gaussians()))) {
                session.step(scene.step());
                session.step(withIteration(scene.step(), 2));
                session.download();
            }
            results[run] = scene.gaussians().parameters().values();
        }
        assertArrayEquals(results[0], results[1]);
    }

    @Test
    void theSessionsOwnGradientIsTheReferences() {
        try (TornadoEngine engine = Launcher.openEngineOrSkip()) {
            EngineParity.assertSameGradient(engine, SCENE, new Tolerance(1e-4f, 1e-4, 1e-3, 1e-3));
        }
    }

    /** As a cohort does: each thread with an engine of its own, building plans while others execute theirs. */
    @Test
    void threadsTakeTurnsAndGetTheirOwnBits() throws Exception {
        Launcher.openEngineOrSkip().close();
        List<Future<float[]>> together = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 4; n++) {
                together.add(pool.submit(TornadoEngineTest::trained));
            }
        }
        float[] alone = trained();
        for (Future<float[]> one : together) {
            assertArrayEquals(alone, one.get());
        }
    }

    private static float[] trained() {
        Scene scene = Scenes.build(SCENE);
        try (TornadoEngine engine = new TornadoEngine(null);
                TrainingSession session = engine.train(scene.gaussians(), moments(scene.gaussians()))) {
            for (int iteration = 1; iteration <= 3; iteration++) {
                session.step(withIteration(scene.step(), iteration));
            }
            session.download();
            float[] image = new float[scene.gaussians().form().width() * scene.gaussians().form().height()];
            engine.render(scene.gaussians(), 0, image, null);
        }
        return scene.gaussians().parameters().values();
    }

    @Test
    void whatCannotBeRecordedIsLaunched() {
        Device device = Launcher.openEngineOrSkip().device();
        float[][] results = new float[2][];
        for (int run = 0; run < 2; run++) {
            Scene scene = Scenes.build(SCENE);
            try (TornadoSession session =
                    new TornadoSession(device, scene.gaussians(), moments(scene.gaussians()), run == 1)) {
                for (int iteration = 1; iteration <= 3; iteration++) {
                    session.step(withIteration(scene.step(), iteration));
                }
                session.download();
            }
            results[run] = scene.gaussians().parameters().values();
        }
        assertArrayEquals(results[0], results[1]);
    }

    @Test
    void everyKernelRunsOnTheDevice() {
        TornadoEngine engine = Launcher.openEngineOrSkip();
        Scene scene = Scenes.build(SCENE);
        try (TornadoSession session =
                (TornadoSession) engine.train(scene.gaussians(), moments(scene.gaussians()))) {
            session.step(scene.step());
            session.profile();
            // Where steps were recorded a plan is made anew, and its first step takes up what stays.
            session.step(scene.step());
            session.step(scene.step());
            List<KernelTime> times = session.times().kernels();
            // The step's pictures and floats, and TornadoVM's own 24 bytes with each launch. Of some backends the profiler
            // counts an array twice.
            long pictures = 4L * scene.gaussians().form().width() * scene.gaussians().form().height()
                    * TargetStacks.none().with(scene.step()).pictures();
            long up = session.times().bytesUp();
            assertTrue(up > pictures && up < 2 * pictures + 24L * times.size() + 1616, up + " bytes up");
            assertEquals(0, session.times().bytesDown());
            assertTrue(session.times().entries() > 0);
            List<String> names = KernelCatalogue.STEP.stream().map(KernelCatalogue.Kernel::name).skip(1).toList();
            assertEquals(names, times.stream().map(time -> time.kernel().substring("step.".length())).toList());
            for (KernelTime time : times) {
                assertTrue(time.nanoseconds() > 0, time.toString());
                assertEquals(engine.device().id(), time.device(), time.toString());
            }
        }
    }

    @Test
    void aStepThatDoesNotFitChangesNothingAndSaysSo() {
        Device device = Launcher.openEngineOrSkip().device();
        Scene scene = Scenes.build("huge");
        FoldedGaussians gaussians = scene.gaussians();
        AdamMoments moments = moments(gaussians);
        float[] before = gaussians.parameters().values().clone();
        TrainingState state =
                TrainingState.of(gaussians, moments, new io.github.medgs.engine.DensityStatistics(gaussians.capacity()));
        TargetStacks stacks = TargetStacks.none().with(scene.step());
        try (StepPlan plan = new StepPlan(device, new Shape(gaussians.form(), gaussians.capacity(), 4, 100), stacks,
                state, false, null)) {
            plan.upload(gaussians.count());
            plan.execute(scene.step(), 0);
            plan.execute(scene.step(), 1);
            plan.downloadLog();
            assertTrue(plan.isOverflowed(0));
            plan.downloadModel();
            assertArrayEquals(before, gaussians.parameters().values());
        }
    }
}
