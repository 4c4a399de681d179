package io.github.medgs.volume.dicom;

import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.raw.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Stored pixels to intensities: the stored bits out of the allocated ones, their sign, then the rescale. */
final class DicomPixels {

    private DicomPixels() {}

    /** @param target output, {@code count} values from offset on */
    static void read(DicomSlice slice, float[] target, int offset, int count) {
        ScalarType storage = slice.storage();
        byte[] bytes = new byte[count * storage.bytes()];
        ByteSource source = new ByteSource(slice.path(), slice.pixelOffset(), ByteSource.Compression.NONE);
        source.require(bytes.length);
        try (InputStream in = source.open()) {
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException("it changed while it was read");
            }
        } catch (IOException e) {
            throw ByteSource.unreadable(slice.path(), e);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(slice.order());
        int above = 31 - slice.highBit();
        int unused = 32 - slice.bitsStored();
        for (int n = 0; n < count; n++) {
            int stored = switch (storage) {
                case UINT8 -> buffer.get(n);
                case UINT16 -> buffer.getShort(2 * n);
                default -> buffer.getInt(4 * n);
            };
            // Shifting up drops what lies above the high bit, shifting down what lies below and brings the sign.
            int aligned = stored << above;
            double value = slice.signed() ? aligned >> unused : Integer.toUnsignedLong(aligned >>> unused);
            target[offset + n] = (float) (slice.slope() * value + slice.intercept());
        }
    }
}
