package io.github.medgs.volume.raw;

import io.github.medgs.volume.StoredVoxels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Voxels to bytes, little-endian, in chunks. */
public final class VoxelOutput {

    private static final int CHUNK_VALUES = 1 << 15;

    private VoxelOutput() {}

    public static void write(StoredVoxels voxels, OutputStream out) throws IOException {
        int count = voxels.intensities().length;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * voxels.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count; done += CHUNK_VALUES) {
            voxels.write(done, Math.min(CHUNK_VALUES, count - done), chunk.clear());
            out.write(chunk.array(), 0, chunk.position());
        }
    }
}
