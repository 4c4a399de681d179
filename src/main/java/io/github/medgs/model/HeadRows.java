package io.github.medgs.model;

import io.github.medgs.kernel.Layout;
import java.util.Arrays;

/**
 * Where the heads of a {@linkplain TrainedModel#widened widened} model stand in its table: head 0 is the image, head 1 the
 * mask, or, in a model of many labels, one head for each channel; those of channels that wait for their turn follow the
 * model's own rows. An edit moves all heads of a Gaussian alike, and a compact file holds all of them.
 */
public final class HeadRows {

    private final ModelForm form;
    private final int standing;
    private final int count;

    /** @param model as {@link TrainedModel#widened} gives it */
    public HeadRows(TrainedModel model) {
        this(model.gaussians().form(), model.labelled() ? model.heads().standing() : 0,
                model.labelled() ? model.heads().channels() : 1);
    }

    private HeadRows(ModelForm form, int standing, int channels) {
        this.form = form;
        this.standing = standing;
        this.count = 1 + channels;
    }

    /** How many heads there are, the image's included. */
    public int count() {
        return count;
    }

    /** Whether a head stands where the model's form has it, so that folding a Gaussian folds it. */
    public boolean isOwn(int head) {
        return head == 0 || head - 1 == standing;
    }

    /** The first row of a head's intensity. */
    public int intensity(int head) {
        if (head == 0) {
            return form.imageIntensityRow();
        }
        return isOwn(head) ? form.maskIntensityRow() : first(head) + rows() - 1 - form.intensityDegree();
    }

    /** The row of a head's opacity, which may be another's too. */
    public int opacity(int head) {
        if (head == 0 || form.headOpacity() == HeadOpacity.SHARED) {
            return Layout.IMAGE_OPACITY;
        }
        return isOwn(head) ? Layout.MASK_OPACITY : first(head);
    }

    /** Every row of opacity, once. */
    public int[] opacities() {
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
    public int waitingPlace(int head) {
        return head - 1 < standing ? head - 1 : head - 2;
    }
}
