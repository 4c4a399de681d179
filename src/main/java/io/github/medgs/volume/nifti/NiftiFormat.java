package io.github.medgs.volume.nifti;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.Segment;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.Words;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Gzip;
import io.github.medgs.volume.raw.RawVoxels;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelBytes;
import io.github.medgs.volume.raw.VoxelLayout;
import io.github.medgs.volume.Words;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** NIfTI: .nii, .nii.gz, and pairs of .hdr and .img (either name will do, each may be gzip; pairs are
 * only read). */
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
        if (header.bitpix() != 8 * header.type().bytes()) {
            notes.add("the header says " + header.bitpix() + " bits per voxel; its data type was believed instead");
        }
        // Either image may lie beside the header, as it is and as gzip: the one that was given is meant.
        Path data = header.singleFile() ? headerFile : isImageOfPair(path) ? path : imageOf(headerFile);
        ByteSource source = header.singleFile() ? headerSource : ByteSource.of(data);
        RawVoxels voxels = voxels(path.toString(), header, grid, frames, notes);
        RawVoxels.Frame frame = voxels.read(data, VoxelBytes.of(source, header.voxelOffset()), options, notes);
        String format = "NIfTI-" + header.version()
                + (header.singleFile() ? "" : ", header and image apart")
                + (source.compression() == ByteSource.Compression.GZIP ? ", gzip" : "")
                + (header.order() == ByteOrder.BIG_ENDIAN ? ", big-endian" : "");
        List<Segment> segments = LabelTable.of(headerSource, header, notes);
        return new LoadedVolume(frame.volume(), format, header.type().words(), voxels.frameCount(), frame.index(),
                notes, segments);
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

    // A slope of 0 says "no scaling" (nifti1.h); writers put NaN there to say the same.
    private static RawVoxels voxels(String file, NiftiHeader header, Grid grid, long frames, List<String> notes) {
        double slope = header.slope();
        if (slope == 0 || !Double.isFinite(slope)) {
            return new RawVoxels(grid, header.type(), header.order(), 1, frames);
        }
        if (!Double.isFinite(header.intercept())) {
            throw new InputException(file, "has a damaged NIfTI header: its intensity offset (scl_inter) is "
                    + header.intercept(), "set scl_inter to a number");
        }
        if (slope != 1 || header.intercept() != 0) {
            notes.add("stored values are scaled: intensity = " + Words.number(slope) + " * stored + "
                    + Words.number(header.intercept()));
        }
        return new RawVoxels(grid, header.type(), header.order(), 1, frames, slope, header.intercept());
    }

    @Override
    public List<String> extensions() {
        return List.of(".nii", ".nii.gz");
    }

    @Override
    public boolean keepsScaling() {
        return true;
    }

    @Override
    public void write(Volume volume, Remark remark, Path path) throws IOException {
        boolean packed = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        AtomicFile.write(path, out -> {
            if (packed) {
                Gzip gzip = new Gzip(out);
                NiftiWriter.write(volume, remark, gzip);
                gzip.finish();
            } else {
                NiftiWriter.write(volume, remark, out);
            }
        });
    }

    @Override
    public List<Path> files(Path path) {
        if (isImageOfPair(path)) {
            return List.of(path, headerOf(path));
        }
        byte[] start = ByteSource.of(path).first(NiftiHeader.SIZE_2);
        return NiftiHeader.parse(path.toString(), start).singleFile() ? List.of(path) : List.of(path, imageOf(path));
    }

    /** Whether a file is the image of a pair whose header lies beside it. */
    public static boolean isImageWithHeader(Path path) {
        Path header = isImageOfPair(path) ? sibling(path, ".img", ".hdr") : null;
        return header != null && NiftiHeader.looksLikeOne(ByteSource.of(header).first(NiftiHeader.SIZE_2));
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
        Path sibling = sibling(path, suffix, other);
        if (sibling == null) {
            throw new InputException(path.toString(), problem, "put " + partnersName(path, suffix, other) + " beside it");
        }
        return sibling;
    }

    // Null where there is none.
    private static Path sibling(Path path, String suffix, String other) {
        String name = partnersName(path, suffix, other);
        for (String candidate : new String[] {name, name + ".gz"}) {
            Path sibling = path.resolveSibling(candidate);
            if (Files.isRegularFile(sibling)) {
                return sibling;
            }
        }
        return null;
    }

    private static String partnersName(Path path, String suffix, String other) {
        String name = path.getFileName().toString();
        String stem = name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\" + suffix + "$", "");
        return stem + (name.contains(suffix.toUpperCase(Locale.ROOT)) ? other.toUpperCase(Locale.ROOT) : other);
    }
}
