package io.github.medgs.engine;

import io.github.medgs.engine.View.PixelCost;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Models and steps by name, on which every engine is held to the reference: all forms, and the cases that break
 * rasterisers. The same name gives the same scene, anew at each call.
 */
public final class Scenes {

    /** A model and a step of training; both heads have targets in some view. */
    public record Scene(String name, FoldedGaussians gaussians, Step step) {}

    private static final Map<String, Supplier<Scene>> ALL = new LinkedHashMap<>();

    static {
        for (Compositing compositing : Compositing.values()) {
            for (TemporalWindow window : TemporalWindow.values()) {
                for (HeadOpacity heads : HeadOpacity.values()) {
                    for (TimeAxis axis : TimeAxis.values()) {
                        addForm(compositing, window, heads, axis);
                    }
                }
            }
        }
        ALL.put("empty", () -> random("empty", form(20, 20), 0, 1.5, 4));
        ALL.put("one Gaussian", () -> random("one Gaussian", form(20, 20), 1, 1.5, 1));
        ALL.put("one pixel", () -> random("one pixel", form(1, 1), 40, 1.5, 40));
        ALL.put("one row", () -> random("one row", form(50, 1), 100, 1.5, 103));
        ALL.put("one column", () -> random("one column", form(1, 50), 100, 1.5, 100));
        ALL.put("many bands", () -> random("many bands", form(19, 141), 400, 2.0, 401));
        ALL.put("width of whole vectors", () -> random("width of whole vectors", form(64, 32), 300, 1.5, 512));
        ALL.put("huge", () -> random("huge", form(61, 43), 60, 80, 60));
        ALL.put("huge, normalised", () -> random("huge, normalised", normalised(61, 43), 60, 80, 60));
        ALL.put("tiny", () -> random("tiny", form(61, 43), 2000, 1e-3, 2000));
        ALL.put("needles", () -> needles("needles", form(90, 70)));
        ALL.put("needles, normalised", () -> needles("needles, normalised", normalised(90, 70)));
        ALL.put("all culled in time", () -> change(random("all culled in time", form(30, 30), 50, 1.5, 50),
                Layout.SPREAD, -12f));
        ALL.put("all beside the slice", () -> change(random("all beside the slice", form(30, 30), 50, 1.5, 50),
                Layout.X, 3f));
        ALL.put("opacity at its highest", () -> change(random("opacity at its highest", form(40, 40), 300, 1.5, 300),
                Layout.IMAGE_OPACITY, 30f));
        ALL.put("opacity at the cut", () -> change(random("opacity at the cut", form(40, 40), 300, 1.5, 300),
                Layout.IMAGE_OPACITY, (float) Math.log(1.0 / 254)));
        ALL.put("opacity below the cut", () -> change(random("opacity below the cut", form(40, 40), 300, 1.5, 300),
                Layout.IMAGE_OPACITY, -30f));
        ALL.put("heaviest weights", () -> change(random("heaviest weights", normalised(40, 40), 300, 1.5, 300),
                Layout.IMAGE_OPACITY, 25f));
        ALL.put("lightest weights", () -> change(random("lightest weights", normalised(40, 40), 300, 1.5, 300),
                Layout.IMAGE_OPACITY, -25f));
        ALL.put("black", () -> change(random("black", form(40, 40), 300, 1.5, 300), Layout.IMAGE_INTENSITY, -4f));
        ALL.put("narrow", () -> random("narrow", form(61, 43), 3000, 0.25, 3000));
        ALL.put("narrow, normalised", () -> random("narrow, normalised", normalised(61, 43), 3000, 0.25, 3000));
        ALL.put("short windows", () -> change(random("short windows", form(61, 77), 5000, 0.7, 5003), Layout.SPREAD,
                (float) Math.log(0.02)));
        ALL.put("short windows, few seen", () -> everyTime(random("short windows, few seen",
                new ModelForm(61, 77, 2, 2, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                        TimeAxis.SLICES), 5000, 0.7, 5003), 30));
        ALL.put("stacked", Scenes::stacked);
        ALL.put("not finite", Scenes::notFinite);
    }

    private Scenes() {}

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    public static Scene build(String name) {
        return ALL.get(name).get();
    }

    private static void addForm(Compositing compositing, TemporalWindow window, HeadOpacity heads, TimeAxis axis) {
        int index = ALL.size();
        ModelForm form = new ModelForm(37, 45, index % 8, index / 3 % 4, compositing, window, heads, axis);
        String name = (compositing + ", " + window + " window, " + heads + " opacity, " + axis + " time, degrees "
                + form.motionDegree() + " and " + form.intensityDegree()).toLowerCase();
        ALL.put(name, () -> random(name, form, 400, 1.5, 411));
    }

    private static ModelForm form(int width, int height) {
        return new ModelForm(width, height, 3, 1, Compositing.ALPHA, TemporalWindow.SCALES, HeadOpacity.SEPARATE,
                TimeAxis.PHYSICAL);
    }

    private static ModelForm normalised(int width, int height) {
        return new ModelForm(width, height, 2, 2, Compositing.NORMALISED, TemporalWindow.OPACITY,
                HeadOpacity.SEPARATE, TimeAxis.PHYSICAL);
    }

    /** Gaussians all over the slice and beyond its edges, of about {@code pixels} pixels, and a step of mixed views. */
    private static Scene random(String name, ModelForm form, int count, double pixels, int capacity) {
        Random random = new Random(name.hashCode());
        boolean slices = form.timeAxis() == TimeAxis.SLICES;
        FoldedGaussians gaussians = new FoldedGaussians(form, capacity);
        gaussians.setCount(count);
        for (int g = 0; g < count; g++) {
            gaussians.set(Layout.X, g, form.worldX(random.nextDouble(-0.1, 1.1) * form.width()));
            gaussians.set(Layout.Z, g, form.worldZ(random.nextDouble(-0.1, 1.1) * form.height()));
            for (int row : new int[] {Layout.LOG_SCALE_X, Layout.LOG_SCALE_Z}) {
                double size = pixels * Math.exp(0.4 * random.nextGaussian()) / form.pixelsPerUnit();
                gaussians.set(row, g, (float) Math.log(size));
            }
            gaussians.set(Layout.ANGLE, g, (float) random.nextGaussian(0, 2));
            gaussians.set(Layout.TIME, g, slices ? random.nextInt(3) : (float) random.nextGaussian());
            gaussians.set(Layout.SPREAD, g, (float) Math.log(random.nextDouble(0.01, 1) * (slices ? 2 : 1)));
            boolean alpha = form.compositing() == Compositing.ALPHA;
            gaussians.set(Layout.IMAGE_OPACITY, g, (float) random.nextGaussian(alpha ? -1.5 : 0, 1.5));
            gaussians.set(Layout.MASK_OPACITY, g, (float) random.nextGaussian(alpha ? -1.5 : 0, 1.5));
            for (int row = Layout.IMAGE_INTENSITY; row < form.motionRow(); row++) {
                gaussians.set(row, g, (float) random.nextGaussian(0, 1));
            }
            for (int row = form.motionRow(); row < form.rows(); row++) {
                gaussians.set(row, g, (float) random.nextGaussian(0, 0.03));
            }
        }
        return new Scene(name, gaussians, step(form, random));
    }

    /** A joint view, one of each head alone, a view between slices: each at its own time and cost. */
    private static Step step(ModelForm form, Random random) {
        int pixels = form.width() * form.height();
        float[] image = smooth(form, random);
        float[] mask = new float[2 * pixels];
        for (int p = 0; p < pixels; p++) {
            mask[pixels + p] = image[p] > 0.5f ? 1f : 0f;
        }
        float last = form.timeAxis() == TimeAxis.SLICES ? 2f : 1f;
        List<View> views = new ArrayList<>();
        views.add(new View(0.5f * last, Target.of(image), Target.slice(mask, 1, pixels),
                new PixelCost(2f, 0f, 0.25f), new PixelCost(2f, 0f, 0f), true));
        views.add(new View(0.3f * last, Target.of(smooth(form, random)), null, new PixelCost(0.5f, 3f, 0f),
                PixelCost.NONE, false));
        views.add(new View(last, null, Target.slice(mask, 1, pixels), PixelCost.NONE, new PixelCost(0f, 2f, 0f),
                true));
        views.add(new View(0.6f * last, Target.of(smooth(form, random)), Target.slice(mask, 1, pixels),
                new PixelCost(0f, 10f, 0.1f), new PixelCost(1f, 1f, 0.1f), false));
        float[] rates = new float[form.rows()];
        Arrays.fill(rates, 1e-3f);
        return new Step(1, views, rates, new Step.Adam(0.9f, 0.999f, 1e-15f),
                new Step.SpreadPenalty(0.2f, 0.7f, 0.75f), false, true);
    }

    /** A picture of a few waves, in [0, 1]. */
    private static float[] smooth(ModelForm form, Random random) {
        float[] out = new float[form.width() * form.height()];
        double across = random.nextDouble(0.1, 0.5);
        double down = random.nextDouble(0.1, 0.5);
        double phase = random.nextDouble(0, 6);
        for (int p = 0; p < out.length; p++) {
            double wave = Math.sin(across * (p % form.width()) + phase) * Math.cos(down * (p / form.width()));
            out[p] = (float) (0.5 + 0.5 * wave);
        }
        return out;
    }

    private static Scene change(Scene scene, int row, float value) {
        for (int g = 0; g < scene.gaussians().count(); g++) {
            scene.gaussians().set(row, g, value);
            if (row == Layout.IMAGE_OPACITY) {
                scene.gaussians().set(Layout.MASK_OPACITY, g, value);
            }
        }
        return scene;
    }

    /** Gaussian after Gaussian on another slice, of which the step's views see the first few. */
    private static Scene everyTime(Scene scene, int slices) {
        for (int g = 0; g < scene.gaussians().count(); g++) {
            scene.gaussians().set(Layout.TIME, g, g % slices);
        }
        return scene;
    }

    /** A hundred times longer than wide, at all angles. */
    private static Scene needles(String name, ModelForm form) {
        Scene scene = random(name, form, 150, 0.3, 150);
        for (int g = 0; g < 150; g++) {
            scene.gaussians().set(Layout.LOG_SCALE_X, g, (float) Math.log(30 / form.pixelsPerUnit()));
        }
        return scene;
    }

    /** Two thousand opaque Gaussians on one spot: all but the first few are hidden. */
    private static Scene stacked() {
        Scene scene = random("stacked", form(40, 40), 2000, 3, 2000);
        change(scene, Layout.X, 0.01f);
        change(scene, Layout.Z, -0.02f);
        return change(scene, Layout.IMAGE_OPACITY, 2f);
    }

    /** Some Gaussians with NaN, infinite or overflowing parameters, which must neither show nor spread. */
    private static Scene notFinite() {
        Scene scene = random("not finite", form(40, 40), 300, 1.5, 300);
        for (int g = 0; g < 300; g += 10) {
            scene.gaussians().set(Layout.X, g, Float.NaN);
            scene.gaussians().set(Layout.Z, g + 1, Float.POSITIVE_INFINITY);
            scene.gaussians().set(Layout.LOG_SCALE_X, g + 2, 60f);
            scene.gaussians().set(Layout.LOG_SCALE_Z, g + 3, Float.NaN);
            scene.gaussians().set(Layout.TIME, g + 4, Float.NaN);
        }
        return scene;
    }
}
