package io.github.medgs.edit;

import io.github.medgs.kernel.Layout;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.MaskHeads;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.ParameterTable;
import io.github.medgs.model.TrainedModel;
import java.util.Arrays;

/**
 * Where the heads of a model stand in its table while it is edited: head 0 is the image, head 1 the mask, or, in a model
 * of many labels, one head for each channel. An edit moves all heads of a Gaussian alike, so they have to be at hand
 * together: the heads of channels that wait for their turn follow the model's own rows.
 */
final class HeadRows {

    private final ModelForm form;
    private final int standing;
    private final int count;

    /** @param model as {@link #widened} gives it */
    HeadRows(TrainedModel model) {
        this(model.gaussians().form(), model.labelled() ? model.heads().standing() : 0,
                model.labelled() ? model.heads().channels() : 1);
    }

    private HeadRows(ModelForm form, int standing, int channels) {
        this.form = form;
        this.standing = standing;
        this.count = 1 + channels;
    }

    /** How many heads there are, the image's included. */
    int count() {
        return count;
    }

    /** Whether a head stands where the model's form has it, so that folding a Gaussian folds it. */
    boolean isOwn(int head) {
        return head == 0 || head - 1 == standing;
    }

    /** The first row of a head's intensity. */
    int intensity(int head) {
        if (head == 0) {
            return form.imageIntensityRow();
        }
        return isOwn(head) ? form.maskIntensityRow() : first(head) + rows() - 1 - form.intensityDegree();
    }

    /** The row of a head's opacity, which may be another's too. */
    int opacity(int head) {
        if (head == 0 || form.headOpacity() == HeadOpacity.SHARED) {
            return Layout.IMAGE_OPACITY;
        }
        return isOwn(head) ? Layout.MASK_OPACITY : first(head);
    }

    /** Every row of opacity, once. */
    int[] opacities() {
        int[] all = new int[count + 1];
        for (int head = 0; head < count; head++) {
            all[head] = opacity(head);
        }
        // Also where it is not drawn.
        all[count] = Layout.MASK_OPACITY;
        return Arrays.stream(all).distinct().toArray();
    }

    private int rows() {
        return MaskHeads.rows(form).length;
    }

    private int first(int head) {
        return form.rows() + waitingPlace(head) * rows();
    }

    /** Of a head that waits, its place among those that do. */
    int waitingPlace(int head) {
        return head - 1 < standing ? head - 1 : head - 2;
    }

    /** The same model, all its heads in its table; a copy, where it has many labels. */
    static TrainedModel widened(TrainedModel model) {
        if (!model.labelled()) {
            return model;
        }
        FoldedGaussians gaussians = model.gaussians();
        int count = gaussians.count();
        int own = gaussians.form().rows();
        float[] waiting = model.heads().copy(count, gaussians.capacity());
        float[] values = new float[own * count + waiting.length];
        for (int row = 0; row < own; row++) {
            System.arraycopy(gaussians.parameters().values(), row * gaussians.capacity(), values, row * count, count);
        }
        System.arraycopy(waiting, 0, values, own * count, waiting.length);
        return model.withGaussians(new FoldedGaussians(gaussians.form(),
                new ParameterTable(values.length / Math.max(1, count), count, values), count));
    }

    /** The inverse of {@link #widened}. */
    static TrainedModel narrowed(TrainedModel model) {
        if (!model.labelled()) {
            return model;
        }
        FoldedGaussians wide = model.gaussians();
        ModelForm form = wide.form();
        float[] values = wide.parameters().values();
        int own = form.rows() * wide.capacity();
        MaskHeads heads = MaskHeads.of(form, model.heads().channels(), model.heads().standing(),
                Arrays.copyOfRange(values, own, values.length), wide.capacity(), wide.capacity());
        return model.withGaussians(new FoldedGaussians(form,
                new ParameterTable(form.rows(), wide.capacity(), Arrays.copyOf(values, own)), wide.count()))
                .with(model.labels(), heads);
    }
}
