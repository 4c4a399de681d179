package io.github.medgs.volume.metaimage;

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
import java.util.regex.Pattern;

/** Reads MetaImage: .mha, and .mhd with its data file. */
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
        if (header.field("BinaryData") != null && !header.flag("BinaryData")) {
            throw new InputException(path.toString(), "holds its voxels as text, which is not read",
                    "write it again in binary");
        }
        List<String> notes = new ArrayList<>();
        Grid grid = grid(header, notes);
        ScalarType type = header.type();
        RawVoxels voxels = new RawVoxels(grid, type, header.order(), header.whole("ElementNumberOfChannels", 1),
                volumes(header));
        boolean local = header.required("ElementDataFile").equalsIgnoreCase("LOCAL");
        boolean compressed = header.flag("CompressedData");
        ByteSource source = source(header, voxels, local, compressed);
        RawVoxels.Frame frame = voxels.read(path, source, 0, options, notes);
        String format = "MetaImage" + (local ? "" : ", data apart") + (compressed ? ", zlib" : "");
        return new LoadedVolume(new Volume(grid, frame.voxels()), format, type.words(), voxels.frameCount(),
                frame.index(), notes);
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

    private static ByteSource source(MetaImageHeader header, RawVoxels voxels, boolean local, boolean compressed) {
        Path data = local ? header.path() : dataFile(header);
        long start = local ? header.end() : 0;
        long skip = header.whole("HeaderSize", 0);
        try {
            if (skip == -1 && !compressed) {
                // The voxels are the file's last bytes, whatever stands before.
                start = Math.max(0, Files.size(data) - voxels.bytes(header.path()));
            } else if (skip < 0) {
                throw TextHeader.badField(header.path(), "HeaderSize", String.valueOf(skip));
            } else if (!local) {
                start = skip;
            }
        } catch (IOException e) {
            throw ByteSource.unreadable(data, e);
        }
        return new ByteSource(data, start, compressed ? Compression.ZLIB : Compression.NONE);
    }

    private static Path dataFile(MetaImageHeader header) {
        String name = header.required("ElementDataFile");
        if (name.startsWith("LIST") || name.contains("%")) {
            throw new InputException(header.path().toString(), "spreads its data over several files",
                    "write it again as one .mha");
        }
        return TextHeader.sibling(header.path(), name);
    }
}
