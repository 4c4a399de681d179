package io.github.medgs.volume.nifti;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.VolumeFormat;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.VoxelLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads NIfTI: .nii, .nii.gz, and pairs of .hdr and .img (either name will do, each may be gzip). */
public final class NiftiFormat implements VolumeFormat {

    @Override
    public boolean readsGzip() {
        return true;
    }

    @Override
    public boolean recognises(Path path, byte[] start) {
        return NiftiHeader.looksLikeOne(start) || isImageOfPair(path);
    }

    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        Path headerFile = isImageOfPair(path) ? headerOf(path) : path;
        ByteSource headerSource = ByteSource.of(headerFile);
        NiftiHeader header = NiftiHeader.parse(headerFile.toString(), headerSource.first(NiftiHeader.SIZE_2));
        List<String> notes = new ArrayList<>();
        Grid grid = grid(path.toString(), header, notes);

        long frames = frames(path.toString(), header);
        int frame = options.frameOf(path.toString(), frames);
        if (frames > 1) {
            notes.add("it holds " + frames + " frames; frame " + frame + " was read");
        }
        if (header.bitpix() != 8 * header.type().bytes()) {
            notes.add("the header says " + header.bitpix() + " bits per voxel; its data type was believed instead");
        }
        ByteSource source = header.singleFile() ? headerSource : ByteSource.of(imageOf(headerFile));
        StoredVoxels voxels = voxels(source, header, grid, frames, frame, notes);
        String format = "NIfTI-" + header.version()
                + (header.singleFile() ? "" : ", header and image apart")
                + (source.compression() == ByteSource.Compression.GZIP ? ", gzip" : "")
                + (header.order() == ByteOrder.BIG_ENDIAN ? ", big-endian" : "");
        return new LoadedVolume(new Volume(grid, voxels), format, header.type().words(), (int) Math.min(frames,
                Integer.MAX_VALUE), frame, notes);
    }

    private static Grid grid(String file, NiftiHeader header, List<String> notes) {
        long[] sizes = header.sizes();
        VoxelLayout.voxelCount(file, sizes[0], sizes[1], sizes[2]);
        return new Grid((int) sizes[0], (int) sizes[1], (int) sizes[2], NiftiOrientation.of(header, notes));
    }

    private static long frames(String file, NiftiHeader header) {
        long[] sizes = header.sizes();
        return VoxelLayout.voxelCount(file, sizes[3], sizes[4], sizes[5], sizes[6]);
    }

    private static StoredVoxels voxels(ByteSource source, NiftiHeader header, Grid grid, long frames, int frame,
            List<String> notes) {
        String file = source.path().toString();
        // At most 2^31 * 8 * 2^31 bytes: as a double first, for a product beyond 63 bits must not wrap.
        long frameBytes = grid.count() * header.type().bytes();
        if ((double) frameBytes * frames + header.voxelOffset() > Long.MAX_VALUE / 2.0) {
            throw new InputException(file, "is cut short: its header claims more bytes than any file has",
                    "copy or download it again");
        }
        source.require(header.voxelOffset() + frameBytes * frames);
        float[] voxels = VoxelLayout.allocate(file, (int) grid.count());
        StoredVoxels stored =
                source.read(header.voxelOffset() + frame * frameBytes, layout(file, header, notes), voxels);
        String loss = header.type().lossNote(voxels);
        if (loss != null) {
            notes.add(loss);
        }
        return stored;
    }

    // A slope of 0 says "no scaling" (nifti1.h); writers put NaN there to say the same.
    private static VoxelLayout layout(String file, NiftiHeader header, List<String> notes) {
        double slope = header.slope();
        if (slope == 0 || !Double.isFinite(slope)) {
            return VoxelLayout.unscaled(header.type(), header.order());
        }
        if (!Double.isFinite(header.intercept())) {
            throw new InputException(file, "has a damaged NIfTI header: its intensity offset (scl_inter) is "
                    + header.intercept(), "set scl_inter to a number");
        }
        if (slope != 1 || header.intercept() != 0) {
            notes.add("stored values are scaled: intensity = " + Words.number(slope) + " * stored + "
                    + Words.number(header.intercept()));
        }
        return VoxelLayout.scaled(header.type(), header.order(), slope, header.intercept());
    }

    private static boolean isImageOfPair(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".img") || name.endsWith(".img.gz");
    }

    private static Path headerOf(Path image) {
        return partner(image, ".img", ".hdr", "is an image without its header");
    }

    private static Path imageOf(Path header) {
        return partner(header, ".hdr", ".img", "is a header without its image");
    }

    private static Path partner(Path path, String suffix, String other, String problem) {
        String name = path.getFileName().toString();
        String stem = name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\" + suffix + "$", "");
        boolean upper = name.contains(suffix.toUpperCase(Locale.ROOT));
        String extension = upper ? other.toUpperCase(Locale.ROOT) : other;
        for (String candidate : new String[] {stem + extension, stem + extension + ".gz"}) {
            Path sibling = path.resolveSibling(candidate);
            if (Files.isRegularFile(sibling)) {
                return sibling;
            }
        }
        throw new InputException(path.toString(), problem, "put " + stem + extension + " beside it");
    }
}
