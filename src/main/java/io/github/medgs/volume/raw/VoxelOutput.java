package io.github.medgs.volume.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Voxels to bytes, little-endian, in chunks. */
public final class VoxelOutput {

    private static final int CHUNK_VALUES = 1 << 15;

    private VoxelOutput() {}

    public static void write(float[] voxels, ScalarType type, OutputStream out) throws IOException {
        byte[] bytes = new byte[CHUNK_VALUES * type.bytes()];
        for (int done = 0; done < voxels.length; done += CHUNK_VALUES) {
            int count = Math.min(CHUNK_VALUES, voxels.length - done);
            type.encode(voxels, done, count, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            out.write(bytes, 0, count * type.bytes());
        }
    }
}
