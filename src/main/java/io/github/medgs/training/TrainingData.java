package io.github.medgs.training;

import io.github.medgs.volume.SliceStack;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a run learns from.
 *
 * @param stack the image's slices
 * @param mask the mask in the stack's layout, 0 to 1, or {@code null}
 */
public record TrainingData(SliceStack stack, float[] mask) {

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
        return stack.count() + "x" + stack.height() + "x" + stack.width() + "-" + Long.toHexString(checksum.getValue())
                + (mask == null ? "" : "-mask");
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
