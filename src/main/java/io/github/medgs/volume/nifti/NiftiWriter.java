package io.github.medgs.volume.nifti;

import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.raw.VoxelOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.joml.Matrix3d;
import org.joml.Matrix4dc;
import org.joml.Quaterniond;
import org.joml.Vector3d;

/**
 * Writes a volume as one NIfTI file, little-endian: NIfTI-1, or NIfTI-2 where a size does not fit 16 bits. The sform is
 * always set; the qform too where the affine is a rotation with spacings, so that readers of either agree.
 */
public final class NiftiWriter {

    private static final int LARGEST_SIZE_1 = 32_767;
    private static final int SCANNER_COORDINATES = 1;
    private static final int MILLIMETRES = 2;
    private static final int COMMENT = 6;

    private NiftiWriter() {}

    /**
     * @param remark its line becomes {@code descrip}, its text a header extension of code {@value #COMMENT}, what labels
     *     are called a {@link LabelTable}
     */
    public static void write(Volume volume, Remark remark, OutputStream out) throws IOException {
        Grid grid = volume.grid();
        Storage storage = volume.stored().storage();
        // A file of the second version holds scalings in double precision, one of the first does not.
        boolean fits = Math.max(grid.nx(), Math.max(grid.ny(), grid.nz())) <= LARGEST_SIZE_1
                && (float) storage.slope() == storage.slope() && (float) storage.intercept() == storage.intercept();
        byte[] extension = extensions(remark);
        out.write((fits ? header1(grid, storage, remark, extension.length)
                : header2(grid, storage, remark, extension.length)).array());
        out.write(extension);
        VoxelOutput.write(volume.stored(), out);
    }

    private static byte[] extensions(Remark remark) {
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        if (!remark.text().isEmpty()) {
            extensions.writeBytes(extension(COMMENT, remark.text()));
        }
        if (!remark.segments().isEmpty()) {
            extensions.writeBytes(extension(LabelTable.CODE, LabelTable.xml(remark.segments())));
        }
        return extensions.toByteArray();
    }

    /** Its size (a multiple of 16) and code, then the text, filled up with zeros; see nifti1.h. */
    private static byte[] extension(int code, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        ByteBuffer extension = ByteBuffer.allocate((8 + text.length + 15) / 16 * 16).order(ByteOrder.LITTLE_ENDIAN);
        return extension.putInt(extension.capacity()).putInt(code).put(text).array();
    }

    private static ByteBuffer header1(Grid grid, Storage storage, Remark remark, int extension) {
        ByteBuffer header = ByteBuffer.allocate(NiftiHeader.SIZE_1 + 4).order(ByteOrder.LITTLE_ENDIAN);
        Rotation rotation = Rotation.of(grid.indexToPatient());
        ScalarType type = storage.type();
        header.putInt(0, NiftiHeader.SIZE_1);
        header.put(38, (byte) 'r');
        short[] dim = {3, (short) grid.nx(), (short) grid.ny(), (short) grid.nz(), 1, 1, 1, 1};
        for (int n = 0; n < 8; n++) {
            header.putShort(40 + 2 * n, dim[n]);
            header.putFloat(76 + 4 * n, (float) pixdim(grid, rotation, n));
        }
        header.putShort(70, code(type)).putShort(72, (short) (8 * type.bytes()));
        header.putFloat(108, NiftiHeader.SIZE_1 + 4 + extension).putFloat(112, (float) storage.slope())
                .putFloat(116, (float) storage.intercept());
        header.put(123, (byte) MILLIMETRES);
        header.put(148, remark.line().getBytes(StandardCharsets.US_ASCII));
        header.putShort(252, (short) (rotation == null ? 0 : SCANNER_COORDINATES));
        header.putShort(254, (short) SCANNER_COORDINATES);
        for (int n = 0; n < 6 && rotation != null; n++) {
            header.putFloat(256 + 4 * n, (float) rotation.field(n, grid.indexToPatient()));
        }
        for (int n = 0; n < 12; n++) {
            header.putFloat(280 + 4 * n, (float) grid.indexToPatient().get(n % 4, n / 4));
        }
        header.put(NiftiHeader.SIZE_1, (byte) (extension > 0 ? 1 : 0));
        header.put(344, new byte[] {'n', '+', '1', 0});
        return header;
    }

    private static ByteBuffer header2(Grid grid, Storage storage, Remark remark, int extension) {
        ByteBuffer header = ByteBuffer.allocate(NiftiHeader.SIZE_2 + 4).order(ByteOrder.LITTLE_ENDIAN);
        Rotation rotation = Rotation.of(grid.indexToPatient());
        ScalarType type = storage.type();
        header.putInt(0, NiftiHeader.SIZE_2);
        header.put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 0x1A, '\n'});
        header.putShort(12, code(type)).putShort(14, (short) (8 * type.bytes()));
        long[] dim = {3, grid.nx(), grid.ny(), grid.nz(), 1, 1, 1, 1};
        for (int n = 0; n < 8; n++) {
            header.putLong(16 + 8 * n, dim[n]);
            header.putDouble(104 + 8 * n, pixdim(grid, rotation, n));
        }
        header.putLong(168, NiftiHeader.SIZE_2 + 4 + extension).putDouble(176, storage.slope())
                .putDouble(184, storage.intercept());
        header.put(240, remark.line().getBytes(StandardCharsets.US_ASCII));
        header.putInt(344, rotation == null ? 0 : SCANNER_COORDINATES).putInt(348, SCANNER_COORDINATES);
        for (int n = 0; n < 6 && rotation != null; n++) {
            header.putDouble(352 + 8 * n, rotation.field(n, grid.indexToPatient()));
        }
        for (int n = 0; n < 12; n++) {
            header.putDouble(400 + 8 * n, grid.indexToPatient().get(n % 4, n / 4));
        }
        header.putInt(500, MILLIMETRES);
        header.put(NiftiHeader.SIZE_2, (byte) (extension > 0 ? 1 : 0));
        return header;
    }

    private static double pixdim(Grid grid, Rotation rotation, int n) {
        return switch (n) {
            case 0 -> rotation == null ? 1 : rotation.handedness();
            case 1, 2, 3 -> grid.spacing(n - 1);
            default -> 1;
        };
    }

    private static short code(ScalarType type) {
        return switch (type) {
            case UINT8 -> 2;
            case INT16 -> 4;
            case INT32 -> 8;
            case FLOAT32 -> 16;
            case FLOAT64 -> 64;
            case INT8 -> 256;
            case UINT16 -> 512;
            case UINT32 -> 768;
            case INT64 -> 1024;
            case UINT64 -> 1280;
        };
    }

    /** The qform: a unit quaternion with its real part not negative, and -1 where the third axis is mirrored. */
    private record Rotation(Quaterniond quaternion, double handedness) {

        /** Cosine between axes above which an affine counts as sheared. */
        private static final double SHEARED = 1e-5;

        /** Null where the affine is sheared, which a qform cannot say. */
        static Rotation of(Matrix4dc affine) {
            Vector3d i = column(affine, 0);
            Vector3d j = column(affine, 1);
            Vector3d k = column(affine, 2);
            if (Math.abs(i.dot(j)) > SHEARED || Math.abs(i.dot(k)) > SHEARED || Math.abs(j.dot(k)) > SHEARED) {
                return null;
            }
            double handedness = affine.determinant3x3() < 0 ? -1 : 1;
            Matrix3d matrix = new Matrix3d(i, j, k.mul(handedness));
            Quaterniond quaternion = matrix.getNormalizedRotation(new Quaterniond()).normalize();
            if (quaternion.w < 0) {
                quaternion.mul(-1);
            }
            return new Rotation(quaternion, handedness);
        }

        private static Vector3d column(Matrix4dc affine, int axis) {
            return new Vector3d(affine.get(axis, 0), affine.get(axis, 1), affine.get(axis, 2)).normalize();
        }

        /** quatern_b, c, d, qoffset_x, y, z. */
        double field(int n, Matrix4dc affine) {
            return switch (n) {
                case 0 -> quaternion.x;
                case 1 -> quaternion.y;
                case 2 -> quaternion.z;
                default -> affine.get(3, n - 3);
            };
        }
    }
}
