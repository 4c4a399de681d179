package io.github.medgs.volume.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * DICOM's run lengths (PS3.5, annex G): one segment for each byte of the values, the highest first, each packed as
 * Macintosh bitmaps were.
 */
public final class RleCodec implements Codec {

    private static final int HEADER_BYTES = 64;

    /** Two bytes give at most 128. */
    private static final int LARGEST_EXPANSION = 64;

    private final int bytesPerValue;

    /** @param bitsAllocated of one value: 8, 16 or 32 */
    public RleCodec(int bitsAllocated) {
        this.bytesPerValue = Math.max(1, bitsAllocated / 8);
    }

    @Override
    public Header header(byte[] data) throws CodecException {
        segments(data);
        return null;
    }

    @Override
    public long leastBytes(long values) {
        return HEADER_BYTES + values * bytesPerValue / LARGEST_EXPANSION;
    }

    @Override
    public void decode(byte[] data, int rows, int columns, int[] samples) throws CodecException {
        int[] segments = segments(data);
        int count = rows * columns;
        Arrays.fill(samples, 0, count, 0);
        for (int n = 0; n < bytesPerValue; n++) {
            decodeSegment(data, segments[n], segments[n + 1], count, samples);
        }
    }

    // Where each segment begins, and where the last one ends.
    private int[] segments(byte[] data) throws CodecException {
        if (data.length < HEADER_BYTES) {
            throw new CodecException("its run lengths have no header");
        }
        ByteBuffer header = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != bytesPerValue) {
            throw new CodecException("its run lengths have " + header.getInt(0) + " segments, and its pixels "
                    + bytesPerValue + " bytes");
        }
        int[] segments = new int[bytesPerValue + 1];
        for (int n = 0; n < bytesPerValue; n++) {
            segments[n] = header.getInt(4 + 4 * n);
            if (segments[n] < HEADER_BYTES || segments[n] > data.length || n > 0 && segments[n] < segments[n - 1]) {
                throw new CodecException("a segment of its run lengths lies outside");
            }
        }
        segments[bytesPerValue] = data.length;
        return segments;
    }

    // Each byte goes below what the segments before have brought.
    private static void decodeSegment(byte[] data, int from, int to, int count, int[] samples) throws CodecException {
        int at = from;
        int done = 0;
        while (done < count) {
            if (at + 1 >= to) {
                throw new CodecException("its run lengths end after " + done + " of " + count + " pixels");
            }
            int control = data[at++];
            if (control >= 0) {
                // Some writers pad the last run beyond the picture.
                int run = Math.min(control + 1, count - done);
                if (run > to - at) {
                    throw new CodecException("its run lengths end after " + done + " of " + count + " pixels");
                }
                for (int n = 0; n < run; n++) {
                    samples[done] = samples[done] << 8 | data[at + n] & 0xFF;
                    done++;
                }
                at += control + 1;
            } else if (control != -128) {
                int value = data[at++] & 0xFF;
                for (int n = Math.min(1 - control, count - done); n > 0; n--) {
                    samples[done] = samples[done] << 8 | value;
                    done++;
                }
            }
        }
    }
}
