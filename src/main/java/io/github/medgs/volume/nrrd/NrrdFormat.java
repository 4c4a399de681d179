package io.github.medgs.volume.nrrd;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.ByteSource.Compression;
import io.github.medgs.volume.raw.DataFiles;
import io.github.medgs.volume.raw.RawVoxels;
import io.github.medgs.volume.raw.TextHeader;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelBytes;
import io.github.medgs.volume.raw.VoxelLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** NRRD: .nrrd, and .nhdr with its data files; 3D Slicer's .seg.nrrd with the names of its segments. */
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
        RawVoxels voxels = new RawVoxels(grid, type, header.order(type), axes.channels(), axes.frames());
        List<Path> files = dataFiles(header);
        RawVoxels.Frame frame = voxels.read(path, source(header, files, voxels), options, notes);
        Encoding encoding = Encoding.of(header);
        String format = "NRRD" + (files.isEmpty() ? "" : files.size() == 1 ? ", data apart"
                : ", data in " + files.size() + " files") + (encoding == Encoding.RAW ? "" : ", " + encoding.word);
        return new LoadedVolume(frame.volume(), format, type.words(), voxels.frameCount(), frame.index(), notes,
                NrrdSegments.of(header, axes.channels() > 1 || axes.frames() > 1 ? frame.index() : 0));
    }

    @Override
    public List<Path> files(Path path) {
        return DataFiles.with(path, dataFiles(NrrdHeader.read(path)));
    }

    /** How the voxels stand in their file. */
    private enum Encoding {
        RAW("raw"), GZIP("gzip"), BZIP2("bzip2"), ASCII("as text"), HEX("hexadecimal");

        private final String word;

        Encoding(String word) {
            this.word = word;
        }

        static Encoding of(NrrdHeader header) {
            String name = header.required("encoding").toLowerCase(java.util.Locale.ROOT);
            return switch (name) {
                case "raw" -> RAW;
                case "gzip", "gz" -> GZIP;
                case "bzip2", "bz2" -> BZIP2;
                case "text", "txt", "ascii" -> ASCII;
                case "hex" -> HEX;
                default -> throw new InputException(header.path().toString(), "is encoded as \"" + name
                        + "\", which is not read", "write it again with raw or gzip encoding");
            };
        }

        ByteSource of(Path path, long start, long lines) {
            ByteSource source = new ByteSource(path, start, switch (this) {
                case RAW, ASCII -> Compression.NONE;
                case GZIP -> Compression.GZIP;
                case BZIP2 -> Compression.BZIP2;
                case HEX -> Compression.HEX;
            });
            ByteSource data = lines == 0 ? source : source.afterLines(lines);
            return this == GZIP ? data.asDeflated() : data;
        }
    }

    // None where the voxels follow the header.
    private static List<Path> dataFiles(NrrdHeader header) {
        String name = header.field("data file");
        return name == null ? List.of()
                : DataFiles.isList(name) ? DataFiles.listed(header.path(), header.list())
                : DataFiles.named(header.path(), name);
    }

    private static VoxelBytes source(NrrdHeader header, List<Path> files, RawVoxels voxels) {
        Encoding encoding = Encoding.of(header);
        long lines = whole(header, "line skip");
        if (lines < 0) {
            throw TextHeader.badField(header.path(), "line skip", header.field("line skip"));
        }
        List<ByteSource> sources = files.isEmpty() ? List.of(encoding.of(header.path(), header.end(), lines))
                : files.stream().map(file -> encoding.of(file, 0, lines)).toList();
        long skip = whole(header, "byte skip");
        if (skip < -1 || skip == -1 && encoding != Encoding.RAW) {
            throw TextHeader.badField(header.path(), "byte skip", header.field("byte skip"));
        }
        if (skip == -1) {
            sources = fromTheEnd(sources, voxels.bytes(header.path()) / sources.size());
        }
        ScalarType numbers = encoding == Encoding.ASCII ? header.type() : null;
        return new VoxelBytes(sources, Math.max(0, skip), numbers, header.order(header.type()));
    }

    private static long whole(NrrdHeader header, String name) {
        String text = header.field(name);
        long[] numbers = text == null ? new long[1] : TextHeader.wholeNumbers(header.path(), name, text);
        if (numbers.length != 1) {
            throw TextHeader.badField(header.path(), name, text);
        }
        return numbers[0];
    }

    // A byte skip of -1 says that the voxels are each file's last bytes.
    private static List<ByteSource> fromTheEnd(List<ByteSource> sources, long bytes) {
        List<ByteSource> ends = new ArrayList<>();
        for (ByteSource source : sources) {
            try {
                long start = Math.max(source.start(), Files.size(source.path()) - bytes);
                ends.add(new ByteSource(source.path(), start, source.compression()));
            } catch (IOException e) {
                throw ByteSource.unreadable(source.path(), e);
            }
        }
        return ends;
    }

    @Override
    public List<String> extensions() {
        return List.of(".nrrd");
    }

    @Override
    public void write(Volume volume, Remark remark, Path path) throws IOException {
        AtomicFile.write(path, out -> NrrdWriter.write(volume, remark, out));
    }
}
