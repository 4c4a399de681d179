package io.github.medgs.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Step;
import io.github.medgs.engine.Target;
import io.github.medgs.engine.View;
import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parameter class of every form against central differences in double precision.
 *
 * <p>The scenes hold overlapping, culled and clamped Gaussians. Each class is compared as a whole, by the norm of the
 * difference over the norm: a relative 1e-4.
 */
class GradientTest {

    private static final int COUNT = 24;
    private static final double TOLERANCE = 1e-4;

    /** Worked out once for each form: mutation testing asks for them for every fault. */
    private static final Map<ModelForm, Expected> EXPECTED = new ConcurrentHashMap<>();

    /** @param gradient row by row, Gaussian by Gaussian, by central differences */
    private record Expected(double loss, double[][] gradient) {}

    static Stream<ModelForm> forms() {
        List<ModelForm> forms = new ArrayList<>();
        for (Compositing compositing : Compositing.values()) {
            for (TemporalWindow window : TemporalWindow.values()) {
                TimeAxis axis = window == TemporalWindow.HAT ? TimeAxis.SLICES : TimeAxis.PHYSICAL;
                forms.add(new ModelForm(19, 14, 3, 2, compositing, window, HeadOpacity.SEPARATE, axis));
                forms.add(new ModelForm(14, 17, 7, 0, compositing, window, HeadOpacity.SHARED, axis));
            }
        }
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void gradientsAgreeWithCentralDifferences(ModelForm form) {
        FoldedGaussians gaussians = scene(form, 7);
        Step step = step(form, 11);
        ParameterTable gradient = new ParameterTable(form.rows(), gaussians.capacity());
        double loss;
        try (ReferenceSession session =
                new ReferenceSession(gaussians, new AdamMoments(form.rows(), gaussians.capacity()))) {
            loss = session.gradient(step, gradient).total();
        }
        Expected expected = EXPECTED.computeIfAbsent(form, key -> expected(key, gaussians, step));
        assertEquals(expected.loss(), loss, 2e-6 * expected.loss(), "loss");
        for (int row = 0; row < form.rows(); row++) {
            double difference = 0;
            double norm = 0;
            for (int g = 0; g < COUNT; g++) {
                double numeric = expected.gradient()[row][g];
                difference += Math.pow(gradient.get(row, g) - numeric, 2);
                norm += numeric * numeric;
            }
            boolean frozen = row == Layout.TIME && form.timeAxis() == TimeAxis.SLICES
                    || row == Layout.MASK_OPACITY && form.headOpacity() == HeadOpacity.SHARED;
            if (frozen) {
                for (int g = 0; g < COUNT; g++) {
                    assertEquals(0f, gradient.get(row, g), "frozen row " + row);
                }
                continue;
            }
            assertTrue(norm > 1e-16 || row == Layout.SPREAD, "row " + row + " has no gradient to test");
            assertTrue(Math.sqrt(difference) <= TOLERANCE * Math.sqrt(norm) + 1e-9,
                    form + " row " + row + ": off by " + Math.sqrt(difference) + " of " + Math.sqrt(norm));
        }
    }

    private static Expected expected(ModelForm form, FoldedGaussians gaussians, Step step) {
        DoubleOracle oracle = new DoubleOracle(form, COUNT);
        double[][] parameters = new double[form.rows()][COUNT];
        for (int row = 0; row < form.rows(); row++) {
            for (int g = 0; g < COUNT; g++) {
                parameters[row][g] = gaussians.get(row, g);
            }
        }
        double[][] gradient = new double[form.rows()][COUNT];
        for (int row = 0; row < form.rows(); row++) {
            for (int g = 0; g < COUNT; g++) {
                gradient[row][g] = centralDifference(oracle, parameters, row, g, step);
            }
        }
        return new Expected(oracle.loss(parameters, step), gradient);
    }

    private static double centralDifference(DoubleOracle oracle, double[][] p, int row, int g, Step step) {
        double h = 2e-6;
        double at = p[row][g];
        p[row][g] = at + h;
        double above = oracle.loss(p, step);
        p[row][g] = at - h;
        double below = oracle.loss(p, step);
        p[row][g] = at;
        return (above - below) / (2 * h);
    }

    /** Random Gaussians; number 3 culled in time, 5 clamped at 0.99, 8 nearly opaque over others, 9 off the slice. */
    private static FoldedGaussians scene(ModelForm form, long seed) {
        Random random = new Random(seed);
        FoldedGaussians gaussians = new FoldedGaussians(form, COUNT + 5);
        gaussians.setCount(COUNT);
        boolean anchored = form.timeAxis() == TimeAxis.SLICES;
        boolean normalised = form.compositing() == Compositing.NORMALISED;
        for (int g = 0; g < COUNT; g++) {
            gaussians.set(Layout.X, g, 0.7f * (random.nextFloat() - 0.5f));
            gaussians.set(Layout.Z, g, 0.6f * (random.nextFloat() - 0.5f));
            gaussians.set(Layout.LOG_SCALE_X, g, -2.6f + 0.8f * random.nextFloat());
            gaussians.set(Layout.LOG_SCALE_Z, g, -2.6f + 0.8f * random.nextFloat());
            gaussians.set(Layout.ANGLE, g, 3f * (random.nextFloat() - 0.5f));
            gaussians.set(Layout.TIME, g, anchored ? random.nextInt(2) : 2f * random.nextFloat() - 1f);
            gaussians.set(Layout.SPREAD, g, (float) Math.log(0.15 + 1.0 * random.nextFloat()));
            gaussians.set(Layout.IMAGE_OPACITY, g, normalised ? random.nextFloat() - 0.5f : 2f * random.nextFloat() - 2f);
            gaussians.set(Layout.MASK_OPACITY, g, normalised ? random.nextFloat() - 0.5f : 2f * random.nextFloat() - 2f);
            for (int row = Layout.IMAGE_INTENSITY; row < form.motionRow(); row++) {
                gaussians.set(row, g, 5f * (random.nextFloat() - 0.5f));
            }
            for (int row = form.motionRow(); row < form.rows(); row++) {
                gaussians.set(row, g, 0.2f * (random.nextFloat() - 0.5f));
            }
        }
        gaussians.set(Layout.TIME, 3, anchored ? 7f : 6f);
        gaussians.set(Layout.SPREAD, 3, -3f);
        gaussians.set(Layout.IMAGE_OPACITY, 5, normalised ? 2f : 9f);
        gaussians.set(Layout.IMAGE_OPACITY, 8, normalised ? 2f : 4f);
        gaussians.set(Layout.X, 9, 3f);
        return gaussians;
    }

    private static Step step(ModelForm form, long seed) {
        Random random = new Random(seed);
        int pixels = form.width() * form.height();
        float[] stack = new float[6 * pixels];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = random.nextFloat();
        }
        PixelCost full = new PixelCost(1.1f, 0.7f, 0.4f);
        PixelCost plain = new PixelCost(0.6f, 0.3f, 0f);
        List<View> views = List.of(
                new View(0.31f, Target.slice(stack, 0, pixels), Target.slice(stack, 1, pixels), full, plain, true),
                new View(0.5f, Target.slice(stack, 2, pixels), null, full, PixelCost.NONE, true),
                new View(0.6f, null, Target.slice(stack, 3, pixels), PixelCost.NONE, plain, true),
                new View(0.42f, Target.slice(stack, 4, pixels), Target.slice(stack, 5, pixels), plain, plain, false));
        return new Step(1, views, new float[form.rows()], new Step.Adam(0.9f, 0.999f, 1e-15f),
                new Step.SpreadPenalty(0.3f, 1f, 0.25f), false, false);
    }
}
