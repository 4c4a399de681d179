package io.github.medgs.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.Scenes.Scene;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import java.util.function.IntToDoubleFunction;

/** Holds an engine to the reference on one scene. */
public final class EngineParity {

    /**
     * How far apart two engines may be.
     *
     * @param pixel largest difference of a drawn pixel; 0 asks for the same bits
     * @param cosine one minus the least cosine between the gradients of a parameter
     * @param relativeL2 largest norm of the gradients' difference over the norm of the reference's
     * @param signedBias largest absolute sum of differences over the sum of absolute values: errors must not lean
     */
    public record Tolerance(float pixel, double cosine, double relativeL2, double signedBias) {}

    private EngineParity() {}

    /** Both heads, and each alone, at the times of the scene's views. */
    public static void assertSamePixels(Engine engine, String sceneName, Tolerance tolerance) {
        Scene scene = Scenes.build(sceneName);
        int pixels = scene.gaussians().form().width() * scene.gaussians().form().height();
        try (Engine reference = new ReferenceEngine()) {
            for (View view : scene.step().views()) {
                float[][] expected = {new float[pixels], new float[pixels]};
                float[][] actual = {new float[pixels], new float[pixels]};
                reference.render(scene.gaussians(), view.time(), expected[0], expected[1]);
                engine.render(scene.gaussians(), view.time(), actual[0], actual[1]);
                assertPixels(expected[0], actual[0], tolerance.pixel());
                assertPixels(expected[1], actual[1], tolerance.pixel());
                float[] alone = new float[pixels];
                engine.render(scene.gaussians(), view.time(), alone, null);
                assertPixels(expected[0], alone, tolerance.pixel());
                engine.render(scene.gaussians(), view.time(), null, alone);
                assertPixels(expected[1], alone, tolerance.pixel());
            }
        }
    }

    private static void assertPixels(float[] expected, float[] actual, float tolerance) {
        if (tolerance == 0f) {
            assertArrayEquals(expected, actual);
        } else {
            assertArrayEquals(expected, actual, tolerance);
        }
    }

    /** Losses and the gradient by every parameter. */
    public static void assertSameGradient(Engine engine, String sceneName, Tolerance tolerance) {
        Scene scene = Scenes.build(sceneName);
        ParameterTable expected = table(scene.gaussians());
        ParameterTable actual = table(scene.gaussians());
        StepLosses expectedLosses;
        StepLosses actualLosses;
        try (Engine reference = new ReferenceEngine();
                TrainingSession oracle = reference.train(scene.gaussians(), moments(scene.gaussians()));
                TrainingSession session = engine.train(scene.gaussians(), moments(scene.gaussians()))) {
            expectedLosses = oracle.gradient(scene.step(), expected);
            actualLosses = session.gradient(scene.step(), actual);
        }
        assertLosses(expectedLosses, actualLosses, tolerance);
        double largest = 0;
        for (int row = 0; row < expected.rows(); row++) {
            largest = Math.max(largest, norm(column(expected, row), scene.gaussians().count()));
        }
        for (int row = 0; row < expected.rows(); row++) {
            assertClose(scene.gaussians().form(), row, expected, actual, scene.gaussians().count(), largest,
                    tolerance);
        }
    }

    /** One step of training: how the parameters move, the moments, and the statistics. */
    public static void assertSameStep(Engine engine, String sceneName, boolean drawnOnly, Tolerance tolerance) {
        Scene before = Scenes.build(sceneName);
        Scene expected = Scenes.build(sceneName);
        Scene actual = Scenes.build(sceneName);
        AdamMoments expectedMoments = moments(expected.gaussians());
        AdamMoments actualMoments = moments(actual.gaussians());
        DensityStatistics expectedStatistics;
        DensityStatistics actualStatistics;
        // Adam's first step is the gradient's sign, which rounding decides where the gradient is zero but for rounding;
        // with this epsilon it is nearly the gradient itself.
        Step given = expected.step();
        Step step = new Step(3, given.views(), given.rates(), new Step.Adam(0.9f, 0.999f, 0.1f),
                given.spreadPenalty(), drawnOnly, true);
        try (Engine reference = new ReferenceEngine();
                TrainingSession oracle = reference.train(expected.gaussians(), expectedMoments);
                TrainingSession session = engine.train(actual.gaussians(), actualMoments)) {
            oracle.step(step);
            session.step(step);
            session.download();
            expectedStatistics = oracle.statistics();
            actualStatistics = session.statistics();
        }
        int count = before.gaussians().count();
        int drawn = 0;
        for (int g = 0; g < count; g++) {
            drawn += expectedStatistics.visible()[g];
            assertEquals(expectedStatistics.visible()[g], actualStatistics.visible()[g], "visible, Gaussian " + g);
        }
        assertTrue(drawn <= count);
        assertClose("mean gradients", g -> expectedStatistics.meanGradient()[g],
                g -> actualStatistics.meanGradient()[g], count, 0, tolerance);
        assertClose("time gradients", g -> expectedStatistics.timeGradient()[g],
                g -> actualStatistics.timeGradient()[g], count, 1e-6, tolerance);
        for (int row = 0; row < before.gaussians().form().rows(); row++) {
            int r = row;
            // Parameters are stored in single precision: of a small move only so much is left.
            double rounding = 2e-7 * (1 + norm(g -> before.gaussians().get(r, g), count));
            assertClose("first moment of " + name(before.gaussians().form(), row),
                    g -> expectedMoments.first().get(r, g), g -> actualMoments.first().get(r, g), count, 1e-7,
                    tolerance);
            double distance = 0;
            for (int g = 0; g < count; g++) {
                double difference = expected.gaussians().get(r, g) - actual.gaussians().get(r, g);
                distance += Double.isNaN(difference) ? 0 : difference * difference;
            }
            double moved = norm(g -> expected.gaussians().get(r, g) - before.gaussians().get(r, g), count);
            assertTrue(Math.sqrt(distance) <= tolerance.relativeL2() * moved + rounding,
                    name(before.gaussians().form(), row) + " moved by " + moved + ", apart by " + Math.sqrt(distance));
        }
    }

    private static void assertLosses(StepLosses expected, StepLosses actual, Tolerance tolerance) {
        double bound = 1e-6 + tolerance.relativeL2() * Math.abs(expected.total());
        assertEquals(expected.total(), actual.total(), bound, "total");
        assertEquals(expected.image(), actual.image(), bound, "image");
        assertEquals(expected.between(), actual.between(), bound, "between");
        assertEquals(expected.mask(), actual.mask(), bound, "mask");
        assertEquals(expected.spread(), actual.spread(), bound, "spread");
        assertEquals(expected.meanSquaredError(), actual.meanSquaredError(), bound, "mean squared error");
        assertEquals(expected.maskMeanSquaredError(), actual.maskMeanSquaredError(), bound, "of the mask");
    }

    private static void assertClose(ModelForm form, int row, ParameterTable expected, ParameterTable actual, int count,
            double largest, Tolerance tolerance) {
        // A parameter whose gradients are all but zero beside the others' is zero but for rounding.
        assertClose("gradient by " + name(form, row), column(expected, row), column(actual, row), count,
                1e-6 * largest, tolerance);
    }

    private static void assertClose(String what, IntToDoubleFunction expected, IntToDoubleFunction actual, int count,
            double rounding, Tolerance tolerance) {
        double dot = 0;
        double squares = 0;
        double distance = 0;
        double bias = 0;
        double magnitude = 0;
        for (int g = 0; g < count; g++) {
            double a = expected.applyAsDouble(g);
            double b = actual.applyAsDouble(g);
            if (Double.isNaN(a) && Double.isNaN(b)) {
                continue;
            }
            dot += a * b;
            squares += a * a;
            distance += (a - b) * (a - b);
            bias += b - a;
            magnitude += Math.abs(a);
        }
        double norm = Math.sqrt(squares);
        String found = what + ": norm " + norm + ", apart by " + Math.sqrt(distance) + ", bias " + bias;
        assertTrue(Math.sqrt(distance) <= tolerance.relativeL2() * norm + rounding, found);
        assertTrue(Math.abs(bias) <= tolerance.signedBias() * magnitude + rounding * Math.sqrt(count + 1), found);
        double other = norm(actual, count);
        if (norm > 1e3 * rounding) {
            assertTrue(1 - dot / (norm * other) <= tolerance.cosine(), found + ", cosine " + dot / (norm * other));
        }
    }

    private static double norm(IntToDoubleFunction values, int count) {
        double squares = 0;
        for (int g = 0; g < count; g++) {
            double value = values.applyAsDouble(g);
            squares += Double.isFinite(value) ? value * value : 0;
        }
        return Math.sqrt(squares);
    }

    private static IntToDoubleFunction column(ParameterTable table, int row) {
        return g -> table.get(row, g);
    }

    private static ParameterTable table(FoldedGaussians gaussians) {
        return new ParameterTable(gaussians.form().rows(), gaussians.capacity());
    }

    private static AdamMoments moments(FoldedGaussians gaussians) {
        return new AdamMoments(gaussians.form().rows(), gaussians.capacity());
    }

    private static String name(ModelForm form, int row) {
        String[] names = {"X", "Z", "log scale x", "log scale z", "angle", "time", "spread", "image opacity",
            "mask opacity"};
        if (row < Layout.IMAGE_INTENSITY) {
            return names[row];
        }
        return row < form.motionRow() ? "intensity row " + row : "motion row " + row;
    }
}
