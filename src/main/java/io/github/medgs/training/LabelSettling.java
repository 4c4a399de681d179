package io.github.medgs.training;

import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.LabelSlices;

/**
 * The last touch to a model of many labels: every pixel of its slices is brought to the structure it has. Channels are
 * settled together, slice by slice: see {@link SliceSettling}.
 */
final class LabelSettling {

    /** Coefficients that are held at a time. */
    private static final long ROOM = 1 << 24;

    private final TrainedModel model;
    private final FoldedGaussians gaussians;
    private final LabelSlices labels;
    private final int channels;
    /** Of each slice the first of its Gaussians, and after the last slice their number. */
    private final int[] first;

    LabelSettling(TrainedModel model) {
        this.model = model;
        this.gaussians = model.gaussians();
        this.labels = model.labels();
        this.channels = labels.channelCount();
        this.first = new int[labels.count() + 1];
        int g = 0;
        for (int slice = 0; slice < labels.count(); slice++) {
            first[slice] = g;
            while (g < gaussians.count() && gaussians.get(Layout.TIME, g) == slice) {
                g++;
            }
        }
        first[labels.count()] = g;
    }

    /** Whether the pixels of a slice are linear in the intensities of its own Gaussians, with the same weights in each head. */
    private static boolean isLinear(ModelForm form) {
        return form.compositing() == Compositing.NORMALISED && form.timeAxis() == TimeAxis.SLICES
                && form.headOpacity() == HeadOpacity.SHARED && GaussianWeights.standAlone(form);
    }

    /** Settles; a model of another form stays as it is. */
    void settle() {
        if (!isLinear(gaussians.form())) {
            return;
        }
        for (int from = 0; from < labels.count(); ) {
            int to = from + 1;
            while (to < labels.count() && (long) (first[to + 1] - first[from]) * channels <= ROOM) {
                to++;
            }
            float[][] coefficients = new float[channels][first[to] - first[from]];
            exchange(coefficients, first[from], false);
            for (int slice = from; slice < to; slice++) {
                GaussianWeights weights = new GaussianWeights(gaussians, first[slice], first[slice + 1], slice);
                new SliceSettling(labels, slice, weights, coefficients, first[slice] - first[from]).settle();
            }
            exchange(coefficients, first[from], true);
            from = to;
        }
    }

    private void exchange(float[][] coefficients, int g, boolean store) {
        int at = gaussians.form().maskIntensityRow() * gaussians.capacity() + g;
        float[] table = gaussians.parameters().values();
        for (int channel = 0; channel < channels; channel++) {
            model.heads().stand(channel, gaussians.parameters());
            int count = coefficients[channel].length;
            if (store) {
                System.arraycopy(coefficients[channel], 0, table, at, count);
            } else {
                System.arraycopy(table, at, coefficients[channel], 0, count);
            }
        }
    }
}
