package io.github.medgs.model;

import io.github.medgs.kernel.Layout;
import java.util.stream.IntStream;

/**
 * Mask heads that take turns in a table's one place for a mask head: one for each channel of a model with many labels.
 *
 * <p>Geometry and image head are the table's own, so a step or a drawing costs what it costs with one mask. A head is the
 * mask's intensity coefficients, and its opacity where that is a parameter of its own. The same class holds parameters
 * and an optimiser's moments.
 */
public final class MaskHeads {

    private final int[] rows;
    private final float[][] waiting;
    private int standing;

    /** As many heads, all zero but the one that stands in the table: the first. */
    public MaskHeads(ModelForm form, int channels, int capacity) {
        this(rows(form), new float[channels][], 0);
        for (int channel = 1; channel < channels; channel++) {
            waiting[channel] = new float[rows.length * capacity];
        }
    }

    private MaskHeads(int[] rows, float[][] waiting, int standing) {
        this.rows = rows;
        this.waiting = waiting;
        this.standing = standing;
    }

    /** The rows of a table that are its mask head. */
    public static int[] rows(ModelForm form) {
        IntStream intensity = IntStream.rangeClosed(0, form.intensityDegree()).map(k -> form.maskIntensityRow() + k);
        return (form.headOpacity() == HeadOpacity.SHARED ? intensity
                : IntStream.concat(IntStream.of(Layout.MASK_OPACITY), intensity)).toArray();
    }

    /** The row of the form that a row of a widened table is like: itself, or that of the head which waits for its turn there. */
    static int like(ModelForm form, int row) {
        int[] rows = rows(form);
        return row < form.rows() ? row : rows[(row - form.rows()) % rows.length];
    }

    /** How many channels there are. */
    public int channels() {
        return waiting.length;
    }

    /** The channel that stands in the table. */
    public int standing() {
        return standing;
    }

    /** Puts a channel's head into the table, and keeps that which stood there. */
    public void stand(int channel, ParameterTable table) {
        if (channel == standing) {
            return;
        }
        int capacity = table.capacity();
        float[] coming = waiting[channel];
        for (int n = 0; n < rows.length; n++) {
            for (int g = 0, at = rows[n] * capacity; g < capacity; g++, at++) {
                float leaving = table.values()[at];
                table.values()[at] = coming[n * capacity + g];
                coming[n * capacity + g] = leaving;
            }
        }
        waiting[standing] = coming;
        waiting[channel] = null;
        standing = channel;
    }

    /** Makes a waiting channel's head the same as the one that stands. */
    public void copyStanding(int channel, ParameterTable table) {
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(table.values(), rows[n] * table.capacity(), waiting[channel], n * table.capacity(),
                    table.capacity());
        }
    }

    /**
     * All heads but the one that stands, one after the other by rising channel, each row by row.
     *
     * @param columns how many values of a row are copied
     */
    public float[] copy(int columns, int capacity) {
        float[] all = new float[(channels() - 1) * rows.length * columns];
        int at = 0;
        for (int channel = 0; channel < channels(); channel++) {
            for (int n = 0; channel != standing && n < rows.length; n++) {
                System.arraycopy(waiting[channel], n * capacity, all, at, columns);
                at += columns;
            }
        }
        return all;
    }

    /** The inverse of {@link #copy}, for a table in which {@code standing} stands. */
    public static MaskHeads of(ModelForm form, int channels, int standing, float[] all, int columns, int capacity) {
        float[][] waiting = new float[channels][];
        MaskHeads heads = new MaskHeads(rows(form), waiting, standing);
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            if (channel != standing) {
                waiting[channel] = new float[heads.rows.length * capacity];
                for (int n = 0; n < heads.rows.length; n++) {
                    System.arraycopy(all, at, waiting[channel], n * capacity, columns);
                    at += columns;
                }
            }
        }
        return heads;
    }

    /** How many floats {@link #copy} gives. */
    public static long size(ModelForm form, int channels, int columns) {
        return (long) (channels - 1) * rows(form).length * columns;
    }

    /** The same heads apart from these, to take turns in a copy of the table. */
    public MaskHeads apart() {
        float[][] copies = new float[waiting.length][];
        for (int channel = 0; channel < copies.length; channel++) {
            copies[channel] = waiting[channel] == null ? null : waiting[channel].clone();
        }
        return new MaskHeads(rows, copies, standing);
    }
}
