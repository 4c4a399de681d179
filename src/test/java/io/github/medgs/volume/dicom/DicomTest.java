package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.joml.Vector3d;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomTest {

    private static final int POSITION = 0x00200032;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {DicomBytes.IMPLICIT, DicomBytes.EXPLICIT, DicomBytes.BIG_ENDIAN})
    void slicesAreSortedByPositionNotByNameOrNumber(String syntax) throws IOException {
        write("a", new DicomBytes(syntax, 1, 12.5));
        write("b", new DicomBytes(syntax, 2, 7.5));
        write("c", new DicomBytes(syntax, 3, 10));
        Files.writeString(folder.resolve("notes.txt"), "not DICOM");
        for (Path path : new Path[] {folder, folder.resolve("c")}) {
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
            assertArrayEquals(new float[] {200, 201, 202, 203, 204, -1, 300, 301, 302, 303, 304, -1,
                100, 101, 102, 103, 104, -1}, loaded.volume().voxels());
            assertEquals(0, loaded.volume().indexToPatient().transformPosition(new Vector3d(2, 1, 2))
                    .distance(10 - 1, -20 - 0.75, 12.5), 1e-12, "LPS became RAS");
            assertTrue(loaded.notes().isEmpty(), loaded.notes().toString());
            assertEquals("DICOM series of 3 files, modality MR", loaded.format());
        }
    }

    @Test
    void aTiltedGantryKeepsItsShear() throws IOException {
        write("a", new DicomBytes(DicomBytes.EXPLICIT, 1, 0).text(POSITION, "DS", "0\\0\\0"));
        write("b", new DicomBytes(DicomBytes.EXPLICIT, 2, 0).text(POSITION, "DS", "0\\1\\4"));
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(0, loaded.volume().indexToPatient().transformPosition(new Vector3d(0, 0, 1)).distance(0, -1, 4), 1e-12);
        assertEquals(List.of("its slices are shifted against each other by 14 degrees, as with a tilted gantry: the grid keeps"
                + " that shear, and its distances are 1.031 times those along the normal"), loaded.notes());
    }

    @Test
    void rescaleAndStoredBitsAreApplied() throws IOException {
        DicomBytes twelveBits = new DicomBytes(DicomBytes.EXPLICIT, 1, 0).number(0x00280101, 12).number(0x00280102, 11)
                .pixels(0x0FFF, 0xF800, 0x07FF, 1, 2, 3).text(0x00281053, "DS", "2").text(0x00281052, "DS", "-1024");
        write("a", twelveBits);
        assertArrayEquals(new float[] {-1026, -5120, 3070, -1022, -1020, -1018}, VolumeFiles.read(folder).voxels());
        write("a", twelveBits.number(0x00280103, 0));
        assertArrayEquals(new float[] {7166, 3072, 3070, -1022, -1020, -1018}, VolumeFiles.read(folder).voxels());
    }

    /** An implicit file with a hole of zeros: each eight of them are an element, and what follows them is asked each time. */
    @Test
    @Timeout(30)
    void aHoleOfZerosIsLookedThroughOnce() throws IOException {
        Path file = folder.resolve("hole.dcm");
        byte[] bytes = new byte[132 + 4_000_000 + 1];
        System.arraycopy("DICM".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 128, 4);
        bytes[bytes.length - 1] = 1;
        Files.write(file, bytes);
        assertThrows(InputException.class, () -> VolumeFiles.read(file));
    }

    @Test
    void slicesKeepTheirPlacesRoundGapsAndCopiesAreLeftOut() throws IOException {
        write("a", slice(1, 0));
        write("b", slice(2, 2.5));
        write("c", slice(3, 5));
        write("d", slice(4, 10));
        write("copy", slice(2, 2.5).text(0x00080018, "UI", "7.7"));
        write("twin", slice(9, 5));
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(4, loaded.volume().nz());
        assertArrayEquals(new double[] {0, 2.5, 5, 10}, loaded.volume().grid().slicePositions(), 1e-12);
        assertEquals(300, loaded.volume().voxel(0, 0, 2));
        String notes = loaded.notes().toString();
        assertTrue(notes.contains("1 slice is missing between 5 and 10 mm"), notes);
        assertTrue(notes.contains("copies of others: 1 file"), notes);
        assertTrue(notes.contains("two slices each at 1 position"), notes);
        assertThrows(InputException.class, () -> VolumeFiles.write(loaded.volume(), folder.resolve("x.nii")));
    }

    @Test
    void ofManyGapsTheFirstAreNamedAndTheOthersCounted() throws IOException {
        int[] heights = {0, 1, 3, 4, 6, 7, 9, 10, 13, 14, 15, 16, 17, 19};
        for (int n = 0; n < heights.length; n++) {
            write("s" + n, slice(n + 1, heights[n]));
        }
        List<String> notes = VolumeFiles.load(folder, ReadOptions.DEFAULT).notes();
        String all = notes.toString();
        assertTrue(all.contains("missing between 7 and 9 mm"), all);
        assertFalse(all.contains("between 10 and 13 mm"), all);
        assertTrue(notes.contains("3 more slices are missing in 2 further gaps"), all);
    }

    /** A head at two thicknesses is whole, whether the larger distance is a multiple of the smaller or not. */
    @ParameterizedTest
    @ValueSource(doubles = {7, 8})
    void nothingIsMissingWhereSlicesBecomeThicker(double thick) throws IOException {
        for (int n = 0; n < 9; n++) {
            boolean thin = n < 5;
            write("s" + n, slice(n + 1, thin ? 4 * n : 18 + thick * (n - 4.5))
                    .text(Tag.SLICE_THICKNESS, "DS", String.valueOf(thin ? 4 : thick)));
        }
        assertEquals(List.of("its slices are not equally far apart (4 to " + (int) thick + " mm along the normal); each keeps"
                + " its own place, and nothing is filled in"), VolumeFiles.load(folder, ReadOptions.DEFAULT).notes());
    }

    /** Of slices thicker than their distance one is missing all the same; a gap of one step and a half is none. */
    @Test
    void slicesAreMissingWhereWholeStepsAre() throws IOException {
        double[] heights = {0, 2, 4, 6, 10, 12, 15};
        for (int n = 0; n < heights.length; n++) {
            write("s" + n, slice(n + 1, heights[n]).text(Tag.SLICE_THICKNESS, "DS", "4"));
        }
        assertEquals(List.of("1 slice is missing between 6 and 10 mm along the normal, by the step of 2 mm",
                "its slices are not equally far apart (2 to 4 mm along the normal); each keeps its own place, and nothing is"
                + " filled in"), VolumeFiles.load(folder, ReadOptions.DEFAULT).notes());
    }

    @Test
    void timePointsAreFrames() throws IOException {
        for (int n = 0; n < 6; n++) {
            write("s" + n, slice(n + 1, 3 * (n % 3)));
        }
        assertEquals(100, VolumeFiles.read(folder, 0).voxels()[0]);
        assertEquals(400, VolumeFiles.read(folder, 1).voxels()[0]);
        assertEquals(2, VolumeFiles.load(folder, ReadOptions.DEFAULT).frames());
    }

    @Test
    void oldFilesWithoutPreambleOrPositionAreRead() throws IOException {
        Files.write(folder.resolve("a"), new DicomBytes(DicomBytes.IMPLICIT, 2, 0).without(POSITION)
                .text(0x00180050, "DS", "4").bare());
        Files.write(folder.resolve("b"), new DicomBytes(DicomBytes.IMPLICIT, 1, 0).without(POSITION)
                .text(0x00180050, "DS", "4").bare());
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(100, loaded.volume().voxels()[0]);
        assertEquals(4, loaded.volume().spacing(2));
        assertTrue(loaded.notes().toString().contains("instance numbers"), loaded.notes().toString());
    }

    @Test
    void sequencesOfAnyLengthAreSkipped() throws IOException {
        byte[] undefinedInside = {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0, -1, -1, -1, -1,
            8, 0, 5, 0, 'C', 'S', 2, 0, 'X', 'Y',
            (byte) 0xFE, (byte) 0xFF, 0x0D, (byte) 0xE0, 0, 0, 0, 0};
        write("a", slice(1, 0).raw(0x00081140, "SQ", undefinedInside));
        byte[] bytes = Files.readAllBytes(folder.resolve("a"));
        assertEquals(100, VolumeFiles.read(folder).voxels()[0]);
        // The same with a length that is only known at its end.
        int at = indexOf(bytes, new byte[] {8, 0, 0x40, 0x11, 'S', 'Q'});
        byte[] end = {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0, 0, 0, 0, 0};
        int after = at + 12 + undefinedInside.length;
        byte[] undefined = new byte[bytes.length + 8];
        System.arraycopy(bytes, 0, undefined, 0, after);
        Arrays.fill(undefined, at + 8, at + 12, (byte) 0xFF);
        System.arraycopy(end, 0, undefined, after, 8);
        System.arraycopy(bytes, after, undefined, after + 8, bytes.length - after);
        Files.write(folder.resolve("a"), undefined);
        assertEquals(100, VolumeFiles.read(folder).voxels()[0]);
    }

    @Test
    void whatIsNotReadIsRefusedByName() throws IOException {
        assertRefused(new DicomBytes("1.2.840.10008.1.2.4.201", 1, 0), "High-Throughput JPEG 2000 lossless");
        assertRefused(new DicomBytes("1.2.840.10008.1.2.1.99", 1, 0), "deflated elements");
        assertRefused(new DicomBytes("1.2.3.4.5", 1, 0), "transfer syntax 1.2.3.4.5");
        assertRefused(slice(1, 0).text(0x00280008, "IS", "7"), "7 frames do not fit");
        assertRefused(slice(1, 0).number(0x00280002, 3), "colour");
        assertRefused(slice(1, 0).text(0x00280004, "CS", "PALETTE COLOR"), "colour");
        assertRefused(slice(1, 0).number(0x00280100, 12), "bits");
        assertRefused(slice(1, 0).number(0x00280010, 3000), "do not fit");
        assertRefused(slice(1, 0).without(0x7FE00010), "without image");
    }

    @Test
    void seriesThatDoNotFitTogetherAreRefused() throws IOException {
        write("a", slice(1, 0));
        write("b", slice(2, 1));
        write("c", slice(3, 2).text(POSITION, "DS", "4\\20\\2"));
        assertRefusal("one behind the other");
        write("c", slice(3, 1).text(POSITION, "DS", "4\\20\\1"));
        assertRefusal("in one plane beside each other");
        write("c", slice(3, 2).text(0x0020000E, "UI", "9.9.9"));
        assertRefusal("holds 2 image series");
        assertEquals(2, VolumeFiles.read(folder.resolve("a")).nz(), "a file of it chooses the series");
    }

    @Test
    void truncatedFilesAreCutShort() throws IOException {
        byte[] whole = slice(1, 0).bytes();
        for (int length = 133; length < whole.length; length++) {
            Files.write(folder.resolve("a"), Arrays.copyOf(whole, length));
            assertThrows(InputException.class, () -> VolumeFiles.read(folder));
        }
    }

    private static DicomBytes slice(int number, double height) {
        return new DicomBytes(DicomBytes.EXPLICIT, number, height);
    }

    private void write(String name, DicomBytes slice) throws IOException {
        Files.write(folder.resolve(name), slice.bytes());
    }

    private void assertRefused(DicomBytes slice, String words) throws IOException {
        write("a", slice);
        assertRefusal(words);
    }

    private void assertRefusal(String words) {
        String message = assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }
}
