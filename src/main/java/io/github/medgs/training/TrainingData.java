package io.github.medgs.training;

import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.SliceStack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * What a run learns from.
 *
 * @param stack the image's slices
 * @param mask the mask in the stack's layout, 0 to 1, or {@code null}; of many labels, all of them together
 * @param labels the labels, where the mask head learns more than one structure, or {@code null}
 * @param channels the mask of each channel in the stack's layout; the mask alone without labels
 */
public record TrainingData(SliceStack stack, float[] mask, LabelSlices labels, List<float[]> channels) {

    /** One mask, or none. */
    public TrainingData(SliceStack stack, float[] mask) {
        this(stack, mask, null, mask == null ? List.of() : List.of(mask));
    }

    /** Many labels. */
    public static TrainingData of(SliceStack stack, LabelSlices labels) {
        return new TrainingData(stack, labels.union(), labels, IntStream.range(0, labels.channelCount()).mapToObj(labels::mask).toList());
    }

    public TrainingData {
        if (mask != null && mask.length != stack.values().length) {
            throw new IllegalArgumentException("mask of " + mask.length + " for slices of " + stack.values().length);
        }
    }

    /** Pixels of a slice. */
    public int pixels() {
        return stack.width() * stack.height();
    }

    /** A fingerprint of these slices and masks, bit for bit: the same for the same input, mask and window. */
    public String fingerprint() {
        CRC32C checksum = new CRC32C();
        update(checksum, stack.values());
        if (mask != null) {
            update(checksum, mask);
        }
        if (labels != null) {
            float[] ids = new float[2 * labels.labels().size()];
            for (int n = 0; n < ids.length / 2; n++) {
                ids[2 * n] = Float.intBitsToFloat((int) labels.labels().get(n).id());
                ids[2 * n + 1] = labels.channels()[n];
            }
            update(checksum, ids);
            float[] index = new float[labels.index().length];
            for (int p = 0; p < index.length; p++) {
                index[p] = labels.index()[p];
            }
            update(checksum, index);
        }
        return stack.count() + "x" + stack.height() + "x" + stack.width() + "-" + Long.toHexString(checksum.getValue())
                + (labels != null ? "-labels" : mask == null ? "" : "-mask");
    }

    private static void update(CRC32C checksum, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (int from = 0; from < values.length; from += 1 << 14) {
            int n = Math.min(1 << 14, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, n);
            checksum.update(buffer.limit(4 * n));
        }
    }
}
