package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public patient data, where it stands beside the project: what its README says of it, our readers find. */
class RealVolumesTest {

    private static final Path VOLUMES = Path.of("../shared/volumes");

    private static Path file(String name) {
        Path path = VOLUMES.resolve(name);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not on this machine");
        return path;
    }

    @ParameterizedTest
    @CsvSource({
        "brain-mr-stroke/T1.nii.gz,                          124, 160, 140, 1,    1,    1,   K",
        "brain-t2-fernando/t2.nii.gz,                        320, 320,  26, 0.75, 0.75, 5.5, K",
        "ct-abdomen-ts/example_ct.nii.gz,                    122, 101, 112, 3,    3,    3,   K",
        "mr-body-ts/example_mr_sm.nii.gz,                    117,  91,  20, 3,    3,    3,   K",
        "mr-spinalcord-sct/t2.nii.gz,                         60,  55,  52, 1,    1,    1,   K",
        "mr-spinalcord-sct/t2s_uncropped.nii.gz,             320, 320,  11, 0.5,  0.5,  7.5, K",
        "us-bone-plus/BoneUltrasound_L14.igs.mha,            820, 616,  21, 1,    1,    1,   K",
        "us-prostate-phantom-plus/Prostate10_video.igs.mhd,  640, 480,  10, 0.3,  0.3,  1,   K",
        "us-prostate-deepreg/fixed_images/case000025.nii.gz,  44,  59,  41, 0.4,  0.4,  0.4, K"})
    void sizesSpacingsAndSlicingAxis(String name, int nx, int ny, int nz, double i, double j, double k, SliceAxis axis) {
        Grid grid = VolumeFiles.read(file(name)).grid();
        assertEquals(nx + " " + ny + " " + nz, grid.nx() + " " + grid.ny() + " " + grid.nz());
        assertEquals(i, grid.spacing(0), 1e-4);
        assertEquals(j, grid.spacing(1), 1e-4);
        assertEquals(k, grid.spacing(2), 1e-4);
        assertEquals(axis, SliceAxis.AUTO.resolve(grid));
    }

    @ParameterizedTest
    @CsvSource({"kidney_right, 6993", "kidney_left, 5144"})
    void almostIntegerMasksHaveTheirVoxels(String organ, int voxels) {
        SliceStack stack = SliceStack.of(VolumeFiles.read(file("ct-abdomen-ts/example_ct.nii.gz")), SliceAxis.AUTO,
                new IntensityWindow(-160, 240));
        Volume mask = VolumeFiles.read(file("ct-abdomen-ts/example_seg/" + organ + ".nii.gz"));
        double inside = 0;
        for (float value : stack.maskOf(mask, Set.of())) {
            inside += value;
        }
        assertEquals(voxels, inside);
    }

    @Test
    void aFourDimensionalLabelFileHasItsGlandInTheFirstFrame() {
        LoadedVolume gland = VolumeFiles.load(file("us-prostate-deepreg/fixed_labels/case000025.nii.gz"),
                ReadOptions.DEFAULT);
        assertEquals(3, gland.frames());
        assertTrue(gland.notes().toString().contains("frame 0 was read"), gland.notes().toString());
        assertEquals(Set.of(1L), Labels.present(gland.volume(), "gland"));
    }

    @Test
    void aMaskOfAnotherPatientIsRefused() {
        SliceStack stack = SliceStack.of(VolumeFiles.read(file("mr-body-ts/example_mr_sm.nii.gz")), SliceAxis.AUTO,
                new IntensityWindow(0, 1000));
        Volume mask = VolumeFiles.read(file("ct-abdomen-ts/example_seg/kidney_right.nii.gz"));
        assertTrue(org.junit.jupiter.api.Assertions.assertThrows(io.github.medgs.InputException.class,
                () -> stack.maskOf(mask, Set.of())).getMessage().contains("117 x 91 x 20"));
    }
}
