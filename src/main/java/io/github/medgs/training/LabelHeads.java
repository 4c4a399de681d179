package io.github.medgs.training;

import io.github.medgs.engine.AdamMoments;
import io.github.medgs.engine.Engine;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.kernel.Folding;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import java.util.List;

/**
 * The mask heads of a training with several channels, and their moments: all of them change places together.
 *
 * @param model whose heads these are
 * @param first of Adam's moments; {@code second} likewise
 */
record LabelHeads(TrainedModel model, AdamMoments moments, MaskHeads first, MaskHeads second) {

    /** Half way to the neighbouring slice, where a start's polynomial meets its target. */
    private static final float HALF = 0.5f;

    /** New ones: zero. */
    static LabelHeads of(TrainedModel model, AdamMoments moments) {
        ModelForm form = model.gaussians().form();
        int channels = model.heads().channels();
        int capacity = model.gaussians().capacity();
        return new LabelHeads(model, moments, new MaskHeads(form, channels, capacity),
                new MaskHeads(form, channels, capacity));
    }

    /** The channel that stands in the model. */
    int standing() {
        return model.heads().standing();
    }

    /** Puts a channel into the model, and its moments beside it. */
    void stand(int channel) {
        model.heads().stand(channel, model.gaussians().parameters());
        first.stand(channel, moments.first());
        second.stand(channel, moments.second());
    }

    /** The start of every channel: intensities that show the slices, and half way to the next the targets there. */
    void start(Engine engine, TrainingData data, Heads heads, List<SlicePredictor> between, int rounds) {
        IntensityStart start = new IntensityStart(engine, model, data, heads);
        for (int channel = data.channels().size() - 1; channel >= 0; channel--) {
            stand(channel);
            if (channel > 0) {
                intensities(data.channels().get(channel), data.pixels());
                start.sharpenMask(rounds, channel);
            }
            if (!between.isEmpty()) {
                slopes(data.channels().get(channel), between.get(channel));
            }
        }
    }

    /** Every channel begins as the one that stands: for starts that do not look at the mask. */
    void fill() {
        for (int channel = 1; channel < model.heads().channels(); channel++) {
            model.heads().copyStanding(channel, model.gaussians().parameters());
        }
    }

    private void intensities(float[] mask, int pixels) {
        FoldedGaussians gaussians = model.gaussians();
        for (int g = 0; g < gaussians.count(); g++) {
            float inside = mask[(int) gaussians.get(Layout.TIME, g) * pixels + pixel(g, 0)];
            gaussians.set(gaussians.form().maskIntensityRow(), g, Raw.intensity(inside));
        }
    }

    // A quadratic through the slice's own value and the targets half way to both neighbours, where motion leads there.
    private void slopes(float[] mask, SlicePredictor between) {
        FoldedGaussians gaussians = model.gaussians();
        ModelForm form = gaussians.form();
        if (form.timeAxis() != TimeAxis.SLICES || form.intensityDegree() < 2) {
            return;
        }
        int pixels = form.width() * form.height();
        int slices = mask.length / pixels;
        float[] before = null;
        int from = 0;
        for (int slice = 0; slice < slices; slice++) {
            float[] after = slice + 1 < slices ? new float[pixels] : null;
            if (after != null) {
                between.predict(slice, HALF, after);
            }
            for (; from < gaussians.count() && gaussians.get(Layout.TIME, from) == slice; from++) {
                // The offset u is the Gaussian's time less that of the place.
                float own = mask[slice * pixels + pixel(from, 0)];
                float behind = after == null ? Float.NaN : after[pixel(from, -HALF)] - own;
                float ahead = before == null ? Float.NaN : before[pixel(from, HALF)] - own;
                float slope = Float.isNaN(behind) ? 2 * ahead : Float.isNaN(ahead) ? -2 * behind : ahead - behind;
                float bend = Float.isNaN(behind) || Float.isNaN(ahead) ? 0 : 2 * (ahead + behind);
                gaussians.set(form.maskIntensityRow() + 1, from, Float.isNaN(slope) ? 0 : slope / Folding.C0);
                gaussians.set(form.maskIntensityRow() + 2, from, bend / Folding.C0);
            }
            before = after;
        }
    }

    // The pixel that a Gaussian's mean lies in at an offset in time, held to the slice.
    private int pixel(int g, float u) {
        FoldedGaussians gaussians = model.gaussians();
        ModelForm form = gaussians.form();
        float x = gaussians.get(Layout.X, g);
        float z = gaussians.get(Layout.Z, g);
        float power = u;
        for (int k = 0; k < form.motionDegree(); k++, power *= u) {
            x += gaussians.get(form.motionRow() + 2 * k, g) * power;
            z += gaussians.get(form.motionRow() + 2 * k + 1, g) * power;
        }
        int column = Math.clamp(Math.round(form.pixelsPerUnit() * x + 0.5f * (form.width() - 1)), 0, form.width() - 1);
        int row = Math.clamp(Math.round(0.5f * (form.height() - 1) - form.pixelsPerUnit() * z), 0, form.height() - 1);
        return row * form.width() + column;
    }

    /**
     * The last touch: every channel shows its slices once more, and each pixel its structure. Moments no longer follow.
     */
    void sharpen(Engine engine, TrainingData data, Heads heads, int rounds) {
        IntensityStart last = new IntensityStart(engine, model, data, heads);
        for (int channel = data.channels().size() - 1; channel >= 0; channel--) {
            stand(channel);
            last.sharpenMask(rounds, channel);
        }
        new LabelSettling(model).settle();
    }
}
