package io.github.medgs.volume.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many slices in one file: enhanced objects, mosaics, doses, films. The files of pydicom's making are equal to
 * dcm2niix's volumes too ({@code src/test/python/compare_dicom.py}).
 */
class MultiFrameTest {

    @TempDir
    Path folder;

    @Test
    void anEnhancedObjectHasItsPlacesAndScalesInItsFunctionalGroups() throws IOException {
        Volume volume = VolumeFiles.read(resource("enhanced"));
        assertArrayEquals(new int[] {4, 3, 3}, new int[] {volume.nx(), volume.ny(), volume.nz()});
        assertEquals(2.5, volume.spacing(2), 1e-12);
        assertEquals(0.75, volume.spacing(1), 1e-12);
        // Its frames run downwards: the last one is the lowest.
        for (int n = 0; n < 36; n++) {
            assertEquals(2 * ((2 - n / 12) * 12 + n % 12) - 1000, volume.voxels()[n]);
        }
        assertEquals(0, volume.grid().place(0, 0, 2).distance(new Vector3d(10, -20, 5)), 1e-12);
    }

    /** An axial stack and a sagittal scout behind it in one file: naming the file is no wish for the scout. */
    @Test
    void ofTheStacksOfOneFileTheLargestIsRead() throws IOException {
        write(planes(4, 1));
        for (Path path : new Path[] {folder, folder.resolve("file")}) {
            LoadedVolume loaded = VolumeFiles.load(path, ReadOptions.DEFAULT);
            assertEquals(4, loaded.volume().nz());
            assertTrue(loaded.notes().toString().contains("1 slice (file)"), loaded.notes().toString());
        }
        write(planes(3, 3));
        for (Path path : new Path[] {folder, folder.resolve("file")}) {
            String message = assertThrows(InputException.class, () -> VolumeFiles.read(path)).getMessage();
            assertTrue(message.contains("2 stacks of slices") && message.endsWith("frames of the wanted one to a file of their own"),
                    message);
        }
    }

    private static DicomBytes planes(int axial, int sagittal) {
        ByteArrayOutputStream groups = new ByteArrayOutputStream();
        for (int n = 0; n < axial + sagittal; n++) {
            boolean first = n < axial;
            groups.writeBytes(DicomBytes.item(new DicomBytes(DicomBytes.EXPLICIT)
                    .raw(Tag.PLANE_POSITIONS, "SQ", DicomBytes.item(new DicomBytes(DicomBytes.EXPLICIT).text(Tag.POSITION, "DS",
                            first ? "0\\0\\" + 3 * n : 3 * (n - axial) + "\\0\\0")))
                    .raw(Tag.PLANE_ORIENTATIONS, "SQ", DicomBytes.item(new DicomBytes(DicomBytes.EXPLICIT).text(Tag.ORIENTATION,
                            "DS", first ? "1\\0\\0\\0\\1\\0" : "0\\1\\0\\0\\0\\-1")))));
        }
        return frames(axial + sagittal).raw(Tag.FRAME_GROUPS, "SQ", groups.toByteArray());
    }

    @Test
    void aMosaicIsTakenApart() throws IOException {
        Volume volume = VolumeFiles.read(resource("mosaic"));
        assertArrayEquals(new int[] {4, 3, 3}, new int[] {volume.nx(), volume.ny(), volume.nz()});
        assertEquals(3.5, volume.spacing(2), 1e-12, "SpacingBetweenSlices, not the thickness");
        // Its private normal points down: the first tile is the highest slice.
        for (int n = 0; n < 36; n++) {
            assertEquals(100 * (2 - n / 12) + n % 12, volume.voxels()[n]);
        }
        // The place is that of a picture as large as the mosaic: half of what it is larger further in.
        assertEquals(0, volume.grid().place(0, 0, 2).distance(new Vector3d(6, 6, 5)), 1e-12);
    }

    @Test
    void dosesLieByTheirOffsetsAndHaveTheirOwnScale() throws IOException {
        write(frames(3).text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.2").text(Tag.GRID_OFFSETS, "DS", "0\\-4\\-8")
                .text(Tag.DOSE_SCALING, "DS", "0.5"));
        Volume volume = VolumeFiles.read(folder.resolve("file"));
        assertEquals(4, volume.spacing(2), 1e-12);
        assertEquals(6, volume.voxel(0, 0, 0), "the third frame is the lowest");
        assertEquals(-8, volume.grid().place(0, 0, 0).z, 1e-12);
        assertEquals(3, VolumeFiles.read(folder).nz(), "a folder of a dose alone");
    }

    /** Heights of the patient's are none of the normal, which points to the feet where the patient lies feet first. */
    @ParameterizedTest
    @CsvSource({"1\\0\\0\\0\\1\\0, 100\\103\\106", "-1\\0\\0\\0\\1\\0, 100\\103\\106", "-1\\0\\0\\0\\1\\0, 100\\97\\94",
        "1\\0\\0\\0\\1\\0, 100\\97\\94"})
    void aDosesHeightsArePlacesWhicheverWayItsNormalPoints(String orientation, String heights) throws IOException {
        write(frames(3).text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.2").text(Tag.GRID_OFFSETS, "DS", heights)
                .text(Tag.POSITION, "DS", "-10\\20\\100").text(Tag.ORIENTATION, "DS", orientation)
                .text(Tag.DOSE_SCALING, "DS", "1"));
        Volume volume = VolumeFiles.read(folder.resolve("file"));
        for (int k = 0; k < 3; k++) {
            double height = volume.grid().place(0, 0, k).z;
            assertEquals(Double.parseDouble(heights.split("\\\\")[(int) volume.voxel(0, 0, k) / 6]), height, 1e-9);
        }
    }

    @Test
    void aFilmIsManyVolumesOfOneSlice() throws IOException {
        byte[] frameTime = {0x18, 0, 0x63, 0x10};
        write(frames(3).raw(Tag.FRAME_INCREMENT, "AT", frameTime));
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(1, loaded.volume().nz());
        assertEquals(3, loaded.frames());
        assertEquals(6, VolumeFiles.read(folder, 1).voxel(0, 0, 0));
    }

    /** Else hundreds of frames take minutes: the file may be gone once it is inflated. */
    @Test
    void aDeflatedFileIsInflatedOnceForAllItsFrames() throws IOException {
        DicomBytes frames = frames(TransferSyntax.DEFLATED, 3);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(frames.bytes(), 0, frames.bytes().length - frames.bare().length);
        try (DeflaterOutputStream out = new DeflaterOutputStream(file, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(frames.bare());
        }
        Path path = Files.write(folder.resolve("file"), file.toByteArray());
        DicomImage image = DicomImage.parse(path).image();
        FrameReader reader = new FrameReader();
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, reader.read(image, 0));
        Files.delete(path);
        assertArrayEquals(new double[] {12, 13, 14, 15, 16, 17}, reader.read(image, 2));
    }

    @Test
    void framesWithoutPlacesAreInTheirOrderAndThatIsSaid() throws IOException {
        write(frames(3).text(Tag.SLICE_THICKNESS, "DS", "2"));
        LoadedVolume loaded = VolumeFiles.load(folder, ReadOptions.DEFAULT);
        assertEquals(3, loaded.volume().nz());
        assertEquals(12, loaded.volume().voxel(0, 0, 2));
        assertTrue(loaded.notes().toString().contains("in the order of their frames, 2 mm apart"),
                loaded.notes().toString());
        write(frames(3).text(Tag.FRAMES, "IS", "3A"));
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage()
                .contains("claims 3A frames"));
    }

    // Frames of 3 x 2 pixels, numbered through.
    private static DicomBytes frames(int count) {
        return frames(DicomBytes.EXPLICIT, count);
    }

    private static DicomBytes frames(String syntax, int count) {
        int[] pixels = new int[6 * count];
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = n;
        }
        return new DicomBytes(syntax, 1, 0).text(Tag.FRAMES, "IS", String.valueOf(count)).pixels(pixels);
    }

    private void write(DicomBytes bytes) throws IOException {
        Files.write(folder.resolve("file"), bytes.bytes());
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = MultiFrameTest.class.getResourceAsStream(name + ".dcm")) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
