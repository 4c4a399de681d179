package io.github.medgs.volume.metaimage;

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
import java.util.regex.Pattern;

/** MetaImage: .mha, and .mhd with its data files. */
public final class MetaImageFormat implements VolumeFormat {

    private static final Pattern START = Pattern.compile(
            "\\A(?:\\s*\\w+\\s*=[^\\n]*\\n)*?\\s*(?:ObjectType\\s*=\\s*Image|NDims\\s*=)", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean recognises(Path path, byte[] start) {
        return START.matcher(new String(start, StandardCharsets.ISO_8859_1)).find();
    }

    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        MetaImageHeader header = MetaImageHeader.read(path);
        List<String> notes = new ArrayList<>();
        Grid grid = grid(header, notes);
        ScalarType type = header.type();
        RawVoxels voxels = new RawVoxels(grid, type, header.order(), header.whole("ElementNumberOfChannels", 1),
                volumes(header));
        List<Path> files = dataFiles(header);
        boolean compressed = header.flag("CompressedData");
        boolean text = header.field("BinaryData") != null && !header.flag("BinaryData");
        List<ByteSource> sources = files.isEmpty() ? List.of(source(header.path(), header.end(), compressed))
                : sources(header, files, voxels, compressed);
        RawVoxels.Frame frame = voxels.read(path, new VoxelBytes(sources, 0, text ? type : null, header.order()),
                options, notes);
        String format = "MetaImage" + (files.isEmpty() ? "" : files.size() == 1 ? ", data apart"
                : ", data in " + files.size() + " files") + (compressed ? ", zlib" : "") + (text ? ", as text" : "");
        return new LoadedVolume(frame.volume(), format, type.words(), voxels.frameCount(), frame.index(), notes);
    }

    @Override
    public List<Path> files(Path path) {
        return DataFiles.with(path, dataFiles(MetaImageHeader.read(path)));
    }

    private static Grid grid(MetaImageHeader header, List<String> notes) {
        long[] sizes = header.sizes();
        long[] three = {1, 1, 1};
        System.arraycopy(sizes, 0, three, 0, Math.min(3, sizes.length));
        VoxelLayout.voxelCount(header.path().toString(), three);
        if (sizes.length > 3) {
            notes.add("its " + sizes.length + " dimensions were read as volumes one after the other");
        }
        return new Grid((int) three[0], (int) three[1], (int) three[2], header.affine(sizes.length, notes));
    }

    private static long volumes(MetaImageHeader header) {
        long[] sizes = header.sizes();
        long[] others = {1, 1, 1, 1};
        System.arraycopy(sizes, Math.min(3, sizes.length), others, 0, Math.max(0, sizes.length - 3));
        return VoxelLayout.voxelCount(header.path().toString(), others);
    }

    // None where the voxels follow the header.
    private static List<Path> dataFiles(MetaImageHeader header) {
        String name = header.required("ElementDataFile");
        return name.equalsIgnoreCase("LOCAL") ? List.of()
                : DataFiles.isList(name) ? DataFiles.listed(header.path(), header.list())
                : DataFiles.named(header.path(), name);
    }

    private static List<ByteSource> sources(MetaImageHeader header, List<Path> files, RawVoxels voxels,
            boolean compressed) {
        long skip = header.whole("HeaderSize", 0);
        if (skip < -1 || skip == -1 && compressed) {
            throw TextHeader.badField(header.path(), "HeaderSize", String.valueOf(skip));
        }
        List<ByteSource> sources = new ArrayList<>();
        for (Path file : files) {
            try {
                // -1: the voxels are the file's last bytes, whatever stands before.
                long start = skip >= 0 ? skip
                        : Math.max(0, Files.size(file) - voxels.bytes(header.path()) / files.size());
                sources.add(source(file, start, compressed));
            } catch (IOException e) {
                throw ByteSource.unreadable(file, e);
            }
        }
        return sources;
    }

    private static ByteSource source(Path file, long start, boolean compressed) {
        return compressed ? new ByteSource(file, start, Compression.ZLIB).asDeflated()
                : new ByteSource(file, start, Compression.NONE);
    }

    @Override
    public List<String> extensions() {
        return List.of(".mha", ".mhd");
    }

    @Override
    public void requireFree(Path path) {
        MetaImageWriter.requireFree(path);
    }

    @Override
    public void write(Volume volume, Remark remark, Path path) throws IOException {
        MetaImageWriter.write(volume, path);
    }
}
