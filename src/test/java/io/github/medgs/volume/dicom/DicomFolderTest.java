package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.medgs.InputException;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.format.VolumeFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as scanners and archives export them: several series, other objects, identifiers and places that fail. */
class DicomFolderTest {

    @TempDir
    Path folder;

    @Test
    void oneIdentifierForAllSlicesIsNoReasonToLeaveAnyOut() throws IOException {
        for (int n = 1; n <= 4; n++) {
            write("s" + n, slice(n).text(Tag.SOP_INSTANCE, "UI", "5.5"));
        }
        assertEquals(4, load(folder).volume().nz());
        assertEquals(4, load(folder.resolve("s3")).volume().nz());
    }

    @Test
    void theFileThatIsNamedIsTheOneThatIsRead() throws IOException {
        write("a", slice(1).text(Tag.SOP_INSTANCE, "UI", "5.5").text(Tag.SLICE_THICKNESS, "DS", "3"));
        write("b", slice(5).text(Tag.SOP_INSTANCE, "UI", "5.5").text(Tag.SLICE_THICKNESS, "DS", "3"));
        assertEquals(500, load(folder.resolve("b")).volume().voxel(0, 0, 0));
        assertEquals(100, load(folder.resolve("a")).volume().voxel(0, 0, 0));
        write("b", slice(1).pixels(7, 1, 2, 3, 4, 5).text(Tag.SOP_INSTANCE, "UI", "5.5"));
        assertEquals(7, load(folder.resolve("b")).volume().voxel(0, 0, 0), "another version at the same place");
        assertEquals(100, load(folder.resolve("a")).volume().voxel(0, 0, 0));
    }

    @Test
    void aNamedFileChoosesItsTimePoint() throws IOException {
        for (int n = 0; n < 6; n++) {
            write("s" + n, new DicomBytes(DicomBytes.EXPLICIT, n + 1, 3 * (n % 3)));
        }
        assertEquals(1, load(folder.resolve("s4")).frame());
        assertEquals(400, load(folder.resolve("s4")).volume().voxel(0, 0, 0));
        assertEquals(100, VolumeFiles.read(folder.resolve("s4"), 0).voxel(0, 0, 0), "unless a frame is asked for");
    }

    @Test
    void otherObjectsAreListedAndInNobodysWay() throws IOException {
        series("1.2.3", "", 4, 0);
        write("dose.dcm", slice(9).text(Tag.SERIES, "UI", "9").number(Tag.SAMPLES_PER_PIXEL, 3)
                .text(Tag.PHOTOMETRIC, "CS", "RGB"));
        write("report", slice(9).text(Tag.SERIES, "UI", "8").without(Tag.PIXELS).without(Tag.ROWS)
                .text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.88.11"));
        byte[] whole = slice(9).text(Tag.SERIES, "UI", "7").bytes();
        Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 180));
        LoadedVolume loaded = load(folder);
        assertEquals(4, loaded.volume().nz());
        String notes = loaded.notes().toString();
        assertTrue(notes.contains("dose.dcm is a colour picture"), notes);
        assertTrue(notes.contains("report is a report"), notes);
        assertTrue(notes.contains("cut: is cut short"), notes);
        assertEquals(4, load(folder.resolve("1.2.3-2")).volume().nz());
        assertTrue(assertThrows(InputException.class, () -> load(folder.resolve("dose.dcm"))).getMessage()
                .contains("colour"));
    }

    /** A slice that is missing is a hole in the volume, whatever became of its file. */
    @Test
    void whatCannotBeOpenedOrIsNamedAsDicomAndIsNoneIsSaid() throws IOException {
        series("1.2.3", "", 4, 0);
        Files.createSymbolicLink(folder.resolve("1.2.3-5"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("1.2.3-6"), Path.of("nowhere"));
        Files.createFile(folder.resolve("1.2.3-7"));
        Files.write(folder.resolve("a.dcm"), Arrays.copyOf(slice(8).bytes(), 100));
        Files.createFile(folder.resolve("readme"));
        for (Path path : new Path[] {folder, folder.resolve("1.2.3-2")}) {
            LoadedVolume loaded = load(path);
            assertEquals(4, loaded.volume().nz());
            String notes = loaded.notes().toString();
            assertTrue(notes.contains("1.2.3-5: is a link to something that is not there; repair the link, and likewise 1 more"
                    + " (1.2.3-6)"), notes);
            assertTrue(notes.contains("1.2.3-7: is empty") && notes.contains("a.dcm: is named as DICOM and is none"), notes);
            assertFalse(notes.contains("readme"), notes);
        }
    }

    @Test
    void severalSeriesAreListedAndOneIsChosenByNumberNameOrFile() throws IOException {
        series("1.2.3", "thick", 4, 0);
        series("1.2.4", "thin", 3, 1000);
        String message = assertThrows(InputException.class, () -> load(folder)).getMessage();
        assertTrue(message.contains("2 image series (1: thick, 2: thin)") && message.contains("thin"), message);
        String listing = VolumeFiles.describe(folder, ReadOptions.DEFAULT);
        assertTrue(listing.contains("series     1: thick, MR, 4 slices, 3 x 2 pixels of 0.5 x 0.75 mm"), listing);
        assertEquals(3, load(folder, "2").volume().nz());
        assertEquals(4, load(folder, "1.2.3").volume().nz());
        assertEquals(3, load(folder.resolve("1.2.4-1")).volume().nz());
        assertThrows(InputException.class, () -> load(folder, "7"));
    }

    /** Exports call a file of each series alike; what an enhanced object says of its sizes stands behind the rest. */
    @Test
    void aTreesFilesAreCalledByTheirWayAndEnhancedSeriesHaveSizes() throws IOException {
        byte[] measures = DicomBytes.item(new DicomBytes(DicomBytes.EXPLICIT).text(Tag.PIXEL_SPACING, "DS", "2\\1.5")
                .text(Tag.SPACING_BETWEEN_SLICES, "DS", "3.25").text(Tag.SLICE_THICKNESS, "DS", "3"));
        DicomBytes enhanced = slice(1).text(Tag.SERIES, "UI", "1.2.4").without(Tag.PIXEL_SPACING).without(Tag.POSITION)
                .text(Tag.FRAMES, "IS", "2").pixels(new int[12]).raw(Tag.SHARED_GROUPS, "SQ", DicomBytes.item(
                        new DicomBytes(DicomBytes.EXPLICIT).raw(Tag.PIXEL_MEASURES, "SQ", measures)));
        DicomBytes mosaic = slice(1).text(Tag.SERIES, "UI", "1.2.5").text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\MOSAIC");
        DicomBytes colour = slice(1).text(Tag.SERIES, "UI", "1.2.6").number(Tag.SAMPLES_PER_PIXEL, 3)
                .text(Tag.PHOTOMETRIC, "CS", "RGB");
        DicomBytes[] files = {slice(1), enhanced, mosaic, colour, colour, slice(1)};
        for (int n = 0; n < files.length; n++) {
            Path below = Files.createDirectories(folder.resolve("SE" + n));
            byte[] whole = files[n].bytes();
            Files.write(below.resolve("I10"), n < 5 ? whole : Arrays.copyOf(whole, 180));
        }
        String listing = VolumeFiles.describe(folder, ReadOptions.DEFAULT);
        assertTrue(listing.contains("1: MR, 1 slice, 3 x 2 pixels of 0.5 x 0.75 mm, first file " + Path.of("SE0/I10") + ", 1.2.3"),
                listing);
        assertTrue(listing.contains("2: MR, 2 slices, 3 x 2 pixels of 1.5 x 2 x 3.25 mm, first file " + Path.of("SE1/I10")),
                listing);
        assertTrue(listing.contains("3: MR, 1 mosaic, 3 x 2 pixels of 0.5 x 0.75 mm, first file " + Path.of("SE2/I10")), listing);
        assertTrue(listing.contains("left aside: " + Path.of("SE3/I10") + " is a colour picture, and so is 1 more"), listing);
        assertEquals(", and so are 2 more", DicomFolder.andSoAre(2));
    }

    @Test
    void foldersBelowAndDirectoriesAreLookedThrough() throws IOException {
        for (int n = 1; n <= 4; n++) {
            Path below = Files.createDirectories(folder.resolve("PAT/SE" + n % 2));
            Files.write(below.resolve("I" + n), slice(n).bytes());
        }
        assertEquals(4, load(folder).volume().nz());
        directory("PAT\\SE1\\I1");
        LoadedVolume named = load(folder.resolve("DICOMDIR"));
        assertEquals(1, named.volume().nz());
        assertFalse(named.notes().toString().contains("not there"), named.notes().toString());
        Files.createFile(folder.resolve("PAT/note"));
        directory("PAT\\SE1\\I1", "PAT\\SE1\\I3", "PAT\\SE1\\I5", "PAT\\SE1\\I7", "PAT\\note");
        named = load(folder.resolve("DICOMDIR"));
        assertEquals(2, named.volume().nz());
        String notes = named.notes().toString();
        assertTrue(notes.startsWith("[2 of the 5 files that it names are not there (PAT/SE1/I5, PAT/SE1/I7), left aside: "), notes);
        assertTrue(notes.contains("note: is empty"), notes);
    }

    @Test
    void aPictureAboveASeriesDoesNotHideIt() throws IOException {
        Path below = Files.createDirectories(folder.resolve("PAT/SE1"));
        for (int n = 1; n <= 3; n++) {
            Files.write(below.resolve("I" + n), slice(n).bytes());
        }
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", folder.resolve("overview.png").toFile());
        assertEquals(3, load(folder).volume().nz());
        assertTrue(VolumeFiles.describe(folder, ReadOptions.DEFAULT).contains("DICOM"), VolumeFiles.describe(folder, ReadOptions.DEFAULT));
    }

    private void directory(String... names) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (String name : names) {
            records.writeBytes(DicomBytes.item(new DicomBytes(DicomBytes.EXPLICIT).text(Tag.REFERENCED_FILE, "CS", name)));
        }
        write("DICOMDIR", new DicomBytes(DicomBytes.EXPLICIT).text(Tag.SOP_CLASS, "UI", "1.2.840.10008.1.3.10")
                .raw(Tag.DIRECTORY_RECORDS, "SQ", records.toByteArray()));
    }

    @Test
    void slicesWithASeriesOfTheirOwnAreOneByTheirPlaces() throws IOException {
        for (int n = 1; n <= 5; n++) {
            write("s" + n, slice(n).text(Tag.SERIES, "UI", "1.2." + n));
        }
        LoadedVolume loaded = load(folder);
        assertEquals(5, loaded.volume().nz());
        assertTrue(loaded.notes().toString().contains("SeriesInstanceUID of its own"), loaded.notes().toString());
        assertEquals(5, load(folder.resolve("s2")).volume().nz());
    }

    @Test
    void aScoutInTheSeriesIsLeftOutUnlessItIsNamed() throws IOException {
        series("1.2.3", "", 4, 0);
        write("scout", slice(9).text(Tag.ORIENTATION, "DS", "0\\1\\0\\0\\0\\-1"));
        write("far", slice(10).text(Tag.POSITION, "DS", "-10\\20\\500"));
        LoadedVolume loaded = load(folder);
        assertEquals(4, loaded.volume().nz());
        assertTrue(loaded.notes().toString().contains("(scout)"), loaded.notes().toString());
        assertTrue(loaded.notes().toString().contains("(far)"), loaded.notes().toString());
        assertEquals("PIR", load(folder.resolve("scout")).volume().grid().orientation());
    }

    @Test
    void roundedPositionsAreRegularAndDirectionsTheirMean() throws IOException {
        for (int n = 0; n < 16; n++) {
            write("s" + n, new DicomBytes(DicomBytes.EXPLICIT, n, Math.round(6.25 * n) / 10.0)
                    .text(Tag.ORIENTATION, "DS", n % 2 == 0 ? "1\\0\\0\\0\\1\\0"
                            : "0.999998\\0.002\\0\\-0.002\\0.999998\\0"));
        }
        LoadedVolume loaded = load(folder);
        assertNull(loaded.volume().grid().slicePositions());
        assertEquals(0.625, loaded.volume().spacing(2), 0.005);
        assertTrue(loaded.notes().toString().contains("differ in direction"), loaded.notes().toString());
    }

    /** Rounded to two digits, or scaled: pixels lie as far apart as PixelSpacing says all the same. */
    @Test
    void directionsThatAreNoUnitVectorsScaleNoPixels() throws IOException {
        for (String orientation : new String[] {"0.71\\0.71\\0\\-0.71\\0.71\\0", "1\\0\\0\\0\\1.5\\0", "1\\0\\0\\0.1\\1\\0"}) {
            for (int n = 1; n <= 3; n++) {
                write("s" + n, slice(n).text(Tag.ORIENTATION, "DS", orientation));
            }
            LoadedVolume loaded = load(folder);
            assertEquals(0.5, loaded.volume().spacing(0), 1e-12);
            assertEquals(0.75, loaded.volume().spacing(1), 1e-12);
            String notes = loaded.notes().toString();
            assertTrue(notes.contains("not at a right angle") && notes.indexOf("right") == notes.lastIndexOf("right"), notes);
        }
    }

    @Test
    void slicesAtTwoDistancesKeepTheirPlacesInTraining() throws IOException {
        double[] heights = {0, 3, 6, 9, 14, 19};
        for (int n = 0; n < heights.length; n++) {
            write("s" + n, new DicomBytes(DicomBytes.EXPLICIT, n + 1, heights[n]));
        }
        LoadedVolume loaded = load(folder);
        assertArrayEquals(heights, loaded.volume().grid().slicePositions(), 1e-12);
        assertEquals(19, loaded.volume().grid().place(0, 0, 5).z, 1e-12);
        SliceStack stack = SliceStack.of(loaded.volume(), SliceAxis.AUTO, new IntensityWindow(0, 1000));
        assertArrayEquals(heights, stack.positions(), 1e-12);
        assertEquals(14, stack.keep(new int[] {4, 5}).geometry().affine()[11], 1e-12);
        assertThrows(InputException.class, () -> SliceAxis.I.resolve(loaded.volume().grid()));
    }

    @Test
    void withoutPositionsLocationsThenNumbersGiveTheOrder() throws IOException {
        for (int n = 1; n <= 3; n++) {
            write("s" + (9 - n), slice(n).without(Tag.POSITION).without(Tag.INSTANCE_NUMBER)
                    .text(Tag.SLICE_LOCATION, "DS", String.valueOf(4 * n)));
        }
        LoadedVolume loaded = load(folder);
        assertEquals(100, loaded.volume().voxel(0, 0, 0));
        assertEquals(4, loaded.volume().spacing(2), 1e-12);
        assertTrue(loaded.notes().toString().contains("SliceLocation"), loaded.notes().toString());
    }

    @Test
    void detectorSpacingIsTakenAndSaid() throws IOException {
        write("a", slice(1).without(Tag.PIXEL_SPACING).text(Tag.IMAGER_PIXEL_SPACING, "DS", "0.7\\0.5"));
        LoadedVolume loaded = load(folder);
        assertEquals(0.5, loaded.volume().spacing(0), 1e-12);
        assertTrue(loaded.notes().toString().contains("ImagerPixelSpacing"), loaded.notes().toString());
    }

    @Test
    void scalesAreEachSlicesOwnAndNeverZero() throws IOException {
        write("a", slice(1).text(Tag.SLOPE, "DS", "0").text(Tag.INTERCEPT, "DS", "0"));
        assertEquals(101, load(folder).volume().voxel(1, 0, 0));
        assertTrue(load(folder).notes().toString().contains("slope of 0"));
        write("a", slice(1).text(Tag.SLOPE, "DS", "2").text(Tag.INTERCEPT, "DS", "1"));
        write("b", slice(2));
        write("c", slice(3).text(Tag.SLOPE, "DS", "two").text(Tag.INTERCEPT, "DS", "1"));
        write("d", slice(4).text(Tag.SLOPE, "DS", "3").text(Tag.INTERCEPT, "DS", "1"));
        LoadedVolume loaded = load(folder);
        assertArrayEquals(new float[] {201, 200, 300, 1201}, new float[] {loaded.volume().voxel(0, 0, 0),
            loaded.volume().voxel(0, 0, 1), loaded.volume().voxel(0, 0, 2), loaded.volume().voxel(0, 0, 3)});
        String notes = loaded.notes().toString();
        assertTrue(notes.contains("(b) gives no rescale"), notes);
        assertTrue(notes.contains("(c) gives a rescale that is no number"), notes);
        assertTrue(notes.contains("different rescale slopes, 2 to 3"), notes);
    }

    @Test
    void anIncompleteTimePointIsLeftOutWhateverItsPlace() throws IOException {
        for (int t = 0; t < 3; t++) {
            for (int k = 0; k < 4; k++) {
                if (t != 0 || k != 3) {
                    write(t + "-" + k, new DicomBytes(DicomBytes.EXPLICIT, 4 * t + k, 3 * k));
                }
            }
        }
        LoadedVolume loaded = load(folder);
        assertEquals(2, loaded.frames());
        assertEquals(400, loaded.volume().voxel(0, 0, 0), "the first whole one is the second");
        assertEquals(700, loaded.volume().voxel(0, 0, 3));
    }

    @Test
    void aFolderBelowThatMayNotBeReadIsLeftAside() throws IOException {
        series("1.2.3", "", 3, 0);
        Path closed = Files.createDirectory(folder.resolve("closed"));
        closed.toFile().setReadable(false);
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");
            LoadedVolume loaded = load(folder);
            assertEquals(3, loaded.volume().nz());
            assertEquals(List.of("left aside: " + closed + ": may not be read: permission denied; ask its owner for the right"
                    + " to read it"), loaded.notes());
        } finally {
            closed.toFile().setReadable(true);
        }
    }

    @Test
    void theHeaderMayClaimAnotherSyntaxThanItHas() throws IOException {
        byte[] claimed = new DicomBytes(DicomBytes.IMPLICIT, 1, 0).bytes();
        byte[] name = DicomBytes.IMPLICIT.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] explicit = new DicomBytes(DicomBytes.EXPLICIT, 1, 0).bytes();
        // The meta information of the one before the elements of the other.
        int body = 132 + 8 + 20;
        byte[] mixed = Arrays.copyOf(explicit, 132 + 8 + 20);
        byte[] rest = Arrays.copyOfRange(claimed, 132 + 8 + name.length + name.length % 2, claimed.length);
        byte[] file = Arrays.copyOf(mixed, body + rest.length);
        System.arraycopy(rest, 0, file, body, rest.length);
        Files.write(folder.resolve("a"), file);
        assertEquals(100, load(folder).volume().voxel(0, 0, 0));
    }

    private void series(String identifier, String description, int count, int brighter) throws IOException {
        for (int n = 1; n <= count; n++) {
            DicomBytes slice = new DicomBytes(DicomBytes.EXPLICIT, n, 3 * n).text(Tag.SERIES, "UI", identifier)
                    .text(Tag.SOP_INSTANCE, "UI", identifier + "." + n).pixels(brighter + n, 1, 2, 3, 4, 5);
            write(identifier + "-" + n, description.isEmpty() ? slice : slice.text(Tag.SERIES_DESCRIPTION, "LO", description));
        }
    }

    private static DicomBytes slice(int number) {
        return new DicomBytes(DicomBytes.EXPLICIT, number, 3 * number);
    }

    private void write(String name, DicomBytes slice) throws IOException {
        Files.write(folder.resolve(name), slice.bytes());
    }

    private static LoadedVolume load(Path path) {
        return VolumeFiles.load(path, ReadOptions.DEFAULT);
    }

    private static LoadedVolume load(Path path, String series) {
        return VolumeFiles.load(path, new ReadOptions(ReadOptions.ANY_FRAME, null, series, null));
    }
}
