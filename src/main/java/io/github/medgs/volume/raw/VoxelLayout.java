package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How voxels lie in their bytes, and how stored values become intensities.
 *
 * @param channels values that are stored for each voxel, side by side
 * @param channel which of these is read
 * @param slope intensity = slope * stored + intercept
 */
public record VoxelLayout(ScalarType type, ByteOrder order, int channels, int channel, double slope,
        double intercept) {

    private static final int CHUNK_BYTES = 1 << 18;

    /** More values per voxel than any scanner gives: a header that claims them is damaged. */
    public static final int MOST_CHANNELS = 1 << 16;

    /** Bytes of one voxel with all its channels. */
    public long voxelBytes() {
        return (long) channels * type.bytes();
    }

    /** Fills an array from a stream. */
    StoredVoxels decode(String file, InputStream in, float[] target) throws IOException {
        VoxelCollector voxels = new VoxelCollector(file, new Storage(type, slope, intercept), target);
        int step = (int) voxelBytes();
        int chunk = Math.max(1, CHUNK_BYTES / step);
        byte[] bytes = new byte[Math.min(chunk, target.length) * step];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        for (int done = 0; done < target.length; done += chunk) {
            int count = Math.min(chunk, target.length - done);
            if (in.readNBytes(bytes, 0, count * step) < count * step) {
                throw new EOFException();
            }
            voxels.take(buffer, channel * type.bytes(), step, count, done);
        }
        return voxels.all();
    }

    /**
     * The number of voxels as an array length.
     *
     * @throws InputException when there are more than an array, or this machine's heap, can hold
     */
    public static int voxelCount(String file, long... sizes) {
        long count = 1;
        for (long size : sizes) {
            if (size < 1) {
                throw new InputException(file, "claims " + size + " voxels along an axis", "give a volume with voxels");
            }
            count = Math.multiplyHigh(count, size) == 0 && count * size > 0 ? count * size : Long.MAX_VALUE;
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new InputException(file, "claims " + joined(sizes) + " voxels, more than the 2147483639 one volume "
                    + "may have", "crop or resample it");
        }
        return (int) count;
    }

    /**
     * Memory for voxels whose bytes have been proved to exist.
     *
     * @throws InputException when the heap cannot hold them, instead of an OutOfMemoryError
     */
    public static float[] allocate(String file, int count) {
        try {
            return new float[count];
        } catch (OutOfMemoryError e) {
            throw noRoom(file, 4L * count, e);
        }
    }

    static byte[] allocateBytes(String file, long count) {
        if (count > Integer.MAX_VALUE - 8) {
            throw new InputException(file, "has " + count + " bytes of voxels that floats do not hold",
                    "convert it to 32-bit floats, or crop it");
        }
        try {
            return new byte[(int) count];
        } catch (OutOfMemoryError e) {
            throw noRoom(file, count, e);
        }
    }

    private static InputException noRoom(String file, long bytes, OutOfMemoryError cause) {
        return new InputException(file, "needs " + (bytes >> 20) + " MiB for its voxels, and the heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB has no room for them",
                "allow more with java -Xmx, or crop the volume", cause);
    }

    private static String joined(long[] sizes) {
        StringBuilder text = new StringBuilder();
        for (long size : sizes) {
            text.append(text.isEmpty() ? "" : " x ").append(size);
        }
        return text.toString();
    }
}
