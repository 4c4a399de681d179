package io.github.medgs.volume.nifti;

import io.github.medgs.volume.ScalarType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds NIfTI files byte by byte, independently of the writer under test: every field can be set, also wrongly. */
final class NiftiBytes {

    final ByteBuffer header;
    private final int version;

    /** A valid 3 x 2 x 2 file of 1 x 2 x 3 mm without orientation. */
    NiftiBytes(int version, ByteOrder order, ScalarType type) {
        this.version = version;
        header = ByteBuffer.allocate(version == 1 ? 352 : 544).order(order);
        header.putInt(0, version == 1 ? 348 : 540);
        byte[] magic = version == 1 ? new byte[] {'n', '+', '1', 0} : new byte[] {'n', '+', '2', 0, 13, 10, 26, 10};
        header.put(version == 1 ? 344 : 4, magic);
        dim(3, 3, 2, 2);
        pixdim(1, 1, 2, 3);
        type(switch (type) {
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
        }, 8 * type.bytes());
        offset(version == 1 ? 352 : 544);
    }

    NiftiBytes dim(long... dim) {
        for (int n = 0; n < dim.length; n++) {
            if (version == 1) {
                header.putShort(40 + 2 * n, (short) dim[n]);
            } else {
                header.putLong(16 + 8 * n, dim[n]);
            }
        }
        return this;
    }

    NiftiBytes pixdim(double... pixdim) {
        return reals(76, 104, pixdim);
    }

    NiftiBytes type(int code, int bits) {
        header.putShort(version == 1 ? 70 : 12, (short) code);
        header.putShort(version == 1 ? 72 : 14, (short) bits);
        return this;
    }

    NiftiBytes offset(double offset) {
        if (version == 1) {
            header.putFloat(108, (float) offset);
        } else {
            header.putLong(168, (long) offset);
        }
        return this;
    }

    NiftiBytes scaling(double slope, double intercept) {
        return reals(112, 176, slope, intercept);
    }

    NiftiBytes units(int code) {
        if (version == 1) {
            header.put(123, (byte) code);
        } else {
            header.putInt(500, code);
        }
        return this;
    }

    NiftiBytes qform(int code, double... quaternionAndOffset) {
        code(252, 344, code);
        return reals(256, 352, quaternionAndOffset);
    }

    NiftiBytes sform(int code, double... rows) {
        code(254, 348, code);
        return reals(280, 400, rows);
    }

    NiftiBytes magic(String magic) {
        header.put(version == 1 ? 344 : 4, magic.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return this;
    }

    private void code(int at1, int at2, int code) {
        if (version == 1) {
            header.putShort(at1, (short) code);
        } else {
            header.putInt(at2, code);
        }
    }

    private NiftiBytes reals(int at1, int at2, double... values) {
        for (int n = 0; n < values.length; n++) {
            if (version == 1) {
                header.putFloat(at1 + 4 * n, (float) values[n]);
            } else {
                header.putDouble(at2 + 8 * n, values[n]);
            }
        }
        return this;
    }

    /** The header, and voxels behind it. */
    byte[] with(byte[] voxels) {
        byte[] file = java.util.Arrays.copyOf(header.array(), header.capacity() + voxels.length);
        System.arraycopy(voxels, 0, file, header.capacity(), voxels.length);
        return file;
    }

    /** The numbers 1, 2, ... stored in a type. */
    static byte[] counting(int count, ScalarType type, ByteOrder order) {
        ByteBuffer voxels = ByteBuffer.allocate(count * type.bytes()).order(order);
        for (int n = 1; n <= count; n++) {
            switch (type) {
                case INT8, UINT8 -> voxels.put((byte) n);
                case INT16, UINT16 -> voxels.putShort((short) n);
                case INT32, UINT32 -> voxels.putInt(n);
                case INT64, UINT64 -> voxels.putLong(n);
                case FLOAT32 -> voxels.putFloat(n);
                case FLOAT64 -> voxels.putDouble(n);
            }
        }
        return voxels.array();
    }
}
