package io.github.medgs.volume;

import io.github.medgs.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The slices of an image as its file stores them, to the bit: what a model keeps so that they can be given back.
 *
 * @param pixels of a slice
 * @param bits slice by slice, row by row, little-endian, {@link Storage#type} each; kept, not copied
 * @param edited for each slice whether somebody changed it since it was acquired
 */
public record AcquiredSlices(Storage storage, int pixels, byte[] bits, boolean[] edited) {

    /** Slices as they were acquired. */
    public AcquiredSlices(Storage storage, int pixels, byte[] bits) {
        this(storage, pixels, bits, new boolean[pixels < 1 ? 0 : bits.length / (pixels * storage.type().bytes())]);
    }

    public AcquiredSlices {
        if (pixels < 1 || bits.length == 0 || bits.length % ((long) pixels * storage.type().bytes()) != 0) {
            throw new IllegalArgumentException(bits.length + " bytes are not slices of " + pixels + " pixels");
        }
    }

    /**
     * All slices of an image along an axis, in the layout of a {@link SliceStack}.
     *
     * @throws InputException when their bytes are more than an array's
     */
    public static AcquiredSlices of(Volume image, SliceAxis axis) {
        Grid grid = image.grid();
        SliceAxis resolved = axis.resolve(grid);
        StoredVoxels stored = image.stored();
        ByteBuffer bits = ByteBuffer.allocate(length(grid, stored.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int slice = 0; slice < grid.size(resolved.index()); slice++) {
            Slicing.forEachRow(grid, resolved, slice, (voxel, step, count) -> {
                if (step == 1) {
                    stored.write(voxel, count, bits);
                } else {
                    for (int n = 0; n < count; n++) {
                        stored.write(voxel + n * step, 1, bits);
                    }
                }
            });
        }
        return new AcquiredSlices(stored.storage(), resolved == SliceAxis.I ? grid.ny() * grid.nz()
                : resolved == SliceAxis.J ? grid.nx() * grid.nz() : grid.nx() * grid.ny(), bits.array());
    }

    static int length(Grid grid, int bytesPerVoxel) {
        long bytes = grid.count() * bytesPerVoxel;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new InputException("the image of " + grid.nx() + " x " + grid.ny() + " x " + grid.nz() + " voxels", "has "
                    + bytes + " bytes as it is stored, more than fit beside a model",
                    "crop it, or convert it to a type of fewer bytes");
        }
        return (int) bytes;
    }

    /** The number of slices. */
    public int count() {
        return bits.length / sliceBytes();
    }

    /** Whether somebody changed any of them. */
    public boolean anyEdited() {
        return IntStream.range(0, edited.length).anyMatch(slice -> edited[slice]);
    }

    /** Whether a volume's slices are these: the same intensities, however they are stored, where nobody edited them. */
    public boolean areThoseOf(AcquiredSlices others) {
        boolean all = pixels == others.pixels && count() == others.count();
        for (int slice = 0; all && slice < count(); slice++) {
            all = edited[slice] || Arrays.equals(intensities(slice), others.intensities(slice));
        }
        return all;
    }

    /** The intensities of one slice. */
    public float[] intensities(int slice) {
        float[] intensities = new float[pixels];
        storage.decode(little(bits), slice * sliceBytes(), pixels, intensities, 0);
        return intensities;
    }

    /**
     * The same with other intensities in some pixels: the nearest that the storage has.
     *
     * @param slices for each slice its new intensities, {@code NaN} where a pixel keeps its bits; {@code null} where a
     *     whole slice does
     */
    public AcquiredSlices with(float[][] slices) {
        byte[] others = bits.clone();
        boolean[] changed = edited.clone();
        ByteBuffer one = ByteBuffer.allocate(storage.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int slice = 0; slice < slices.length; slice++) {
            for (int p = 0; slices[slice] != null && p < pixels; p++) {
                if (!Float.isNaN(slices[slice][p])) {
                    changed[slice] = true;
                    storage.encode(slices[slice], p, 1, one.clear());
                    System.arraycopy(one.array(), 0, others, slice * sliceBytes() + p * one.capacity(), one.capacity());
                }
            }
        }
        return new AcquiredSlices(storage, pixels, others, changed);
    }

    /** The intensities of all slices, one after the other. */
    public float[] intensities() {
        float[] all = new float[count() * pixels];
        storage.decode(little(bits), 0, all.length, all, 0);
        return all;
    }

    /**
     * A volume with these slices among its own, stored as these are: what was drawn becomes the nearest number that the
     * storage has, what was acquired keeps its bits.
     *
     * @param drawn its voxels are changed
     * @param axis the slicing axis, resolved
     * @param sources for each slice of the volume which of these it is, or -1 for one that was drawn
     */
    public Volume restoredInto(Volume drawn, SliceAxis axis, int[] sources) {
        Grid grid = drawn.grid();
        float[] voxels = drawn.voxels();
        StoredVoxels.round(voxels, storage);
        boolean held = true;
        for (int slice = 0; slice < sources.length; slice++) {
            if (sources[slice] >= 0) {
                float[] acquired = intensities(sources[slice]);
                held = held && held(sources[slice], acquired);
                putRows(grid, axis, slice, acquired, voxels);
            }
        }
        return new Volume(grid, new StoredVoxels(voxels, storage, held ? null : bits(voxels, grid, axis, sources)));
    }

    /** The same with the voxels as floats. */
    public Volume restoredAsFloats(Volume drawn, SliceAxis axis, int[] sources) {
        for (int slice = 0; slice < sources.length; slice++) {
            if (sources[slice] >= 0) {
                putRows(drawn.grid(), axis, slice, intensities(sources[slice]), drawn.voxels());
            }
        }
        return drawn;
    }

    private static void putRows(Grid grid, SliceAxis axis, int slice, float[] values, float[] voxels) {
        int[] next = {0};
        Slicing.forEachRow(grid, axis, slice, (voxel, step, count) -> {
            for (int n = 0; n < count; n++) {
                voxels[voxel + n * step] = values[next[0]++];
            }
        });
    }

    // Whether floats hold a slice to the bit.
    private boolean held(int slice, float[] intensities) {
        if (storage.fitsFloats()) {
            return true;
        }
        ByteBuffer again = ByteBuffer.allocate(sliceBytes()).order(ByteOrder.LITTLE_ENDIAN);
        storage.encode(intensities, 0, pixels, again);
        return Arrays.equals(again.array(), 0, sliceBytes(), bits, slice * sliceBytes(), (slice + 1) * sliceBytes());
    }

    private byte[] bits(float[] voxels, Grid grid, SliceAxis axis, int[] sources) {
        int size = storage.type().bytes();
        if ((long) voxels.length * size > Integer.MAX_VALUE - 8) {
            throw new InputException("the interpolated volume", "would have " + (long) voxels.length * size
                    + " bytes in its input's type, more than fit", "choose a smaller factor or a larger spacing, or store floats")
                    .naming("factor", "spacing", "type");
        }
        byte[] all = new byte[voxels.length * size];
        storage.encode(voxels, 0, voxels.length, little(all));
        for (int slice = 0; slice < sources.length; slice++) {
            if (sources[slice] >= 0) {
                int[] next = {sources[slice] * sliceBytes()};
                Slicing.forEachRow(grid, axis, slice, (voxel, step, count) -> {
                    for (int n = 0; n < count; n++, next[0] += size) {
                        System.arraycopy(bits, next[0], all, (voxel + n * step) * size, size);
                    }
                });
            }
        }
        return all;
    }

    private int sliceBytes() {
        return pixels * storage.type().bytes();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
