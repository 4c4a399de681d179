package io.github.medgs.volume.mgh;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.ByteSource;
import io.github.medgs.volume.raw.Conventions;
import io.github.medgs.volume.raw.Gzip;
import io.github.medgs.volume.raw.RawVoxels;
import io.github.medgs.volume.raw.VolumeFormat;
import io.github.medgs.volume.raw.VoxelBytes;
import io.github.medgs.volume.raw.VoxelLayout;
import io.github.medgs.volume.raw.VoxelOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.joml.Matrix4d;
import org.joml.Matrix4dc;
import org.joml.Vector3d;

/**
 * FreeSurfer's .mgz and .mgh. The header says where the volume's centre lies, and which way its axes point; the centre
 * is the voxel at half of each size, whole or not.
 */
public final class MghFormat implements VolumeFormat {

    private static final int HEADER = 284;
    private static final int VERSION = 1;
    private static final int FIRST_DIRECTION = 42;
    private static final int CENTRE = 78;

    @Override
    public boolean recognises(Path path, byte[] start) {
        if (start.length < 90) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        boolean plausible = header.getInt(0) == VERSION && header.getInt(20) >= 0 && header.getInt(20) <= 10;
        for (int field = 1; field <= 4; field++) {
            plausible &= header.getInt(4 * field) > 0;
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return plausible || header.getInt(0) == VERSION && (name.endsWith(".mgz") || name.endsWith(".mgh"));
    }

    @Override
    public boolean readsGzip() {
        return true;
    }

    @Override
    public LoadedVolume read(Path path, ReadOptions options) {
        String file = path.toString();
        ByteSource source = ByteSource.of(path);
        byte[] bytes = source.first(HEADER);
        if (bytes.length < HEADER) {
            throw new InputException(file, "is cut short within its header", "copy or download it again");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        long[] sizes = {header.getInt(4), header.getInt(8), header.getInt(12)};
        VoxelLayout.voxelCount(file, sizes);
        int frames = header.getInt(16);
        if (frames < 1) {
            throw new InputException(file, "claims " + frames + " frames", "copy or download it again");
        }
        List<String> notes = new ArrayList<>();
        Grid grid = new Grid((int) sizes[0], (int) sizes[1], (int) sizes[2], affine(file, header, sizes, notes));
        ScalarType type = type(file, header.getInt(20));
        RawVoxels voxels = new RawVoxels(grid, type, ByteOrder.BIG_ENDIAN, 1, frames);
        RawVoxels.Frame frame = voxels.read(path, VoxelBytes.of(source, HEADER), options, notes);
        return new LoadedVolume(frame.volume(), "FreeSurfer MGH" + (source.compression()
                == ByteSource.Compression.GZIP ? ", gzip" : ""), type.words(), frames, frame.index(), notes);
    }

    private static ScalarType type(String file, int code) {
        return switch (code) {
            case 0 -> ScalarType.UINT8;
            case 1 -> ScalarType.INT32;
            case 2 -> ScalarType.INT64;
            case 3 -> ScalarType.FLOAT32;
            case 4 -> ScalarType.INT16;
            case 10 -> ScalarType.UINT16;
            default -> throw new InputException(file, "holds voxels of type " + code + " (bits, tensors or colours), which"
                    + " are not read", "convert it with mri_convert -odt float");
        };
    }

    private static Matrix4d affine(String file, ByteBuffer header, long[] sizes, List<String> notes) {
        Vector3d[] steps = {new Vector3d(-1, 0, 0), new Vector3d(0, 0, -1), new Vector3d(0, 1, 0)};
        Vector3d centre = new Vector3d();
        if (header.getShort(28) > 0) {
            for (int axis = 0; axis < 3; axis++) {
                float spacing = header.getFloat(30 + 4 * axis);
                steps[axis] = vector(header, FIRST_DIRECTION + 12 * axis).mul(spacing);
            }
            centre = vector(header, CENTRE);
        } else {
            notes.add("the header gives no orientation: coronal slices of 1 mm were taken, as FreeSurfer does");
        }
        Vector3d origin = new Vector3d(centre);
        for (int axis = 0; axis < 3; axis++) {
            origin.fma(-sizes[axis] / 2.0, steps[axis]);
        }
        Matrix4d affine = Conventions.affine(steps[0], steps[1], steps[2], origin);
        if (!Conventions.isInvertible(affine)) {
            throw new InputException(file, "has directions or spacings that do not span space",
                    "correct its header with mri_convert");
        }
        return affine;
    }

    private static Vector3d vector(ByteBuffer header, int at) {
        return new Vector3d(header.getFloat(at), header.getFloat(at + 4), header.getFloat(at + 8));
    }

    @Override
    public List<String> extensions() {
        return List.of(".mgz", ".mgh");
    }

    @Override
    public Set<ScalarType> types() {
        return EnumSet.of(ScalarType.UINT8, ScalarType.INT16, ScalarType.UINT16, ScalarType.INT32, ScalarType.FLOAT32);
    }

    @Override
    public void write(Volume volume, Remark remark, Path path) throws IOException {
        boolean packed = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".mgz");
        AtomicFile.write(path, out -> {
            Gzip gzip = packed ? new Gzip(out) : null;
            (packed ? gzip : out).write(header(volume).array());
            VoxelOutput.write(volume.stored(), ByteOrder.BIG_ENDIAN, packed ? gzip : out);
            if (packed) {
                gzip.finish();
            }
        });
    }

    private static ByteBuffer header(Volume volume) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(0, VERSION).putInt(16, 1).putInt(20, code(volume.stored().storage().type())).putShort(28, (short) 1);
        Matrix4dc affine = volume.indexToPatient();
        Vector3d centre = affine.transformPosition(
                new Vector3d(volume.nx() / 2.0, volume.ny() / 2.0, volume.nz() / 2.0));
        for (int axis = 0; axis < 3; axis++) {
            header.putInt(4 + 4 * axis, volume.size(axis));
            header.putFloat(30 + 4 * axis, (float) volume.spacing(axis));
            for (int component = 0; component < 3; component++) {
                header.putFloat(FIRST_DIRECTION + 4 * (3 * axis + component),
                        (float) (affine.get(axis, component) / volume.spacing(axis)));
            }
            header.putFloat(CENTRE + 4 * axis, (float) centre.get(axis));
        }
        return header;
    }

    private static int code(ScalarType type) {
        return switch (type) {
            case UINT8 -> 0;
            case INT32 -> 1;
            case FLOAT32 -> 3;
            case INT16 -> 4;
            case UINT16 -> 10;
            default -> throw new IllegalArgumentException("not written as MGH: " + type);
        };
    }
}
