package io.github.medgs.training;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.ModelRenderer;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.TrainedModel;
import java.util.Arrays;

/**
 * Intensities that already show their slice.
 *
 * <p>On its own slice an anchored Gaussian has u = 0: no motion, and the pixels are linear in the intensities. What
 * pixels alone would give is blurred by the Gaussians' width; adding back, round by round, what is missing where each
 * one stands (Van Cittert 1931) undoes that in a few drawings of each slice, where gradient steps would take hundreds.
 */
final class IntensityStart {

    /** How much of what a pixel misses each neighbour is asked for. */
    private static final float SHARE = 0.5f;

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

    /**
     * Sharpens the mask head of a channel until every pixel of its slices lies on its side of one half, or for as many
     * rounds as are allowed. What a pixel without a Gaussian of its own misses is asked of those beside it, and more of
     * them in every round (as Bregman iteration adds the rest to what is wanted: Osher et al. 2005).
     */
    void settleMask(int rounds, int channel) {
        FoldedGaussians gaussians = model.gaussians();
        int width = gaussians.form().width();
        int height = gaussians.form().height();
        float[] mask = data.channels().get(channel);
        float[] drawn = new float[data.pixels()];
        try (ModelRenderer renderer = engine.renderer(gaussians)) {
            int from = 0;
            for (int slice = 0; slice < data.stack().count(); slice++) {
                int to = endOf(slice, from);
                float time = model.timeScale().ofSlice(slice);
                float[] wanted = Arrays.copyOfRange(mask, slice * data.pixels(), (slice + 1) * data.pixels());
                for (int round = 0; round < rounds; round++) {
                    renderer.render(time, null, drawn);
                    if (!addMissing(wanted, drawn, mask, slice * data.pixels(), width, height)) {
                        break;
                    }
                    renderer.sharpen(time, from, to, 1, 0, null, wanted);
                }
                from = to;
            }
        }
    }

    private static boolean addMissing(float[] wanted, float[] drawn, float[] mask, int offset, int width, int height) {
        boolean any = false;
        for (int p = 0; p < drawn.length; p++) {
            boolean inside = mask[offset + p] >= 0.5f;
            if (drawn[p] >= 0.5f == inside) {
                continue;
            }
            any = true;
            for (int row = Math.max(0, p / width - 1); row <= Math.min(height - 1, p / width + 1); row++) {
                for (int column = Math.max(0, p % width - 1); column <= Math.min(width - 1, p % width + 1); column++) {
                    // Beside it only what is on the same side already may be asked for more.
                    int q = row * width + column;
                    if (mask[offset + q] >= 0.5f == inside) {
                        wanted[q] += SHARE * (mask[offset + p] - drawn[p]);
                    }
                }
            }
        }
        return any;
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
