package io.github.medgs.view;

import io.github.medgs.engine.Scenes;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.util.List;

/** A model of two labels in two channels, the left and the right half of two slices, without a training. */
final class TwoLabels {

    private TwoLabels() {}

    static TrainedModel model() {
        FoldedGaussians gaussians = Scenes.build("huge, normalised").gaussians();
        ModelForm form = gaussians.form();
        int width = form.width();
        int height = form.height();
        short[] index = new short[2 * width * height];
        for (int p = 0; p < index.length; p++) {
            index[p] = (short) (p % width < width / 2 ? 1 : 2);
        }
        MaskHeads heads = new MaskHeads(form, 2, gaussians.capacity());
        float[] values = gaussians.parameters().values();
        for (int channel = 0; channel < 2; channel++) {
            heads.stand(channel, gaussians.parameters());
            for (int row : MaskHeads.rows(form)) {
                for (int g = 0; g < gaussians.count(); g++) {
                    values[row * gaussians.capacity() + g] = (float) Math.sin(3 * g + 7 * row + 11 * channel);
                }
            }
        }
        heads.stand(0, gaussians.parameters());
        double[] affine = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
        return new TrainedModel(gaussians, new SliceGeometry(SliceAxis.K, height, width, affine, new double[] {0, 1}),
                new IntensityWindow(0, 100), true, true).with(new LabelSlices(ScalarType.UINT8,
                List.of(new Label(1, "left", 0xff0000), new Label(2, "right", 0x00ff00)), new int[] {0, 1}, index, width,
                height), heads);
    }
}
