package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on measured volumes; skipped where the folder {@code ../shared/volumes} is absent. */
class ReconstructRealVolumesTest {

    private static final Path VOLUMES = Path.of("../shared/volumes");

    @TempDir
    Path folder;

    @BeforeEach
    void volumesAreThere() {
        assumeTrue(Files.isDirectory(VOLUMES), "skipped: the real volumes are not at " + VOLUMES);
    }

    private JsonNode reconstruct(Path image, Path mask, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("reconstruct", image.toString(), "--mask", mask.toString(),
                "-o", folder.resolve("out").toString(), "--preset", "quick", "--quiet"));
        arguments.addAll(List.of(more));
        assertEquals(0, Main.run(arguments.toArray(String[]::new)));
        return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    }

    /** Fewer steps than the preset's, so that the suite stays short; the bounds are those of the whole preset. */
    @Test
    void aKidneyFromAnAbdominalCt() throws Exception {
        Path image = VOLUMES.resolve("ct-abdomen-ts/example_ct.nii.gz");
        Path maskFile = VOLUMES.resolve("ct-abdomen-ts/example_seg/kidney_right.nii.gz");
        JsonNode report = reconstruct(image, maskFile, "--window", "-160,240", "--factor", "3", "--set", "passes=12",
                "--no-uncertainty");

        Volume input = VolumeFiles.read(image);
        Volume finer = VolumeFiles.read(folder.resolve("out/interpolated.nii.gz"));
        assertEquals((input.nz() - 1) * 3 + 1, finer.nz());
        for (int axis = 0; axis < 3; axis++) {
            assertEquals(axis == 2 ? 1.0 : input.spacing(axis), finer.spacing(axis), 1e-4);
            assertEquals(input.indexToPatient().get(3, axis), finer.indexToPatient().get(3, axis), 1e-3);
        }
        assertTrue(report.at("/ownSlices/psnr").asDouble() >= 30, report.at("/ownSlices").toString());
        assertTrue(report.at("/ownSlices/dice").asDouble() >= 0.93, report.at("/ownSlices").toString());

        JsonNode surface = report.at("/outputs/surface.stl");
        assertTrue(surface.get("closed").asBoolean());
        Volume mask = VolumeFiles.read(maskFile);
        double[] centroid = new double[3];
        double maskVolume = volumeAndCentroid(mask, centroid);
        assertEquals(maskVolume, surface.at("/measures/volume").asDouble(), 0.06 * maskVolume);
        double off = 0;
        for (int axis = 0; axis < 3; axis++) {
            // The surface is in LPS, the volume in RAS.
            double sign = axis < 2 ? -1 : 1;
            off += Math.pow(surface.at("/measures/centroid/" + axis).asDouble() - sign * centroid[axis], 2);
        }
        assertTrue(Math.sqrt(off) <= 1.5, "centroid off by " + Math.sqrt(off) + " mm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "mask", "joint"})
    void everyModeOnAHippocampus(String heads) throws Exception {
        JsonNode report = reconstruct(VOLUMES.resolve("mr-hippocampus-msd/images/hippocampus_004.nii.gz"),
                VOLUMES.resolve("mr-hippocampus-msd/labels/hippocampus_004.nii.gz"), "--axis", "j", "--set",
                "heads=" + heads, "--set", "passes=20");
        if (!heads.equals("mask")) {
            assertTrue(report.at("/ownSlices/psnr").asDouble() > 27, report.at("/ownSlices").toString());
        }
        if (!heads.equals("image")) {
            assertTrue(report.at("/ownSlices/dice").asDouble() > 0.95, report.at("/ownSlices").toString());
            assertTrue(report.at("/outputs/surface.stl/closed").asBoolean());
        }
    }

    private static double volumeAndCentroid(Volume mask, double[] centroid) {
        double[] sum = new double[3];
        long inside = 0;
        for (int k = 0; k < mask.nz(); k++) {
            for (int j = 0; j < mask.ny(); j++) {
                for (int i = 0; i < mask.nx(); i++) {
                    if (mask.voxel(i, j, k) > 0.5f) {
                        org.joml.Vector3d at =
                                mask.indexToPatient().transformPosition(new org.joml.Vector3d(i, j, k));
                        sum[0] += at.x;
                        sum[1] += at.y;
                        sum[2] += at.z;
                        inside++;
                    }
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            centroid[axis] = sum[axis] / inside;
        }
        return inside * mask.voxelVolume();
    }
}
