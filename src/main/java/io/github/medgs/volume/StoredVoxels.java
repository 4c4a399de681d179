package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

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

    /** Whether what is stored are whole numbers that stand for themselves, as labels do. */
    public boolean isWhole() {
        return storage.type().isInteger() && !storage.scaled();
    }

    /** A stored whole number, where {@link #isWhole}: exact, also beyond what a float holds. */
    public long whole(int voxel) {
        return bits == null ? (long) intensities[voxel]
                : storage.type().whole(ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN), voxel * bytes());
    }

    /** Whether numbers are kept that single precision rounds: those of files in double precision. */
    public boolean isDouble() {
        return bits != null && storage.type() == ScalarType.FLOAT64 && !storage.scaled();
    }

    /** A stored number, where {@link #isDouble}. */
    double number(int voxel) {
        return ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN).getDouble(voxel * bytes());
    }

    private boolean fitsWhole(int voxel, ScalarType type) {
        double number = number(voxel);
        return number == Math.rint(number) && Math.abs(number) < 0x1p63 && type.holds((long) number);
    }

    /** The first voxel that another type cannot hold as it is, or -1; floats hold every float, rounding doubles. */
    public int firstUnfit(ScalarType type) {
        if (type == storage.type() && !storage.scaled()) {
            return -1;
        }
        boolean exact = bits != null && isWhole();
        boolean doubles = isDouble() && type.isInteger();
        for (int n = 0; n < intensities.length; n++) {
            long whole = exact ? whole(n) : 0;
            boolean beyond = exact && whole < 0 && storage.type() == ScalarType.UINT64;
            if (beyond || (doubles ? !fitsWhole(n, type) : exact ? !type.holds(whole) : !type.holds(intensities[n]))) {
                return n;
            }
        }
        return -1;
    }

    /** The smallest of some types that holds every voxel as it is; single-precision floats where none does. */
    public ScalarType smallest(Set<ScalarType> types) {
        for (ScalarType type : ScalarType.values()) {
            boolean worth = type.isInteger() && type != ScalarType.INT8 && (type.bytes() < 8 || bits != null);
            if (worth && types.contains(type) && firstUnfit(type) < 0) {
                return type;
            }
        }
        return isDouble() && types.contains(ScalarType.FLOAT64) ? ScalarType.FLOAT64 : ScalarType.FLOAT32;
    }

    /** These voxels in another order, 0 where the index is negative: stored as they were, or floats where that has no 0. */
    StoredVoxels gather(int[] indices) {
        float[] gathered = new float[indices.length];
        byte[] its = bits == null ? null : room(indices.length, storage.type(), "the volume",
                "draw fewer slices, or give it in a smaller type");
        for (int n = 0; n < indices.length; n++) {
            if (indices[n] >= 0) {
                gathered[n] = intensities[indices[n]];
                if (its != null) {
                    System.arraycopy(bits, indices[n] * bytes(), its, n * bytes(), bytes());
                }
            }
        }
        return storage.scaled() ? computed(gathered) : new StoredVoxels(gathered, storage, its);
    }

    /**
     * Bytes for as many voxels.
     *
     * @param what and {@code remedy} are for the message where no array holds them
     */
    static byte[] room(int voxels, ScalarType type, String what, String remedy) {
        long bytes = (long) voxels * type.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new InputException(what, "would have " + bytes + " bytes, more than fit", remedy);
        }
        return new byte[(int) bytes];
    }

    /** The same numbers in another type, unscaled; see {@link #firstUnfit}. */
    public StoredVoxels in(ScalarType type) {
        if (type == storage.type() && !storage.scaled()) {
            return this;
        }
        boolean doubles = isDouble() && type.isInteger();
        if (!doubles && (bits == null || !isWhole())) {
            return new StoredVoxels(intensities, Storage.plain(type), null);
        }
        byte[] other = room(intensities.length, type, "the volume", "write floats");
        ByteBuffer target = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < intensities.length; n++) {
            type.put(doubles ? (long) number(n) : whole(n), target);
        }
        return new StoredVoxels(intensities, Storage.plain(type), other);
    }

    /**
     * How many finite voxels are infinite as single-precision floats: doubles beyond 3.4e38, or what a scaling makes so
     * large. The bits hold them still.
     */
    public int beyondFloats() {
        if (bits == null) {
            return 0;
        }
        ByteBuffer stored = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
        int beyond = 0;
        for (int n = 0; n < intensities.length; n++) {
            if (Float.isInfinite(intensities[n]) && Double.isFinite(storage.type().number(stored, n * bytes()))) {
                beyond++;
            }
        }
        return beyond;
    }

    /** Refuses to choose a window without {@link #beyondFloats}; the name is for the message. */
    void requireFloats(String name) {
        int beyond = beyondFloats();
        if (beyond > 0) {
            throw new InputException(name, beyondFloats(beyond), "scale the volume, or give the window that matters");
        }
    }

    /** The same in words. */
    public static String beyondFloats(int count) {
        return Words.count(count, "voxel is", "voxels are") + " beyond what single precision holds";
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
