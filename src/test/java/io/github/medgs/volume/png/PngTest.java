package io.github.medgs.volume.png;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {

    private static final ReadOptions MILLIMETRES = new ReadOptions(0, new double[] {0.5, 0.25, 4});

    @TempDir
    Path folder;

    @Test
    void eightAndSixteenBitsInTheOrderOfTheirNumbers() throws IOException {
        grey("10.png", BufferedImage.TYPE_BYTE_GRAY, 30);
        grey("9.png", BufferedImage.TYPE_BYTE_GRAY, 20);
        grey("1.png", BufferedImage.TYPE_BYTE_GRAY, 10);
        Volume volume = VolumeFiles.load(folder, MILLIMETRES).volume();
        assertArrayEquals(new float[] {10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 35},
                volume.voxels());
        assertEquals(0, volume.indexToPatient().transformPosition(new Vector3d(2, 1, 2)).distance(-1, -0.25, 8), 1e-12);

        Path deep = Files.createDirectory(folder.resolve("deep"));
        grey("deep/a.png", BufferedImage.TYPE_USHORT_GRAY, 65_530);
        assertEquals(65_535, VolumeFiles.load(deep, MILLIMETRES).volume().voxels()[5]);
    }

    @Test
    void namesWhoseNumbersSkipAreToldOf() throws IOException {
        for (int n : new int[] {1, 3, 5}) {
            grey("s" + n + ".png", BufferedImage.TYPE_BYTE_GRAY, n);
        }
        assertFalse(VolumeFiles.load(folder, MILLIMETRES).notes().toString().contains("skip"));
        grey("s9.png", BufferedImage.TYPE_BYTE_GRAY, 9);
        assertTrue(VolumeFiles.load(folder, MILLIMETRES).notes().toString().contains("names skip some"));
    }

    @Test
    void aFolderThatWasNotFilledToItsEndIsNoStack() throws IOException {
        grey("1.png", BufferedImage.TYPE_BYTE_GRAY, 10);
        grey("2.png", BufferedImage.TYPE_BYTE_GRAY, 20);
        Path part = Files.createDirectory(folder.resolve(".files.1234.part"));
        assertTrue(AtomicFile.isPartWithin(part));
        InputException refused = assertThrows(InputException.class, () -> VolumeFiles.load(folder, MILLIMETRES));
        assertTrue(refused.getMessage().contains("slices are missing"), refused.getMessage());
        Files.delete(part);
        assertEquals(2, VolumeFiles.load(folder, MILLIMETRES).volume().nz());
    }

    @Test
    void thePublishedLayoutIsAFolderOfSlices() throws IOException {
        Files.createDirectories(folder.resolve("original"));
        Files.createDirectories(folder.resolve("mirror"));
        grey("original/0000.png", BufferedImage.TYPE_BYTE_GRAY, 0);
        grey("original/0001.png", BufferedImage.TYPE_BYTE_GRAY, 7);
        LoadedVolume loaded = VolumeFiles.load(folder, MILLIMETRES);
        assertEquals(2, loaded.volume().nz());
        assertTrue(loaded.notes().toString().contains("original/"), loaded.notes().toString());
    }

    @Test
    void greysInColourFilesAreReadAsTheyAre() throws IOException {
        BufferedImage colour = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        colour.setRGB(0, 0, 0x646464);
        colour.setRGB(1, 0, 0xFFFFFF);
        ImageIO.write(colour, "png", folder.resolve("a.png").toFile());
        assertArrayEquals(new float[] {100, 255}, VolumeFiles.load(folder, MILLIMETRES).volume().voxels());
        BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        half.setRGB(0, 0, 0x80FFFFFF);
        half.setRGB(1, 0, 0xFF646464);
        ImageIO.write(half, "png", folder.resolve("a.png").toFile());
        LoadedVolume transparent = VolumeFiles.load(folder, MILLIMETRES);
        assertArrayEquals(new float[] {255, 100}, transparent.volume().voxels());
        assertTrue(transparent.notes().toString().contains("1 slice has transparent pixels"), transparent.notes().toString());
        BufferedImage binary = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        binary.setRGB(1, 0, 0xFFFFFF);
        ImageIO.write(binary, "png", folder.resolve("a.png").toFile());
        assertArrayEquals(new float[] {0, 255}, VolumeFiles.load(folder, MILLIMETRES).volume().voxels());
        colour.setRGB(0, 0, 0x640000);
        ImageIO.write(colour, "png", folder.resolve("a.png").toFile());
        assertRefused("colour");
    }

    private void palette(String name, int bits, int[] colours, int... indices) throws IOException {
        IndexColorModel model = new IndexColorModel(bits, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(indices.length, 1, bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED
                : BufferedImage.TYPE_BYTE_BINARY, model);
        image.getRaster().setPixels(0, 0, indices.length, 1, indices);
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void palettesOfColoursKeepTheirIndices() throws IOException {
        int[] colours = {0x000000, 0xFF0000, 0x00FF00, 0xFFFFFF};
        palette("a.png", 2, colours, 0, 1, 2, 3);
        palette("b.png", 8, Arrays.copyOf(colours, 3), 2, 2, 0, 1);
        LoadedVolume loaded = VolumeFiles.load(folder, MILLIMETRES);
        assertArrayEquals(new float[] {0, 1, 2, 3, 2, 2, 0, 1}, loaded.volume().voxels());
        assertTrue(loaded.notes().toString().contains("indices were taken"), loaded.notes().toString());
        palette("b.png", 8, new int[] {0, 0x00FF00, 0xFF0000}, 2, 2, 0, 1);
        assertRefused("other colours in its palette");
        Files.delete(folder.resolve("b.png"));
        // A palette of greys is what it looks like.
        palette("a.png", 8, new int[] {0x404040, 0, 0xFFFFFF}, 0, 1, 2, 2);
        assertArrayEquals(new float[] {64, 0, 255, 255}, VolumeFiles.load(folder, MILLIMETRES).volume().voxels());
    }

    @Test
    void slicesOfEightBitsAmongThoseOfSixteenAreWidened() throws IOException {
        grey("a.png", BufferedImage.TYPE_USHORT_GRAY, 1000);
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", folder.resolve("b.png").toFile());
        LoadedVolume blank = VolumeFiles.load(folder, MILLIMETRES);
        assertArrayEquals(new float[] {1005, 0}, Arrays.copyOfRange(blank.volume().voxels(), 5, 7));
        assertTrue(!blank.notes().toString().contains("8 bits"), blank.notes().toString());
        grey("b.png", BufferedImage.TYPE_BYTE_GRAY, 250);
        LoadedVolume mixed = VolumeFiles.load(folder, MILLIMETRES);
        assertArrayEquals(new float[] {1005, 250 * 257}, Arrays.copyOfRange(mixed.volume().voxels(), 5, 7));
        assertTrue(mixed.notes().toString().contains("8 bits among slices of 16"), mixed.notes().toString());
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.load(folder,
                MILLIMETRES.onto(mixed.volume().grid()))).getMessage().contains("labels cannot be scaled"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Matrix4d affine = new Matrix4d().translate(3, -7, 100.25).rotateXYZ(0.3, 1.2, -2).scale(0.7, -0.9, 4.5);
        Volume whole = new Volume(2, 1, 2, new float[] {0, 1, 300, 65_535}, affine);
        VolumeFiles.write(whole, folder.resolve("whole"));
        assertArrayEquals(whole.voxels(), VolumeFiles.read(folder.resolve("whole")).voxels());
        assertTrue(affine.equals(new Matrix4d(VolumeFiles.read(folder.resolve("whole")).indexToPatient()), 1e-12));

        Volume hounsfield = whole.withVoxels(new float[] {-1000, 0.5f, 3000, Float.NaN});
        VolumeFiles.write(hounsfield, folder.resolve("scaled"));
        float[] back = VolumeFiles.read(folder.resolve("scaled")).voxels();
        assertArrayEquals(new float[] {-1000, 0.5f, 3000, -1000}, back, 4000f / 65_535 / 2 * 1.01f);
        assertThrows(InputException.class, () -> VolumeFiles.write(whole, folder.resolve("scaled")));
        Files.createDirectories(folder.resolve("parent/child"));
        assertThrows(InputException.class, () -> VolumeFiles.write(whole, folder.resolve("parent")));
        Files.createFile(Files.createDirectory(folder.resolve("hiding")).resolve(".hidden"));
        assertThrows(InputException.class, () -> VolumeFiles.write(whole, folder.resolve("hiding")));
    }

    @Test
    void scaledNumbersAreSlicesOfWhatIsStored() throws IOException {
        float[] voxels = {0, 20_000, 80_002, 120_000};
        Volume scaled = new Volume(new Grid(2, 2, 1, new Matrix4d()), StoredVoxels.exactly(voxels,
                new Storage(ScalarType.UINT16, 2, 0)));
        assertNull(PngWriter.lossNote(scaled));
        VolumeFiles.write(scaled, folder.resolve("scaled"), VolumeFiles.smallestType(scaled, folder.resolve("scaled")));
        assertArrayEquals(voxels, VolumeFiles.read(folder.resolve("scaled")).voxels());
    }

    @Test
    void numbersOfLabelsAreKept() throws IOException {
        LabelField field = new LabelField(new Grid(2, 1, 2, new Matrix4d()), ScalarType.INT64,
                List.of(Label.of(1), Label.of(17), Label.of(3000)), new short[] {0, 1, 2, 3}, new float[4]);
        assertNull(PngWriter.lossNote(field.volume()));
        VolumeFiles.write(field.volume(), folder.resolve("labels"));
        assertArrayEquals(new float[] {0, 1, 17, 3000}, VolumeFiles.read(folder.resolve("labels")).voxels());
    }

    @Test
    void sidecarsAreCheckedKeyByKey() throws IOException {
        grey("a.png", BufferedImage.TYPE_BYTE_GRAY, 0);
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder)).getMessage()
                .contains("COLUMN,ROW,SLICE"));
        assertSidecarRefused("{\"spacingMm\": [1, 2]}", "3 finite numbers");
        assertSidecarRefused("{\"spacingMm\": [1, 2, -3]}", "spacing -3");
        assertSidecarRefused("{\"spacing\": [1, 2, 3]}", "spacing");
        assertSidecarRefused("{\"spacingMm\": [1, 2, 3], \"intensityAtBlack\": 3}", "one intensity of two");
        assertSidecarRefused("{\"indexToPatient\": [1,0,0,0, 1,0,0,0, 0,0,1,0]}", "span space");
        assertSidecarRefused("[", "not a sidecar");
        assertSidecarRefused("null", "no spacing");
        Files.writeString(folder.resolve("volume.json"),
                "{\"spacingMm\": [1, 2, 3], \"intensityAtBlack\": -100, \"intensityAtWhite\": 155}");
        Volume volume = VolumeFiles.read(folder);
        assertEquals(-95, volume.voxels()[5]);
        assertEquals(2, volume.spacing(1));
    }

    private void assertSidecarRefused(String json, String words) throws IOException {
        Files.writeString(folder.resolve("volume.json"), json);
        assertRefused(words);
    }

    @Test
    void damagedSlicesAreRefusedInWords() throws IOException {
        grey("a.png", BufferedImage.TYPE_BYTE_GRAY, 0);
        byte[] whole = Files.readAllBytes(folder.resolve("a.png"));
        Files.write(folder.resolve("b.png"), Arrays.copyOf(whole, whole.length - 14));
        assertRefused("cut short");
        byte[] huge = whole.clone();
        huge[17] = 0x7F;
        huge[21] = 0x7F;
        Files.write(folder.resolve("b.png"), huge);
        assertRefused("does not hold them");
        byte[] broken = whole.clone();
        broken[45] ^= 0x55;
        Files.write(folder.resolve("b.png"), broken);
        assertRefused("cannot be decoded");
        BufferedImage other = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(other, "png", folder.resolve("b.png").toFile());
        assertRefused("slices of one size");
        assertTrue(assertThrows(InputException.class, () -> VolumeFiles.read(folder.resolve("a.png"))).getMessage()
                .contains("one PNG slice"));
    }

    private void assertRefused(String words) {
        String message = assertThrows(InputException.class, () -> VolumeFiles.load(folder, MILLIMETRES)).getMessage();
        assertTrue(message.contains(words), message);
    }

    private void grey(String name, int type, int first) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, type);
        for (int n = 0; n < 6; n++) {
            image.getRaster().setSample(n % 3, n / 3, 0, first + n);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
