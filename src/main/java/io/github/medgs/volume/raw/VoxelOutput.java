package io.github.medgs.volume.raw;

import io.github.medgs.volume.StoredVoxels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Voxels to bytes, in chunks; little-endian where no order is given. */
public final class VoxelOutput {

    private static final int CHUNK_VALUES = 1 << 15;

    private VoxelOutput() {}

    public static void write(StoredVoxels voxels, OutputStream out) throws IOException {
        write(voxels, ByteOrder.LITTLE_ENDIAN, out);
    }

    public static void write(StoredVoxels voxels, ByteOrder order, OutputStream out) throws IOException {
        int count = voxels.intensities().length;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * voxels.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count; done += CHUNK_VALUES) {
            voxels.write(done, Math.min(CHUNK_VALUES, count - done), chunk.clear());
            if (order == ByteOrder.BIG_ENDIAN) {
                reverse(chunk.array(), chunk.position(), voxels.bytes());
            }
            out.write(chunk.array(), 0, chunk.position());
        }
    }

    // Each value's bytes back to front.
    private static void reverse(byte[] bytes, int length, int width) {
        for (int at = 0; at < length; at += width) {
            for (int n = 0; n < width / 2; n++) {
                byte first = bytes[at + n];
                bytes[at + n] = bytes[at + width - 1 - n];
                bytes[at + width - 1 - n] = first;
            }
        }
    }
}
