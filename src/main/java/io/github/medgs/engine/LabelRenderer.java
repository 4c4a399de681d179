package io.github.medgs.engine;

import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.SlicePositions;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Draws a model's labels: at each place the channel that is drawn highest, or the background, whose field is what all
 * channels together leave of 1; then the structure that this channel means there.
 *
 * <p>With one channel that is the mask at one half. Where the model was learnt from the labels of a slice, those are given
 * back.
 */
public final class LabelRenderer {

    /** Slices that are drawn channel by channel before their labels are taken: changing channels is not free. */
    private static final int SLAB = 16;

    private final Engine engine;
    private final TrainedModel model;
    private final LabelSlices labels;
    private final int pixels;

    public LabelRenderer(Engine engine, TrainedModel model) {
        this.engine = engine;
        this.model = model;
        this.labels = model.labels();
        this.pixels = labels.pixels();
    }

    /**
     * Labels as drawn, slice by slice, row by row.
     *
     * @param index for each pixel its structure, counted from 1 (unsigned); 0 for the background
     * @param margin how far the structure, or the background, is ahead of the next best, as occupancy: 0 to 1/2
     * @param inside occupancy of the structure that was asked for, or of all together: 1/2 on their boundary
     */
    public record Drawn(short[] index, float[] margin, float[] inside) {}

    /** Every structure together, in place of one. */
    public static final int ALL = -1;

    /** What a slice's pixels come to, channel after channel. */
    private final class Contest {

        private final float[] best = new float[pixels];
        private final float[] second = new float[pixels];
        private final float[] sum = new float[pixels];
        private final float[] chosen = new float[pixels];
        private final float[] others = new float[pixels];
        private final short[] channel = new short[pixels];

        void enter(int number, boolean isChosen, float[] field) {
            for (int p = 0; p < pixels; p++) {
                float value = Math.max(0f, field[p]);
                if (isChosen) {
                    chosen[p] = value;
                } else {
                    others[p] = Math.max(others[p], value);
                }
                sum[p] += value;
                if (number == 0 || value > best[p]) {
                    second[p] = number == 0 ? 0 : best[p];
                    best[p] = value;
                    channel[p] = (short) number;
                } else {
                    second[p] = Math.max(second[p], value);
                }
            }
        }
    }

    /**
     * Draws.
     *
     * @param positions millimetres from the first slice
     * @param structure whose occupancy is drawn too: its place among the labels, or {@link #ALL}
     * @param given whether the slices that the model was learnt from keep their labels
     * @param progress told the number of slices done
     */
    public Drawn render(double[] positions, int structure, boolean given, IntConsumer progress) {
        int voxels = VolumeRenderer.voxels(positions.length, pixels);
        Drawn drawn = new Drawn(new short[voxels], new float[voxels], new float[voxels]);
        // A copy, since others may draw the model meanwhile.
        FoldedGaussians shared = model.gaussians();
        ParameterTable table = shared.parameters();
        FoldedGaussians own = new FoldedGaussians(shared.form(),
                new ParameterTable(table.rows(), table.capacity(), table.values().clone()), shared.count());
        MaskHeads heads = model.heads().apart();
        float[] field = new float[pixels];
        for (int from = 0; from < positions.length; from += SLAB) {
            int count = Math.min(SLAB, positions.length - from);
            Contest[] contests = new Contest[count];
            Arrays.setAll(contests, _ -> new Contest());
            for (int channel = 0; channel < heads.channels(); channel++) {
                heads.stand(channel, own.parameters());
                try (ModelRenderer renderer = engine.renderer(own)) {
                    for (int n = 0; n < count; n++) {
                        renderer.render(model.timeScale().ofPosition(positions[from + n]), null, field);
                        contests[n].enter(channel, structure >= 0 && channel == labels.channels()[structure], field);
                    }
                }
            }
            for (int n = 0; n < count; n++) {
                decide(contests[n], positions[from + n], structure, given, drawn, (from + n) * pixels);
                progress.accept(from + n + 1);
            }
        }
        return drawn;
    }

    /** Dice of each label as drawn on the model's own slices. */
    public double[] ownDice() {
        return labels.dice(render(model.geometry().positions(), ALL, false, _ -> { }).index());
    }

    /**
     * Draws labels as a field that surfaces can be made of.
     *
     * @param positions equally spaced, millimetres from the first slice
     * @param given whether the slices that the model was learnt from keep their labels
     */
    public LabelField field(double[] positions, boolean given, IntConsumer progress) {
        Drawn drawn = render(positions, ALL, given, progress);
        return LabelField.ofSlices(labels, drawn.index(), drawn.margin(), model.geometry(), positions);
    }

    private void decide(Contest contest, double position, int structure, boolean given, Drawn drawn, int offset) {
        double[] slices = model.geometry().positions();
        int last = slices.length - 1;
        int found = Arrays.binarySearch(slices, position);
        int before = Math.clamp(found >= 0 ? found : -found - 2, 0, last);
        int after = found >= 0 ? before : Math.min(last, before + 1);
        int[] soles = new int[labels.channelCount()];
        for (int channel = 0; channel < soles.length; channel++) {
            soles[channel] = labels.sole(channel, before, after);
        }
        int acquired = given ? SlicePositions.at(slices, position) : -1;
        ModelForm form = model.gaussians().form();
        for (int p = 0; p < pixels; p++) {
            int channel = contest.channel[p];
            float background = 1 - contest.sum[p];
            int label = contest.best[p] < background ? -1 : meant(soles, channel, before, after, p);
            float ahead = contest.best[p] < background ? background - contest.best[p]
                    : contest.best[p] - Math.max(background, contest.second[p]);
            if (acquired >= 0 && labels.at(acquired * pixels + p) != label) {
                label = labels.at(acquired * pixels + p);
                ahead = 0;
            }
            drawn.index[offset + p] = (short) (label + 1);
            float lead = contest.best[p] - background;
            if (structure >= 0) {
                boolean its = contest.chosen[p] > 0
                        && meant(soles, labels.channels()[structure], before, after, p) == structure;
                lead = its ? contest.chosen[p] - Math.max(background, contest.others[p]) : -1;
            }
            drawn.inside[offset + p] = form.occupancy(0.5f + 0.5f * lead);
            drawn.margin[offset + p] = form.occupancy(0.5f + 0.5f * ahead) - 0.5f;
        }
    }

    private int meant(int[] soles, int channel, int before, int after, int pixel) {
        return soles[channel] != -2 ? soles[channel] : labels.nearest(channel, before, after, pixel, model.geometry().aspect());
    }
}
