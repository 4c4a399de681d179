package io.github.medgs.volume.raw;

import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes voxels in as they are read, in any order, and keeps their bits from the first on that floats do not hold. */
public final class VoxelCollector {

    private final String file;
    private final Storage storage;
    private final float[] intensities;
    private byte[] bits;

    /**
     * @param file for messages
     * @param intensities output, one for each voxel
     */
    public VoxelCollector(String file, Storage storage, float[] intensities) {
        this.file = file;
        this.storage = storage;
        this.intensities = intensities;
    }

    /**
     * Takes some in.
     *
     * @param source stored values in the buffer's byte order
     * @param at where the first begins
     * @param step bytes from one to the next
     * @param offset which voxel the first is
     */
    public void take(ByteBuffer source, int at, int step, int count, int offset) {
        ScalarType type = storage.type();
        type.decode(source, at, step, count, storage.slope(), storage.intercept(), intensities, offset);
        if (storage.fitsFloats()) {
            return;
        }
        ByteBuffer stored = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < count; n++) {
            type.copy(source, at + n * step, stored);
        }
        if (bits == null) {
            ByteBuffer again = ByteBuffer.allocate(stored.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            storage.encode(intensities, offset, count, again);
            if (stored.flip().equals(again.flip())) {
                return;
            }
            bits = VoxelLayout.allocateBytes(file, (long) intensities.length * type.bytes());
            // Those before, which floats hold; those that are still to come are overwritten.
            storage.encode(intensities, 0, intensities.length, ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN));
        }
        System.arraycopy(stored.array(), 0, bits, offset * type.bytes(), count * type.bytes());
    }

    /** All voxels, when each was taken in. */
    public StoredVoxels all() {
        return new StoredVoxels(intensities, storage, bits);
    }
}
