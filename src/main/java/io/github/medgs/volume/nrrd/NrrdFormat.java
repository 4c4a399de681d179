package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.VolumeFormat;
import io.github.medgs.volume.raw.ByteSource.Compression;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.RawVoxels;
import io.github.medgs.volume.raw.TextHeader;
import io.github.medgs.volume.raw.VoxelLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads NRRD: .nrrd, and .nhdr with its data file. */
public final class NrrdFormat implements VolumeFormat {

    @Override
    public boolean recognises(Path path, byte[] start) {
        return new String(start, 0, Math.min(start.length, 4), StandardCharsets.US_ASCII).equals("NRRD");
    }

    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        NrrdHeader header = NrrdHeader.read(path);
        List<String> notes = new ArrayList<>();
        NrrdAxes axes = NrrdAxes.of(header, notes);
        long[] sizes = axes.sizes();
        VoxelLayout.voxelCount(path.toString(), sizes);
        Grid grid = new Grid((int) sizes[0], (int) sizes[1], (int) sizes[2], axes.affine());
        ScalarType type = header.type();
        boolean detached = header.field("data file") != null;
        Compression compression = compression(header);
        ByteSource source = detached
                ? new ByteSource(dataFile(header), 0, compression)
                : new ByteSource(path, header.end(), compression);
        RawVoxels voxels = new RawVoxels(grid, type, header.order(type), axes.channels(), axes.frames());
        RawVoxels.Frame frame = voxels.read(path, source, skip(header, source, voxels), options, notes);
        String format = "NRRD" + (detached ? ", data apart" : "") + (compression == Compression.GZIP ? ", gzip" : "");
        return new LoadedVolume(new Volume(grid, frame.voxels()), format, type.words(), voxels.frameCount(),
                frame.index(), notes);
    }

    private static Compression compression(NrrdHeader header) {
        String encoding = header.required("encoding").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "raw" -> Compression.NONE;
            case "gzip", "gz" -> Compression.GZIP;
            default -> throw new InputException(header.path().toString(), "is encoded as \"" + encoding
                    + "\", which is not read", "write it again with raw or gzip encoding");
        };
    }

    private static Path dataFile(NrrdHeader header) {
        String name = header.field("data file");
        if (name.startsWith("LIST") || name.contains("%") || name.isEmpty()) {
            throw new InputException(header.path().toString(), "spreads its data over several files",
                    "write it again as one .nrrd");
        }
        return TextHeader.sibling(header.path(), name);
    }

    // -1 says that the voxels are the file's last bytes.
    private static long skip(NrrdHeader header, ByteSource source, RawVoxels voxels) {
        String lines = header.field("line skip");
        String text = header.field("byte skip");
        if (lines != null && !lines.equals("0")) {
            throw new InputException(header.path().toString(), "skips lines before its data, which is not read",
                    "write it again as one .nrrd");
        }
        if (text == null) {
            return 0;
        }
        long[] skip = TextHeader.wholeNumbers(header.path(), "byte skip", text);
        if (skip.length != 1 || skip[0] < -1 || skip[0] == -1 && source.compression() != Compression.NONE) {
            throw TextHeader.badField(header.path(), "byte skip", text);
        }
        try {
            return skip[0] >= 0 ? skip[0]
                    : Math.max(0, Files.size(source.path()) - source.start() - voxels.bytes(header.path()));
        } catch (IOException e) {
            throw ByteSource.unreadable(source.path(), e);
        }
    }
}
