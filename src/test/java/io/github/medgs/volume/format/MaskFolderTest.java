package io.github.medgs.volume.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.LoadedVolume;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
