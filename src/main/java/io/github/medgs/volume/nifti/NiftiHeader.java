package io.github.medgs.volume.nifti;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fields of a NIfTI header that matter here, as they are stored: checked for sense, not yet interpreted.
 *
 * @param version 1 or 2
 * @param singleFile whether the voxels follow in the same file (magic "n+"), not in an .img beside it ("ni")
 * @param sizes dim[1..7], 1 where unused
 * @param pixdim pixdim[0..7]: qfac, then spacings
 * @param voxelOffset where the voxels begin, in bytes; already checked
 * @param quaternion quatern_b, c, d and qoffset_x, y, z
 * @param sform srow_x, srow_y, srow_z, one after the other
 * @param units xyzt_units
 */
record NiftiHeader(int version, ByteOrder order, boolean singleFile, long[] sizes, double[] pixdim,
        ScalarType type, int bitpix, long voxelOffset, double slope, double intercept, int qformCode, int sformCode,
        double[] quaternion, double[] sform, int units) {

    static final int SIZE_1 = 348;
    static final int SIZE_2 = 540;

    // The intent codes that CIFTI has for itself.
    private static final int CIFTI_FIRST = 3000;
    private static final int CIFTI_LAST = 3099;

    /** Whether these bytes begin as a NIfTI or Analyze header does: with its own size, in either byte order. */
    static boolean looksLikeOne(byte[] start) {
        return byteOrder(start) != null;
    }

    /**
     * Parses and checks.
     *
     * @param bytes the file from its first byte, at least a header's length
     */
    static NiftiHeader parse(String file, byte[] bytes) {
        ByteOrder order = byteOrder(bytes);
        if (order == null) {
            throw new InputException(file, "is not NIfTI: it does not begin with a header's size",
                    "give a .nii, .nii.gz or .hdr file");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        int version = buffer.getInt(0) == SIZE_1 ? 1 : 2;
        if (bytes.length < (version == 1 ? SIZE_1 : SIZE_2)) {
            throw new InputException(file, "is cut short within its NIfTI header", "copy or download it again");
        }
        return version == 1 ? parse1(file, buffer) : parse2(file, buffer);
    }

    private static ByteOrder byteOrder(byte[] start) {
        if (start.length < 4) {
            return null;
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int size = ByteBuffer.wrap(start).order(order).getInt(0);
            if (size == SIZE_1 || size == SIZE_2) {
                return order;
            }
        }
        return null;
    }

    private static NiftiHeader parse1(String file, ByteBuffer buffer) {
        boolean singleFile = singleFile(file, magic(buffer, 344, 4), '1');
        long[] dim = new long[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = buffer.getShort(40 + 2 * n);
        }
        return new NiftiHeader(1, buffer.order(), singleFile, sizes(file, dim), floats(buffer, 76, 8),
                type(file, buffer.getShort(70)), buffer.getShort(72),
                offset(file, buffer.getFloat(108), singleFile, SIZE_1),
                buffer.getFloat(112), buffer.getFloat(116), buffer.getShort(252), buffer.getShort(254),
                floats(buffer, 256, 6), floats(buffer, 280, 12), buffer.get(123));
    }

    private static NiftiHeader parse2(String file, ByteBuffer buffer) {
        boolean singleFile = singleFile(file, magic(buffer, 4, 8), '2');
        int intent = buffer.getInt(504);
        if (intent >= CIFTI_FIRST && intent <= CIFTI_LAST) {
            throw new InputException(file, "is a CIFTI file: values on surfaces and in some voxels, not a volume",
                    "take the volume out with wb_command -cifti-separate");
        }
        long[] dim = new long[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = buffer.getLong(16 + 8 * n);
        }
        return new NiftiHeader(2, buffer.order(), singleFile, sizes(file, dim), doubles(buffer, 104, 8),
                type(file, buffer.getShort(12)), buffer.getShort(14),
                offset(file, buffer.getLong(168), singleFile, SIZE_2),
                buffer.getDouble(176), buffer.getDouble(184), buffer.getInt(344), buffer.getInt(348),
                doubles(buffer, 352, 6), doubles(buffer, 400, 12), buffer.getInt(500));
    }

    private static byte[] magic(ByteBuffer buffer, int at, int length) {
        return Arrays.copyOfRange(buffer.array(), at, at + length);
    }

    // "n+1" or "ni1" and a zero byte; NIfTI-2 goes on with the line ends that betray a transfer as text.
    private static boolean singleFile(String file, byte[] magic, char version) {
        boolean right = magic[0] == 'n' && (magic[1] == '+' || magic[1] == 'i') && magic[2] == version && magic[3] == 0;
        if (right && version == '2' && !(magic[4] == '\r' && magic[5] == '\n' && magic[6] == 0x1A && magic[7] == '\n')) {
            throw new InputException(file, "was damaged in a transfer as text", "copy it again, as binary");
        }
        if (!right && version == '1' && magic[0] != 'n') {
            throw new InputException(file, "is an Analyze header, which does not say left from right",
                    "convert it to NIfTI with a tool that lets you state the orientation");
        }
        if (!right) {
            throw new InputException(file, "has a damaged NIfTI header: its magic is wrong", "copy or download it again");
        }
        return magic[1] == '+';
    }

    private static long[] sizes(String file, long[] dim) {
        if (dim[0] < 1 || dim[0] > 7) {
            throw new InputException(file, "has a damaged NIfTI header: it claims " + dim[0] + " dimensions",
                    "copy or download it again");
        }
        long[] sizes = new long[7];
        for (int n = 0; n < 7; n++) {
            sizes[n] = n < dim[0] ? dim[n + 1] : 1;
            // Some writers count a fourth dimension and leave its size 0.
            if (sizes[n] == 0 && n >= 3) {
                sizes[n] = 1;
            }
            if (sizes[n] < 1) {
                throw new InputException(file, "has a damaged NIfTI header: size " + sizes[n] + " along dimension "
                        + (n + 1), "copy or download it again");
            }
        }
        return sizes;
    }

    private static ScalarType type(String file, int code) {
        return switch (code) {
            case 2 -> ScalarType.UINT8;
            case 4 -> ScalarType.INT16;
            case 8 -> ScalarType.INT32;
            case 16 -> ScalarType.FLOAT32;
            case 64 -> ScalarType.FLOAT64;
            case 256 -> ScalarType.INT8;
            case 512 -> ScalarType.UINT16;
            case 768 -> ScalarType.UINT32;
            case 1024 -> ScalarType.INT64;
            case 1280 -> ScalarType.UINT64;
            case 1 -> throw refused(file, "single bits");
            case 32, 1792, 2048 -> throw refused(file, "complex numbers");
            case 128, 2304 -> throw refused(file, "colours (RGB)");
            case 1536 -> throw refused(file, "128-bit floats");
            default -> throw refused(file, "voxels of unknown type " + code);
        };
    }

    private static InputException refused(String file, String what) {
        return new InputException(file, "holds " + what + ", which are not read",
                "convert it to integers or floats, one number per voxel");
    }

    private static long offset(String file, double offset, boolean singleFile, int headerSize) {
        if (!(offset >= 0) || offset > Long.MAX_VALUE / 4 || offset != Math.rint(offset)) {
            throw new InputException(file, "has a damaged NIfTI header: its voxels begin at byte " + offset,
                    "copy or download it again");
        }
        // Within the header it can only be a forgotten field: the voxels follow the four extension bytes.
        return singleFile && offset < headerSize ? headerSize + 4 : (long) offset;
    }

    private static double[] floats(ByteBuffer buffer, int at, int count) {
        double[] values = new double[count];
        for (int n = 0; n < count; n++) {
            values[n] = buffer.getFloat(at + 4 * n);
        }
        return values;
    }

    private static double[] doubles(ByteBuffer buffer, int at, int count) {
        double[] values = new double[count];
        for (int n = 0; n < count; n++) {
            values[n] = buffer.getDouble(at + 8 * n);
        }
        return values;
    }
}
