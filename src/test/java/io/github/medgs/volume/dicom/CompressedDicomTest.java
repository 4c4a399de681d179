package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One slice of 13 x 9 pixels in each compressed transfer syntax, as DCMTK, GDCM and OpenJPEG encode it. {@code
 * src/test/python/compare_compressed.py} compares many more with GDCM's decoders.
 */
class CompressedDicomTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"rle, 16, true, 0", "deflated, 16, true, 0", "jpeg-lossless, 16, true, 0", "jpeg-lossless-6, 12, false, 0",
        "jpeg-2000, 16, true, 0", "jpeg-ls, 16, true, 0", "jpeg-ls-near, 12, false, 3"})
    void losslessOnesAreExact(String name, int bits, boolean signed, int allowed) throws IOException {
        Volume volume = VolumeFiles.read(resource(name));
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 13; column++) {
                int value = row >= 2 && row < 6 && column < 6 ? (1 << bits) / 3
                        : (31 * row * row + 1117 * column + 47 * row * column) % (1 << bits);
                assertEquals(value - (signed ? 1 << bits - 1 : 0), volume.voxel(column, row, 0), allowed,
                        name + " at " + column + ", " + row);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"jpeg-baseline, 1, 3", "jpeg-extended, 9, 8", "jpeg-2000-lossy, 9, 60"})
    void lossyOnesAreClose(String name, int factor, int allowed) throws IOException {
        Volume volume = VolumeFiles.read(resource(name));
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 13; column++) {
                assertEquals(factor * (40 * row / 3 + 7 * column), volume.voxel(column, row, 0), allowed,
                        name + " at " + column + ", " + row);
            }
        }
    }

    @Test
    void framesAreFoundByTheirOffsetsOrTheirNumber() throws IOException {
        byte[] first = rle(1, 2, 3, 4, 5, 6);
        byte[] second = rle(7, 8, 9, 10, 11, 12);
        for (boolean table : new boolean[] {false, true}) {
            DicomBytes slice = new DicomBytes(TransferSyntax.RLE, 1, 0).text(Tag.FRAMES, "IS", "2")
                    .text(Tag.SLICE_THICKNESS, "DS", "2");
            byte[] offsets = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putInt(first.length + 8).array();
            Files.write(folder.resolve("a"), slice.fragments(table ? offsets : new byte[0], first, second).bytes());
            assertEquals(7, VolumeFiles.read(folder).voxel(0, 0, 1));
            assertEquals(6, VolumeFiles.read(folder).voxel(2, 1, 0));
        }
        Files.write(folder.resolve("a"), new DicomBytes(TransferSyntax.RLE, 1, 0).text(Tag.FRAMES, "IS", "3")
                .fragments(new byte[0], first, second).bytes());
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage().contains("begins no frame"));
    }

    @Test
    void pixelsAsTheyAreUnderASyntaxThatCompressesAreToldAsThat() throws IOException {
        Files.write(folder.resolve("a"), new DicomBytes(TransferSyntax.RLE, 1, 0).bytes());
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage()
                .contains("it says that its pixels are compressed (RLE lossless), and they are not"));
    }

    @Test
    void aCompressedIconIsSteppedOver() throws IOException {
        byte[] plain = Files.readAllBytes(resource("jpeg-lossless"));
        int at = 0;
        while (plain[at] != (byte) 0xE0 || plain[at + 1] != 0x7F || plain[at + 2] != 0x10 || plain[at + 3] != 0) {
            at++;
        }
        int undefined = 0xFFFFFFFF;
        ByteBuffer icon = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
        icon.putInt(0x02000088).put((byte) 'S').put((byte) 'Q').putShort((short) 0).putInt(undefined);
        icon.putInt(0xE000FFFE).putInt(undefined).putInt(0x00107FE0).put((byte) 'O').put((byte) 'B').putShort((short) 0)
                .putInt(undefined);
        icon.putInt(0xE000FFFE).putInt(4).putInt(0xD9FFD8FF).putInt(0xE0DDFFFE).putInt(0);
        byte[] end = {(byte) 0xFE, (byte) 0xFF, 0x0D, (byte) 0xE0, 0, 0, 0, 0, (byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0, 0, 0, 0, 0};
        Path path = folder.resolve("icon.dcm");
        ByteBuffer whole = ByteBuffer.allocate(plain.length + icon.position() + end.length);
        Files.write(path, whole.put(plain, 0, at).put(icon.flip()).put(end).put(plain, at, plain.length - at).array());
        assertArrayEquals(VolumeFiles.read(resource("jpeg-lossless")).voxels(), VolumeFiles.read(path).voxels());
    }

    @Test
    void aClaimBeyondTheBytesIsRefusedBeforeMemoryIsTaken() throws IOException {
        Files.write(folder.resolve("a"), new DicomBytes(TransferSyntax.RLE, 1, 0).number(Tag.ROWS, 30_000)
                .number(Tag.COLUMNS, 30_000).fragments(new byte[0], rle(1, 2, 3, 4, 5, 6)).bytes());
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage().contains("cannot hold"));
        Path named = resource("jpeg-ls");
        byte[] bytes = Files.readAllBytes(named);
        // Rows: (0028,0010) US of two bytes.
        for (int n = 0; n < bytes.length - 10; n++) {
            if (bytes[n] == 0x28 && bytes[n + 1] == 0 && bytes[n + 2] == 0x10 && bytes[n + 3] == 0 && bytes[n + 4] == 'U') {
                bytes[n + 8] = 8;
            }
        }
        Files.write(named, bytes);
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(named)).getMessage()
                .contains("has 13 x 9 pixels, and the file claims 13 x 8"));
    }

    @Test
    void aSegmentThatIsEmptyIsRefused() throws IOException {
        Path path = resource("jpeg-2000");
        byte[] bytes = Files.readAllBytes(path);
        int at = 0;
        while (bytes[at] != (byte) 0xFF || bytes[at + 1] != 0x5C) {
            at++;
        }
        // The length of the steps of quantisation counts itself alone.
        bytes[at + 3] = 2;
        Files.write(path, bytes);
        String message = assertThrows(InputException.class, () -> VolumeFiles.read(path)).getMessage();
        assertTrue(message.contains("the header of its JPEG 2000 picture makes no sense"), message);
    }

    // Six 16-bit values in two segments of literal bytes.
    private static byte[] rle(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(64 + 14).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2).putInt(64).putInt(71).position(64);
        for (int shift = 8; shift >= 0; shift -= 8) {
            bytes.put((byte) 5);
            for (int value : values) {
                bytes.put((byte) (value >> shift));
            }
        }
        return bytes.array();
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = CompressedDicomTest.class.getResourceAsStream(name + ".dcm")) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
