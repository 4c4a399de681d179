package io.github.medgs.volume.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad file is one line that names the file and says what is wrong. */
class NiftiFaultTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] VOXELS = NiftiBytes.counting(12, ScalarType.INT16, LITTLE);

    @TempDir
    Path folder;

    @Test
    void whatIsNoVolumeAtAll() throws IOException {
        assertRefused(folder.resolve("nothing.nii"), "does not exist");
        assertRefused(folder, "folder");
        assertRefused("empty.nii.gz", new byte[0], "is empty");
        byte[] text = "To whom it may concern:\n".repeat(40).getBytes(StandardCharsets.US_ASCII);
        assertRefused("letter.nii.gz", text, "text that begins \"To whom it may concern:\"");
        assertRefused("packed-letter.nii.gz", NiftiReadTest.gzip(text), "text that begins");
        assertRefused("noise.nii", new byte[] {7, -1, 2, 0, 0, 9}, "no known format");
        assertRefused("archive.nii.gz", new byte[] {'P', 'K', 3, 4, 0}, "a ZIP archive");
        assertRefused("picture.nii", new byte[] {-1, (byte) 0xD8, -1, (byte) 0xE0}, "a JPEG picture");
        assertRefused("gzip-magic-only.nii.gz", new byte[] {0x1F, (byte) 0x8B}, "cut short");
    }

    @Test
    void whatIsCutShortOrDamaged() throws IOException {
        byte[] whole = file(1).with(VOXELS);
        assertRefused("voxels.nii", Arrays.copyOf(whole, whole.length - 1), "cut short");
        assertRefused("header.nii", Arrays.copyOf(whole, 200), "cut short");
        byte[] packed = NiftiReadTest.gzip(whole);
        assertRefused("packed.nii.gz", Arrays.copyOf(packed, packed.length - 15), "cut short");
        assertRefused("packed-header.nii.gz", Arrays.copyOf(packed, 15), "cut short");
        for (int trailer = 1; trailer <= 8; trailer++) {
            assertRefused("trailer.nii.gz", Arrays.copyOf(packed, packed.length - trailer), "cut short: its compressed data ends early");
        }
        packed[packed.length - 6] ^= 1;
        assertRefused("checksum.nii.gz", packed, "damaged");
        assertRefused("short.nii.gz", NiftiReadTest.gzip(Arrays.copyOf(whole, whole.length - 1)), "cut short");
        assertRefused("as-text.nii", file(2).magic("n+2\0\n\n\032\n").with(VOXELS), "transfer as text");
    }

    @Test
    void whatTheHeaderMayNotClaim() throws IOException {
        assertRefused(file(1).dim(0), "0 dimensions");
        assertRefused(file(1).dim(200), "200 dimensions");
        assertRefused(file(1).dim(-3), "-3 dimensions");
        assertRefused(file(1).dim(3, 3, 0, 2), "size 0 along dimension 2");
        assertRefused(file(1).dim(4, 3, 2, 2, -1), "size -1 along dimension 4");
        assertRefused(file(1).dim(3, 30_000, 30_000, 30_000), "more than");
        assertRefused(file(1).dim(3, 30_000, 30_000, 2), "cut short");
        assertRefused(file(1).dim(7, 3, 2, 2, 30_000, 30_000, 30_000, 30_000), "more than");
        assertRefused(file(2).dim(3, Long.MAX_VALUE, Long.MAX_VALUE, 2), "more than");
        assertRefused(file(2).dim(4, 1290, 1290, 1290, 2_147_000_000), "claims more bytes than any file");
        assertRefused(file(1).offset(Double.NaN), "begin at byte NaN");
        assertRefused(file(1).offset(Double.POSITIVE_INFINITY), "begin at byte Infinity");
        assertRefused(file(1).offset(-352), "begin at byte -352");
        assertRefused(file(1).offset(1e18), "cut short");
        assertRefused(file(1).scaling(2, Double.NaN), "scl_inter");
        assertRefused(file(1).magic("n+3"), "magic");
        assertRefused(file(1).magic("\0\0\0"), "Analyze");
    }

    @Test
    void aGzipThatPromisesMoreThanDeflateCanHoldIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] bomb = NiftiReadTest.gzip(file(1).dim(3, 1200, 1200, 1400).with(VOXELS));
        long before = System.nanoTime();
        assertRefused("bomb.nii.gz", bomb, "cut short");
        assertTrue(System.nanoTime() - before < 5_000_000_000L);
    }

    @Test
    void whatIsNotOneNumberPerVoxelIsRefusedByName() throws IOException {
        assertRefused(file(1).type(1, 1), "single bits");
        assertRefused(file(1).type(32, 64), "complex");
        assertRefused(file(1).type(1792, 128), "complex");
        assertRefused(file(1).type(128, 24), "RGB");
        assertRefused(file(1).type(2304, 32), "RGB");
        assertRefused(file(1).type(1536, 128), "128-bit");
        assertRefused(file(1).type(77, 8), "unknown type 77");
    }

    @Test
    void halfAPairAndAMissingFrame() throws IOException {
        assertRefused("alone.hdr", file(1).magic("ni1").with(new byte[0]), "put alone.img beside it");
        assertRefused("alone2.img", VOXELS, "put alone2.hdr beside it");
        Path path = Files.write(folder.resolve("frames.nii"), file(1).with(VOXELS));
        InputException refusal = assertThrows(InputException.class, () -> VolumeFiles.read(path, 1));
        assertTrue(refusal.getMessage().contains("no frame 1"), refusal.getMessage());
    }

    private static NiftiBytes file(int version) {
        return new NiftiBytes(version, LITTLE, ScalarType.INT16);
    }

    private void assertRefused(NiftiBytes bytes, String words) throws IOException {
        assertRefused("header.nii", bytes.with(VOXELS), words);
    }

    private void assertRefused(String name, byte[] bytes, String words) throws IOException {
        assertRefused(Files.write(folder.resolve(name), bytes), words);
    }

    private static void assertRefused(Path path, String words) {
        String message = assertThrows(InputException.class, () -> VolumeFiles.read(path)).getMessage();
        assertTrue(message.startsWith(path + ": "), message);
        assertTrue(message.contains(words), message);
        assertEquals(1, message.lines().count());
    }
}
