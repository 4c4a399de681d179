package io.github.medgs.volume.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.Remark;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file stores is written as it was read: every bit, in its type and scaling. */
class NiftiStorageTest {

    private static final int VOXELS = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyBitComesBack(ScalarType type) throws IOException {
        for (int version : new int[] {1, 2}) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                for (double[] scaling : new double[][] {{0, 0}, {1, 0}, {1, -1024}, {0.1f, 3}, {-2.5, 0.125}, {0.1, 1e-3}}) {
                    NiftiBytes bytes = new NiftiBytes(version, order, type).scaling(scaling[0], scaling[1]);
                    String what = type + ", version " + version + ", " + order + ", " + Arrays.toString(scaling);
                    assertWrittenAsRead(bytes.with(random(type)), type, order, version, scaling, what);
                }
            }
        }
    }

    private void assertWrittenAsRead(byte[] file, ScalarType type, ByteOrder order, int version, double[] scaling,
            String what) throws IOException {
        Path in = folder.resolve("in.nii");
        Path out = folder.resolve("out.nii");
        Files.write(in, file);
        VolumeFiles.write(VolumeFiles.read(in), out);
        byte[] written = Files.readAllBytes(out);
        int size = VOXELS * type.bytes();
        byte[] expected = Arrays.copyOfRange(file, file.length - size, file.length);
        if (order == ByteOrder.BIG_ENDIAN) {
            reverse(expected, type.bytes());
        }
        assertArrayEquals(expected, Arrays.copyOfRange(written, written.length - size, written.length), what);
        NiftiHeader header = NiftiHeader.parse("out.nii", written);
        assertEquals(type, header.type(), what);
        double slope = version == 1 ? (float) scaling[0] : scaling[0];
        double intercept = version == 1 ? (float) scaling[1] : scaling[1];
        assertEquals(slope == 0 ? 1 : slope, header.slope(), what);
        assertEquals(slope == 0 ? 0 : intercept, header.intercept(), what);
    }

    /** Any bits at all, so that floats hold few of the wider ones, and NaN occurs with other bits than Java's own. */
    private static byte[] random(ScalarType type) {
        byte[] voxels = new byte[VOXELS * type.bytes()];
        new Random(type.ordinal()).nextBytes(voxels);
        if (type == ScalarType.FLOAT32) {
            ByteBuffer.wrap(voxels).putInt(0, 0x7F80_0001).putInt(4, 0x0100_807F);
        }
        return voxels;
    }

    private static void reverse(byte[] bytes, int width) {
        for (int from = 0; from < bytes.length; from += width) {
            for (int a = from, b = from + width - 1; a < b; a++, b--) {
                byte swapped = bytes[a];
                bytes[a] = bytes[b];
                bytes[b] = swapped;
            }
        }
    }

    @Test
    void aRemarkStandsInTheHeaderAndMovesNoVoxel() throws IOException {
        Volume volume = new Volume(2, 2, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new org.joml.Matrix4d());
        Path path = folder.resolve("remark.nii");
        String text = "{\"drawn\":[1,3]}";
        VolumeFiles.write(volume, path, new Remark("slices 0 and 2 acquired", text));
        assertArrayEquals(volume.voxels(), VolumeFiles.read(path).voxels());
        byte[] bytes = Files.readAllBytes(path);
        assertEquals("slices 0 and 2 acquired", new String(bytes, 148, 80, StandardCharsets.US_ASCII).strip().replace("\0", ""));
        assertEquals(1, bytes[348]);
        ByteBuffer extension = ByteBuffer.wrap(bytes, 352, bytes.length - 352).order(ByteOrder.LITTLE_ENDIAN);
        int size = extension.getInt();
        assertEquals(0, size % 16);
        assertEquals(6, extension.getInt());
        assertTrue(new String(bytes, 360, size - 8, StandardCharsets.UTF_8).startsWith(text));
        assertEquals(bytes.length, 352 + size + 8 * 4);
    }
}
