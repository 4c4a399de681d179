package io.github.medgs.volume.raw;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * A block of voxels of one type: possibly several values side by side for each (channels), possibly several volumes one
 * after the other. A user's "frame" counts both.
 *
 * @param slope intensity = slope * stored + intercept
 */
public record RawVoxels(Grid grid, ScalarType type, ByteOrder order, long channels, long volumes, double slope,
        double intercept) {

    /** Values as they are stored. */
    public RawVoxels(Grid grid, ScalarType type, ByteOrder order, long channels, long volumes) {
        this(grid, type, order, channels, volumes, 1, 0);
    }

    /** One volume out of the block. */
    public record Frame(Volume volume, int index) {}

    /** The number of volumes a user may choose from. */
    public int frameCount() {
        return (int) (channels * volumes);
    }

    /**
     * All bytes of the block.
     *
     * @throws InputException when the header's claims are beyond any file
     */
    public long bytes(Path path) {
        if (channels < 1 || volumes < 1 || channels > VoxelLayout.MOST_CHANNELS || volumes > Integer.MAX_VALUE
                || channels * volumes > Integer.MAX_VALUE) {
            throw new InputException(path.toString(), "claims " + channels + " values per voxel in " + volumes
                    + " volumes", "correct the header, or export the volume again");
        }
        double bytes = (double) grid.count() * type.bytes() * channels * volumes;
        if (bytes > Long.MAX_VALUE / 4.0) {
            throw new InputException(path.toString(), "is cut short: its header claims more bytes than any file has",
                    "copy or download it again");
        }
        return grid.count() * type.bytes() * channels * volumes;
    }

    /**
     * Reads the chosen frame, after proving that all claimed bytes are there.
     *
     * @param notes receives which frame was read where there are several
     */
    public Frame read(Path path, VoxelBytes source, ReadOptions options, List<String> notes) {
        long bytes = bytes(path);
        source.require(path.toString(), bytes);
        int frame = options.frameOf(path.toString(), frameCount());
        if (frameCount() > 1) {
            notes.add("it holds " + frameCount() + " frames; frame " + frame + " was read");
        }
        long from = frame / channels * (bytes / volumes);
        VoxelLayout layout =
                new VoxelLayout(type, order, (int) channels, (int) (frame % channels), slope, intercept);
        float[] voxels = VoxelLayout.allocate(path.toString(), (int) grid.count());
        StoredVoxels stored = source.read(bytes, from, in -> layout.decode(path.toString(), in, voxels));
        String loss = type.lossNote(voxels);
        if (loss != null) {
            notes.add(loss);
        }
        return new Frame(new Volume(grid, stored), frame);
    }
}
