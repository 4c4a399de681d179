package io.github.medgs.training;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
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

    /** Corrects the constant intensity of every Gaussian, in place; of many channels that of the first. */
    void sharpen(int rounds) {
        sharpen(rounds, heads.hasImage() ? data.stack().values() : null, heads.hasMask() ? data.channels().getFirst() : null);
    }

    /** The same of the mask head alone, of the channel that stands in the model. */
    void sharpenMask(int rounds, int channel) {
        sharpen(rounds, null, data.channels().get(channel));
    }

    private int endOf(int slice, int from) {
        int to = from;
        while (to < model.gaussians().count() && model.gaussians().get(Layout.TIME, to) == slice) {
            to++;
        }
        return to;
    }

    private void sharpen(int rounds, float[] images, float[] masks) {
        FoldedGaussians gaussians = model.gaussians();
        try (ModelRenderer renderer = engine.renderer(gaussians)) {
            int from = 0;
            for (int slice = 0; slice < data.stack().count(); slice++) {
                int to = endOf(slice, from);
                renderer.sharpen(model.timeScale().ofSlice(slice), from, to, rounds, slice * data.pixels(), images, masks);
                from = to;
            }
        }
    }
}
