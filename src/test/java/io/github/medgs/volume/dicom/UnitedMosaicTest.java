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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mosaics of five tiles of 4 x 2 pixels: three in a row, and one tile that is empty. Real ones are larger alone. */
class UnitedMosaicTest {

    private static final int SLICES = 5;
    private static final int EMPTY = 9999;

    @TempDir
    Path folder;

    /** The first tile is the highest slice: places are each tile's own. A sequence may be written without its form. */
    @ParameterizedTest
    @CsvSource({DicomBytes.EXPLICIT + ", SQ", DicomBytes.EXPLICIT + ", UN", DicomBytes.IMPLICIT + ", SQ"})
    void eachTileIsASliceAtItsOwnPlaceAndEachFileATimePoint(String syntax, String form) throws IOException {
        String inner = form.equals("UN") ? DicomBytes.IMPLICIT : syntax;
        for (int frame = 0; frame < 2; frame++) {
            write("file" + frame, mosaic(syntax, frame).raw(Tag.UNITED_SLICES, form, places(inner, SLICES)));
        }
        for (int frame = 0; frame < 2; frame++) {
            LoadedVolume loaded = VolumeFiles.load(folder, new ReadOptions(frame, null));
            assertEquals(2, loaded.frames());
            assertEquals(List.of("each position holds 2 slices; frame " + frame + " was read"), loaded.notes());
            Volume volume = loaded.volume();
            assertArrayEquals(new int[] {4, 2, SLICES}, new int[] {volume.nx(), volume.ny(), volume.nz()});
            for (int n = 0; n < volume.voxels().length; n++) {
                assertEquals(1000 * frame + 100 * (SLICES - 1 - n / 8) + n % 8, volume.voxels()[n]);
            }
            // Left and back of the patient are negative in the grid.
            assertEquals(0, volume.grid().place(0, 0, 0).distance(new Vector3d(-7, 11, -12)), 1e-12);
            assertEquals(0, volume.grid().place(0, 0, SLICES - 1).distance(new Vector3d(-7, 11, 0)), 1e-12);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndNeverAStackOfMosaics() throws IOException {
        DicomBytes whole = mosaic(DicomBytes.EXPLICIT, 0).raw(Tag.UNITED_SLICES, "SQ", places(DicomBytes.EXPLICIT, SLICES));
        write("file", whole);
        assertEquals(SLICES, VolumeFiles.read(folder).nz());
        String count = "is a United Imaging mosaic (many slices in one picture) that does not say how many slices it holds; "
                + "export it with its private elements, or slice by slice";
        assertRefusal(whole.text(Tag.UNITED_CREATOR, "LO", "SOMEBODY ELSE"), count);
        whole.text(Tag.UNITED_CREATOR, "LO", "Image Private Header");
        assertRefusal(whole.text(Tag.UNITED_COUNT, "DS", "4.5"), count);
        assertRefusal(whole.text(Tag.UNITED_COUNT, "DS", "4"), "claims 4 slices of \"4*2\" pixels, which do not fit its 12 x 4");
        assertRefusal(whole.text(Tag.UNITED_COUNT, "DS", "6"), "does not say where its slices lie");
        whole.text(Tag.UNITED_COUNT, "DS", "5");
        assertRefusal(whole.text(Tag.UNITED_TILE, "SH", "4*4"), "claims 5 slices of \"4*4\" pixels");
        assertRefusal(whole.without(Tag.UNITED_TILE), "claims 5 slices of \"\" pixels");
        whole.text(Tag.UNITED_TILE, "SH", "2*4");
        assertRefusal(whole.raw(Tag.UNITED_SLICES, "SQ", places(DicomBytes.EXPLICIT, 4)), "does not say where its slices lie");
        assertRefusal(whole.without(Tag.UNITED_SLICES), "does not say where its slices lie");
    }

    /** Taken apart by another program, which kept the words. */
    @Test
    void aSliceWithAPlaceOfItsOwnIsNoMosaic() throws IOException {
        write("file", new DicomBytes(DicomBytes.EXPLICIT, 1, 0).text(Tag.IMAGE_TYPE, "CS", "DERIVED\\PRIMARY\\M\\VFRAME"));
        assertEquals(1, VolumeFiles.read(folder).nz());
    }

    private static DicomBytes mosaic(String syntax, int frame) {
        int[] pixels = new int[12 * 4];
        for (int n = 0; n < pixels.length; n++) {
            int column = n % 12;
            int row = n / 12;
            int tile = row / 2 * 3 + column / 4;
            pixels[n] = tile < SLICES ? 1000 * frame + 100 * tile + row % 2 * 4 + column % 4 : EMPTY;
        }
        return new DicomBytes(syntax, frame + 1, 0).without(Tag.POSITION).number(Tag.ROWS, 4).number(Tag.COLUMNS, 12)
                .pixels(pixels).text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\M\\VFRAME")
                .text(Tag.UNITED_CREATOR, "LO", "Image Private Header").text(Tag.UNITED_TILE, "SH", "4*2")
                .text(Tag.UNITED_COUNT, "DS", String.valueOf(SLICES));
    }

    private static byte[] places(String syntax, int count) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (int n = 0; n < count; n++) {
            items.writeBytes(DicomBytes.item(new DicomBytes(syntax).text(Tag.POSITION, "DS", "7\\-11\\" + -3 * n)));
        }
        return items.toByteArray();
    }

    private void write(String name, DicomBytes bytes) throws IOException {
        Files.write(folder.resolve(name), bytes.bytes());
    }

    private void assertRefusal(DicomBytes bytes, String words) throws IOException {
        write("file", bytes);
        String message = assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage();
        assertTrue(message.contains(words), message);
    }
}
