package io.github.medgs.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.EngineParity;
import io.github.medgs.engine.EngineParity.Tolerance;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.engine.Scenes;
import io.github.medgs.engine.Scenes.Scene;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.StepLosses;
import io.github.medgs.engine.TrainingSession;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ParameterTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorEngineTest {

    /** Pixels have the reference's bits; gradients differ by the order of their sums. */
    private static final Tolerance TOLERANCE = new Tolerance(0f, 1e-8, 1e-4, 1e-5);

    private static VectorEngine engine;

    @BeforeAll
    static void open() {
        engine = new VectorEngine(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void closedItRefusesToDraw() {
        FoldedGaussians gaussians = Scenes.build("many bands").gaussians();
        VectorEngine closed = new VectorEngine(2);
        closed.close();
        closed.close();
        float[] image = new float[gaussians.form().height() * gaussians.form().width()];
        assertEquals("the engine is closed", assertThrows(IllegalStateException.class,
                () -> closed.render(gaussians, 0, image, null)).getMessage());
    }

    static Stream<String> scenes() {
        return Scenes.names().stream();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void drawsTheReferencesBits(String scene) {
        EngineParity.assertSamePixels(engine, scene, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void hasTheReferencesGradient(String scene) {
        EngineParity.assertSameGradient(engine, scene, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void stepsAsTheReference(String scene) {
        EngineParity.assertSameStep(engine, scene, false, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void movesTheDrawnOnlyAsTheReference(String scene) {
        EngineParity.assertSameStep(engine, scene, true, TOLERANCE);
    }

    /** Intensities alone are folded between rounds; that has to be what drawing the slice from the start each time is. */
    @ParameterizedTest
    @MethodSource("scenes")
    void sharpensTheBitsThatDrawingAnewDoes(String scene) {
        float[] anew = sharpened(scene, ModelRenderer::plain);
        float[] kept = sharpened(scene, Engine::renderer);
        assertArrayEquals(anew, kept);
        assertEquals(List.of("empty", "one Gaussian", "all beside the slice").contains(scene),
                Arrays.equals(Scenes.build(scene).gaussians().parameters().values(), kept));
    }

    private static float[] sharpened(String scene, BiFunction<Engine, FoldedGaussians, ModelRenderer> renderers) {
        FoldedGaussians gaussians = Scenes.build(scene).gaussians();
        int count = gaussians.count();
        int pixels = gaussians.form().width() * gaussians.form().height();
        float[] wanted = new float[2 * pixels];
        for (int p = 0; p < wanted.length; p++) {
            wanted[p] = p % 7 / 7f;
        }
        float[] slice = new float[pixels];
        try (ModelRenderer renderer = renderers.apply(engine, gaussians)) {
            renderer.sharpen(0.3f, 0, count / 2, 3, pixels, wanted, wanted);
            renderer.sharpen(0.6f, count / 2, count, 2, 0, wanted, null);
            renderer.render(0.5f, slice, null);
            renderer.sharpen(0.5f, 0, count, 2, 0, null, wanted);
        }
        return gaussians.parameters().values();
    }

    /** Run in a Java of its own, whose vectors hold four floats: what the above holds, on four lanes. */
    static final class OnFourLanes {
        private OnFourLanes() {}

        public static void main(String[] arguments) {
            try (VectorEngine ofFour = new VectorEngine(2)) {
                System.out.println(ofFour.description());
                for (String scene : Scenes.names()) {
                    EngineParity.assertSamePixels(ofFour, scene, TOLERANCE);
                    EngineParity.assertSameGradient(ofFour, scene, TOLERANCE);
                }
                EngineParity.assertSameStep(ofFour, "many bands", true, TOLERANCE);
            }
        }
    }

    @Test
    void doesTheSameOnFourLanes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16", "-cp",
                System.getProperty("java.class.path"), OnFourLanes.class.getName()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("2 threads of 4 lanes"), output);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void bitsDoNotDependOnThreads(int threads) {
        for (String name : List.of("many bands", "needles, normalised", "stacked")) {
            Scene one = trained(name, 1);
            Scene many = trained(name, threads);
            assertArrayEquals(one.gaussians().parameters().values(), many.gaussians().parameters().values(), name);
        }
    }

    private static Scene trained(String name, int threads) {
        Scene scene = Scenes.build(name);
        AdamMoments moments = new AdamMoments(scene.gaussians().form().rows(), scene.gaussians().capacity());
        try (VectorEngine ofThreads = new VectorEngine(threads);
                TrainingSession session = ofThreads.train(scene.gaussians(), moments)) {
            for (int i = 1; i <= 5; i++) {
                Step step = scene.step();
                session.step(new Step(i, step.views(), step.rates(), step.adam(), step.spreadPenalty(), false, true));
            }
        }
        return scene;
    }

    /** Wide splats are drawn row by row, narrow ones by two rows side by side: into the same arrays. */
    @ParameterizedTest
    @MethodSource("scenes")
    void theGradientOfAStepKnowsNothingOfTheStepsBefore(String name) {
        Scene scene = Scenes.build(name);
        float[] parameters = scene.gaussians().parameters().values();
        float[] original = parameters.clone();
        ParameterTable alone = table(scene);
        AdamMoments moments = new AdamMoments(scene.gaussians().form().rows(), scene.gaussians().capacity());
        try (TrainingSession session = engine.train(scene.gaussians(), moments)) {
            session.gradient(scene.step(), alone);
        }
        ParameterTable after = table(scene);
        try (TrainingSession session = engine.train(scene.gaussians(), moments)) {
            // Boxes of about two pixels, and of about seven, of which a vector holds a row.
            for (double pixels : new double[] {0.25, 1.1}) {
                float scale = (float) Math.log(pixels / scene.gaussians().form().pixelsPerUnit());
                scene.gaussians().parameters().fillRow(Layout.LOG_SCALE_X, scale);
                scene.gaussians().parameters().fillRow(Layout.LOG_SCALE_Z, scale);
                session.upload();
                session.gradient(scene.step(), after);
                System.arraycopy(original, 0, parameters, 0, original.length);
                session.upload();
                session.gradient(scene.step(), after);
                assertArrayEquals(alone.values(), after.values());
            }
        }
    }

    @Test
    void followsTheCountOfTheModel() {
        Scene scene = Scenes.build("many bands");
        AdamMoments moments = new AdamMoments(scene.gaussians().form().rows(), scene.gaussians().capacity());
        try (TrainingSession session = engine.train(scene.gaussians(), moments)) {
            StepLosses all = session.gradient(scene.step(), table(scene));
            scene.gaussians().setCount(3);
            session.upload();
            session.gradient(scene.step(), table(scene));
            scene.gaussians().setCount(400);
            session.upload();
            assertEquals(all, session.gradient(scene.step(), table(scene)));
        }
    }

    /** Narrow splats are drawn in strips of two rows, wide ones in rows: what one leaves must not show in the other. */
    @ParameterizedTest
    @ValueSource(strings = {"narrow", "narrow, normalised"})
    void stripsMayChangeFromStepToStep(String name) {
        Scene scene = Scenes.build(name);
        FoldedGaussians gaussians = scene.gaussians();
        float[] before = gaussians.parameters().values().clone();
        AdamMoments moments = new AdamMoments(gaussians.form().rows(), gaussians.capacity());
        try (TrainingSession session = engine.train(gaussians, moments)) {
            ParameterTable narrow = table(scene);
            StepLosses losses = session.gradient(scene.step(), narrow);
            for (int g = 0; g < gaussians.count(); g++) {
                gaussians.set(Layout.LOG_SCALE_X, g, (float) Math.log(3 / gaussians.form().pixelsPerUnit()));
            }
            session.upload();
            session.gradient(scene.step(), table(scene));
            System.arraycopy(before, 0, gaussians.parameters().values(), 0, before.length);
            session.upload();
            ParameterTable again = table(scene);
            assertEquals(losses, session.gradient(scene.step(), again));
            assertArrayEquals(narrow.values(), again.values());
        }
    }

    private static ParameterTable table(Scene scene) {
        return new ParameterTable(
                scene.gaussians().form().rows(), scene.gaussians().capacity());
    }
}
