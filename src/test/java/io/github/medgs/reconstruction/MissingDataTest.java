package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A voxel that holds the lowest float, as many programs mark what they do not know, spoils no other. */
class MissingDataTest {

    private static final int SIDE = 12;
    private static final int SLICES = 5;
    private static final int MARKED = 2 * SIDE * SIDE + 5 * SIDE + 5;

    @TempDir
    Path folder;

    @Test
    void aMarkIsCountedAndNotCarriedToTheSlicesBetween() throws Exception {
        float[] voxels = new float[SLICES * SIDE * SIDE];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) Math.exp(-Math.hypot(n % SIDE - 6, n / SIDE % SIDE - 6) / 4) + 0.01f * (n % 7);
        }
        voxels[MARKED] = -Float.MAX_VALUE;
        List<String> said = new ArrayList<>();
        Reconstruction.of(new Volume(SIDE, SIDE, SLICES, voxels, new Matrix4d().scale(1, 1, 4))).named("marked.nii")
                .preset("quick", "iterations=5").axis(SliceAxis.K)
                .window(new IntensityWindow(0, 1)).spacing(new SliceSpacing(2, null)).threads(1)
                .listener(new RunListener() {
                    @Override
                    public void say(String line) {
                        said.add(line);
                    }
                }).run(folder);

        Volume drawn = VolumeFiles.read(folder.resolve(RunFolder.INTERPOLATED));
        int acquired = MARKED + 2 * SIDE * SIDE;
        for (int n = 0; n < drawn.voxels().length; n++) {
            float voxel = drawn.voxels()[n];
            assertTrue(n == acquired ? voxel == -Float.MAX_VALUE : Math.abs(voxel) < 10, n + ": " + voxel);
        }
        for (String file : List.of(RunFolder.UNCERTAINTY, RunFolder.BAND)) {
            for (float voxel : VolumeFiles.read(folder.resolve(file)).voxels()) {
                assertTrue(voxel >= 0 && voxel < 10, file + ": " + voxel);
            }
        }
        assertEquals(1, said.stream().filter(line -> line.startsWith("marked.nii: 1 voxel lies more than a million")).count(),
                said.toString());
        JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertEquals(1, report.at("/input/farOutsideVoxels").intValue());
        double mean = report.at("/slices/expectedErrorOfDrawn").doubleValue();
        double sum = Files.readAllLines(folder.resolve(RunFolder.SLICES)).stream().filter(row -> row.contains("drawn"))
                .mapToDouble(row -> Double.parseDouble(row.substring(row.lastIndexOf(',') + 1))).sum();
        assertEquals(sum / (SLICES - 1), mean, 1e-3 * mean, "the mean of every drawn slice");
    }
}
