package io.github.medgs.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Voxels as intensities to compute with, and as the bits that a file stores.
 *
 * <p>Single-precision floats hold most of what scanners give: then the bits follow from the intensities, and nothing
 * else is kept. Where they do not (large whole numbers, double precision), the bits are kept beside them.
 *
 * @param intensities kept, not copied
 * @param storage how they are stored
 * @param bits little-endian, in the order of the intensities; null where {@link Storage#encode} gives them
 */
public record StoredVoxels(float[] intensities, Storage storage, byte[] bits) {

    public StoredVoxels {
        if (bits != null && bits.length != (long) intensities.length * storage.type().bytes()) {
            throw new IllegalArgumentException(bits.length + " bytes for " + intensities.length + " voxels");
        }
    }

    /** What was computed: floats. */
    public static StoredVoxels computed(float[] intensities) {
        return new StoredVoxels(intensities, Storage.FLOATS, null);
    }

    /** Intensities in a storage that holds every one of them; floats where it does not. */
    public static StoredVoxels exactly(float[] intensities, Storage storage) {
        float[] back = new float[1];
        ByteBuffer one = one(storage);
        for (float intensity : intensities) {
            back[0] = intensity;
            nearest(back, 0, storage, one);
            if (Float.floatToRawIntBits(back[0]) != Float.floatToRawIntBits(intensity)) {
                return computed(intensities);
            }
        }
        return new StoredVoxels(intensities, storage, null);
    }

    /** Makes each intensity the nearest that a storage has. */
    public static void round(float[] intensities, Storage storage) {
        ByteBuffer one = one(storage);
        for (int n = 0; n < intensities.length; n++) {
            nearest(intensities, n, storage, one);
        }
    }

    private static ByteBuffer one(Storage storage) {
        return ByteBuffer.allocate(storage.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void nearest(float[] intensities, int n, Storage storage, ByteBuffer one) {
        storage.encode(intensities, n, 1, one.clear());
        storage.decode(one, 0, 1, intensities, n);
    }

    /** Bytes of one stored voxel. */
    public int bytes() {
        return storage.type().bytes();
    }

    /** Stored voxels, little-endian, at the buffer's position, which moves on. */
    public void write(int from, int count, ByteBuffer target) {
        if (bits == null) {
            storage.encode(intensities, from, count, target);
        } else {
            target.put(bits, from * bytes(), count * bytes());
        }
    }
}
