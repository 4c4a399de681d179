package io.github.medgs.training;

import io.github.medgs.engine.Engine;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TrainedModel;

/**
 * Intensities that already show their slice.
 *
 * <p>On its own slice an anchored Gaussian has u = 0: no motion, and the pixels are linear in the intensities. What
 * pixels alone would give is blurred by the Gaussians' width; adding back, round by round, what is missing where each
 * one stands (Van Cittert 1931) undoes that in a few drawings of each slice, where gradient steps would take hundreds.
 */
final class IntensityStart {

    private final Engine engine;
    private final TrainedModel model;
    private final TrainingData data;
    private final Heads heads;

    IntensityStart(Engine engine, TrainedModel model, TrainingData data, Heads heads) {
        this.engine = engine;
        this.model = model;
        this.data = data;
        this.heads = heads;
    }

    /** Corrects the constant intensity of every Gaussian, in place. */
    void sharpen(int rounds) {
        FoldedGaussians gaussians = model.gaussians();
        int pixels = data.pixels();
        float[] image = heads.hasImage() ? new float[pixels] : null;
        float[] mask = heads.hasMask() ? new float[pixels] : null;
        int from = 0;
        for (int slice = 0; slice < data.stack().count(); slice++) {
            int to = from;
            while (to < gaussians.count() && gaussians.get(Layout.TIME, to) == slice) {
                to++;
            }
            for (int round = 0; round < rounds; round++) {
                engine.render(gaussians, model.timeScale().ofSlice(slice), image, mask);
                correct(image, data.stack().values(), slice, from, to, gaussians.form().imageIntensityRow());
                correct(mask, data.mask(), slice, from, to, gaussians.form().maskIntensityRow());
            }
            from = to;
        }
    }

    private void correct(float[] drawn, float[] stack, int slice, int from, int to, int row) {
        if (drawn == null) {
            return;
        }
        FoldedGaussians gaussians = model.gaussians();
        ModelForm form = gaussians.form();
        float f = form.pixelsPerUnit();
        int base = slice * data.pixels();
        for (int g = from; g < to; g++) {
            int column = Math.round(f * gaussians.get(Layout.X, g) + 0.5f * (form.width() - 1));
            int line = Math.round(-f * gaussians.get(Layout.Z, g) + 0.5f * (form.height() - 1));
            int p = line * form.width() + column;
            float missing = stack[base + p] - drawn[p];
            gaussians.set(row, g, gaussians.get(row, g) + missing / Folding.C0);
        }
    }
}
