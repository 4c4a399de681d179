package io.github.medgs.volume.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskFolderTest {

    @TempDir
    Path folder;

    private void mask(String name, float... voxels) throws Exception {
        VolumeFiles.write(new Volume(2, 2, 1, voxels, new Matrix4d().scaling(1, 1, 3)), folder.resolve(name),
                ScalarType.FLOAT32);
    }

    private LoadedVolume load() {
        return VolumeFiles.load(folder, ReadOptions.DEFAULT);
    }

    @Test
    void eachFileIsALabelOfItsNameInTheOrderOfNames() throws Exception {
        mask("liver.nrrd", 0, 255, 0, 255);
        mask("aorta.nii.gz", 1, 0, 0, 0);
        mask("gallbladder.nii.gz", 0, 0, 0, 0);
        Files.writeString(folder.resolve("statistics.json"), "{}");

        LoadedVolume loaded = load();

        assertArrayEquals(new float[] {1, 3, 0, 3}, loaded.volume().voxels());
        assertEquals(ScalarType.UINT8, loaded.volume().stored().storage().type());
        assertEquals(List.of("aorta", "gallbladder", "liver"), loaded.segments().stream().map(s -> s.name()).toList());
        assertEquals("liver", loaded.names().get(3L).name());
        assertEquals(List.of("3 masks are taken as labels from 1 on, in the order of their files' names; 1 of them is empty"),
                loaded.notes());
    }

    @Test
    void aFolderBesideThatMayNotBeReadIsInNobodysWay() throws Exception {
        mask("aorta.nii.gz", 1, 0, 0, 0);
        mask("liver.nrrd", 0, 1, 0, 0);
        Path closed = Files.createDirectory(folder.resolve("closed"));
        closed.toFile().setReadable(false);
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");
            assertArrayEquals(new float[] {1, 2, 0, 0}, load().volume().voxels());
        } finally {
            closed.toFile().setReadable(true);
        }
    }

    @Test
    void theRootOfTheFileSystemIsNoVolume() {
        assertFalse(VolumeFiles.isNamedAsVolume(folder.getRoot()));
    }

    @Test
    void whereMasksOverlapTheLastHasTheVoxelAndThatIsSaid() throws Exception {
        mask("a.nii.gz", 1, 1, 0, 0);
        mask("b.nii.gz", 0, 1.01f, 1, 0.01f);

        LoadedVolume loaded = load();

        assertArrayEquals(new float[] {1, 2, 2, 0}, loaded.volume().voxels());
        assertEquals("1 voxel belongs to several masks; the highest number was taken", loaded.notes().get(1));
    }

    @Test
    void whatIsSaidOfAFileIsSaidOfTheFolder() throws Exception {
        mask("a.nii.gz", 1, 0, 0, 0);
        String header = "NRRD0004\ntype: uint8\ndimension: 4\nsizes: 2 2 1 2\nspace: RAS\nencoding: raw\nspace directions:"
                + " (1,0,0) (0,1,0) (0,0,3) none\nspace origin: (0,0,0)\n";
        Files.write(folder.resolve("b.nrrd"), (header + "\n\0\1\0\0\1\0\0\0").getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve("c.nhdr"), header + "data file: c.raw\n");
        Files.write(folder.resolve("c.raw"), new byte[] {0, 0, 1, 0, 0, 0, 0, 0});

        LoadedVolume loaded = load();

        assertArrayEquals(new float[] {1, 2, 3, 0}, loaded.volume().voxels());
        assertEquals(List.of("a", "b", "c"), loaded.segments().stream().map(s -> s.name()).toList());
        assertEquals(List.of("b.nrrd and 1 more: it holds 2 frames; frame 0 was read"), loaded.notes().subList(1, 2));
    }

    @Test
    void pairsAreMasksToo() throws Exception {
        mask("a.nii.gz", 1, 0, 0, 0);
        mask("b.nii", 0, 1, 0, 0);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("b.nii"))).order(ByteOrder.LITTLE_ENDIAN);
        int start = (int) file.getFloat(108);
        Files.write(folder.resolve("b.img"), Arrays.copyOfRange(file.array(), start, file.capacity()));
        file.putFloat(108, 0).put(345, (byte) 'i');
        Files.write(folder.resolve("b.hdr"), Arrays.copyOf(file.array(), 348));
        Files.delete(folder.resolve("b.nii"));
        Files.writeString(folder.resolve("other.hdr"), "ENVI");

        assertArrayEquals(new float[] {1, 2, 0, 0}, load().volume().voxels());
        assertEquals(List.of("a", "b"), load().segments().stream().map(s -> s.name()).toList());
    }

    @Test
    void picturesBesideMasksArePassedOver() throws Exception {
        mask("kidney.nii.gz", 1, 0, 0, 0);
        mask("tumour.nii.gz", 0, 1, 0, 0);
        picture("preview_total.png");

        LoadedVolume loaded = load();

        assertArrayEquals(new float[] {1, 2, 0, 0}, loaded.volume().voxels());
        assertEquals("PNG pictures beside the masks were passed over; as slices they need a spacing", loaded.notes().getLast());
        assertTrue(VolumeFiles.describe(folder, ReadOptions.DEFAULT).contains("folder of 2 masks"));
    }

    @Test
    void slicesWhoseSpacingIsKnownAreSlicesWhateverLiesBesideThem() throws Exception {
        mask("kidney.nii.gz", 1, 0, 0, 0);
        picture("1.png");
        assertEquals("folder of 1 PNG slices", VolumeFiles.load(folder, new ReadOptions(0, new double[] {1, 1, 3})).format());
        Files.writeString(folder.resolve("volume.json"), "{\"spacingMm\": [1, 1, 3]}");
        assertEquals("folder of 1 PNG slices", load().format());
    }

    @Test
    void picturesAloneAreAskedForTheirSpacing() throws Exception {
        picture("1.png");
        assertTrue(assertThrows(InputException.class, this::load).getMessage().contains("do not say their spacing"));
    }

    @Test
    void theFolderOfARunIsCalledSo() throws Exception {
        mask("interpolated.nii.gz", 0.5f, 1, 0, 0);
        picture("preview.png");
        Files.writeString(folder.resolve("model.medgs"), "MEDGSMDL");
        assertEquals(folder + ": is the folder of a run, whose model is " + folder.resolve("model.medgs")
                + "; give that, or a volume file in the folder", assertThrows(InputException.class, this::load).getMessage());
    }

    private void picture(String name) throws Exception {
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", folder.resolve(name).toFile());
    }

    @Test
    void whatIsNoMaskOfOneStructureIsRefusedByItsFile() throws Exception {
        mask("a.nii.gz", 1, 0, 0, 0);
        mask("b.nii.gz", 1, 2, 0, 0);
        assertTrue(assertThrows(InputException.class, this::load).getMessage().startsWith(folder.resolve("b.nii.gz")
                + ": holds 2 different values;"));

        mask("b.nii.gz", 0, 0.5f, 0, 0);
        assertTrue(assertThrows(InputException.class, this::load).getMessage().contains("b.nii.gz: holds more than a mask;"));

        VolumeFiles.write(new Volume(2, 2, 1, new float[] {1, 0, 0, 0}, new Matrix4d().translate(5, 0, 0)), folder.resolve("b.nii.gz"));
        assertTrue(assertThrows(InputException.class, this::load).getMessage().contains("b.nii.gz: lies on another grid than"
                + " a.nii.gz"));
    }
}
