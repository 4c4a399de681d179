package io.github.medgs.model;

import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.SliceGeometry;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model and what it was learnt from: enough to draw slices in the input's units at their place in the patient.
 *
 * @param geometry where the slices lie
 * @param window which intensities became [0, 1]
 * @param image whether the image head was trained
 * @param mask whether the mask head was trained
 * @param acquired the slices it was learnt from, as their file stores them; {@code null} where they were not kept
 * @param labels the labels of the slices it was learnt from, and {@code heads} the mask heads of their channels, the first
 *     of which stands in the Gaussians; both {@code null} where the mask head is one structure
 * @param edited where the slices were not kept: for each whether an edit changed how it is drawn; {@code null} where none
 *     did. Slices that were kept know that themselves
 */
public record TrainedModel(FoldedGaussians gaussians, SliceGeometry geometry, IntensityWindow window, boolean image,
        boolean mask, AcquiredSlices acquired, LabelSlices labels, MaskHeads heads, boolean[] edited) {

    public TrainedModel {
        if ((labels == null) != (heads == null) || labels != null && (labels.channelCount() != heads.channels()
                || labels.count() != geometry.positions().length
                || labels.width() != geometry.width() || labels.height() != geometry.height())) {
            throw new IllegalArgumentException("labels that are not those of this model");
        }
        if (acquired != null && (acquired.count() != geometry.positions().length
                || acquired.pixels() != geometry.height() * geometry.width())) {
            throw new IllegalArgumentException(acquired.count() + " slices of " + acquired.pixels()
                    + " pixels are not what this model was learnt from");
        }
        if (edited != null && edited.length != geometry.positions().length) {
            throw new IllegalArgumentException(edited.length + " marks of edited slices are not this model's");
        }
    }

    /** A model of one mask, or none, without the slices that it was learnt from. */
    public TrainedModel(FoldedGaussians gaussians, SliceGeometry geometry, IntensityWindow window, boolean image,
            boolean mask) {
        this(gaussians, geometry, window, image, mask, null, null, null, null);
    }

    /** The same with the slices that it was learnt from, or without them for {@code null}: which were edited stays known. */
    public TrainedModel with(AcquiredSlices slices) {
        return new TrainedModel(gaussians, geometry, window, image, mask, slices, labels, heads,
                slices != null ? null : acquired == null ? edited : acquired.anyEdited() ? acquired.edited() : null);
    }

    /** The same without the slices that it was learnt from, with a mark on each that is drawn otherwise since. */
    public TrainedModel withEdited(boolean[] slices) {
        return new TrainedModel(gaussians, geometry, window, image, mask, null, labels, heads, anyOf(slices) ? slices : null);
    }

    private static boolean anyOf(boolean[] marks) {
        return IntStream.range(0, marks.length).anyMatch(n -> marks[n]);
    }

    /** Which of its slices an edit changed, whether it keeps them or not. */
    public int[] editedSlices() {
        boolean[] marks = acquired == null ? edited : acquired.edited();
        return marks == null ? new int[0] : IntStream.range(0, marks.length).filter(n -> marks[n]).toArray();
    }

    /** The same with many labels in place of one mask. */
    public TrainedModel with(LabelSlices ofSlices, MaskHeads ofChannels) {
        return new TrainedModel(gaussians, geometry, window, image, mask, acquired, ofSlices, ofChannels, edited);
    }

    /** Whether it knows labels, in place of one mask. */
    public boolean labelled() {
        return labels != null;
    }

    /** The same, made of other Gaussians. */
    public TrainedModel withGaussians(FoldedGaussians others) {
        return new TrainedModel(others, geometry, window, image, mask, acquired, labels, heads, edited);
    }

    /**
     * The same model with all its heads in its table, those of channels that wait for their turn after the form's own rows,
     * channel by channel; a copy, where it has many labels.
     */
    public TrainedModel widened() {
        if (!labelled()) {
            return this;
        }
        int count = gaussians.count();
        int own = gaussians.form().rows();
        int rows = own + (int) MaskHeads.size(gaussians.form(), heads.channels(), 1);
        float[] waiting = heads.copy(count, gaussians.capacity());
        float[] values = new float[rows * count];
        for (int row = 0; row < own; row++) {
            System.arraycopy(gaussians.parameters().values(), row * gaussians.capacity(), values, row * count, count);
        }
        System.arraycopy(waiting, 0, values, own * count, waiting.length);
        return withGaussians(new FoldedGaussians(gaussians.form(),
                new ParameterTable(rows, count, values), count));
    }

    /** The inverse of {@link #widened}. */
    public TrainedModel narrowed() {
        return labelled() ? narrowed(labels, heads.standing()) : this;
    }

    /**
     * The model whose heads this one has in its table.
     *
     * @param standing the channel whose head stands among the form's own rows
     */
    TrainedModel narrowed(LabelSlices ofSlices, int standing) {
        ModelForm form = gaussians.form();
        float[] values = gaussians.parameters().values();
        int own = form.rows() * gaussians.capacity();
        MaskHeads apart = MaskHeads.of(form, ofSlices.channelCount(), standing,
                Arrays.copyOfRange(values, own, values.length), gaussians.capacity(), gaussians.capacity());
        return withGaussians(new FoldedGaussians(form,
                new ParameterTable(form.rows(), gaussians.capacity(), Arrays.copyOf(values, own)), gaussians.count()))
                .with(ofSlices, apart);
    }

    /** From millimetres to the model's time. */
    public TimeScale timeScale() {
        return new TimeScale(gaussians.form().timeAxis(), geometry.positions());
    }
}
