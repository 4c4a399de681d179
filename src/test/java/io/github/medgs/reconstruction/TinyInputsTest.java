package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.joml.Matrix4d;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pixel, one row, one slice, no contrast: a result, or a line that says why not. */
class TinyInputsTest {

    @TempDir
    Path folder;

    private static Volume volume(int nx, int ny, int nz, boolean constant) {
        float[] voxels = new float[nx * ny * nz];
        Random random = new Random(4);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = constant ? 7 : random.nextFloat();
        }
        return new Volume(nx, ny, nz, voxels, new Matrix4d().scale(1, 1, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 8, false", "1, 9, 8, false", "9, 1, 8, false", "12, 12, 1, false", "12, 12, 2, false",
        "1, 1, 1, false", "12, 12, 6, true", "1, 1, 2, true"})
    void aResultOrOneLine(int nx, int ny, int nz, boolean constant) throws IOException {
        Volume image = volume(nx, ny, nz, constant);
        for (String preset : new String[] {"default", "mesh", "compact", "paper"}) {
            for (boolean masked : new boolean[] {false, true}) {
                Path out = folder.resolve(preset + masked);
                Reconstruction run = Reconstruction.of(image).preset(preset, "iterations=2").threads(1);
                if (masked) {
                    float[] inside = new float[image.voxels().length];
                    Arrays.fill(inside, 1);
                    run.mask(image.withVoxels(inside));
                }
                String name = preset + (masked ? " with a mask" : "");
                try {
                    assertTrue(run.run(out).finished(), name);
                    String report = Files.readString(out.resolve(RunFolder.REPORT));
                    assertFalse(report.contains("\"Infinity\"") || report.contains("\"NaN\""), () -> name + ": " + report);
                    if (Files.exists(out.resolve(RunFolder.INTERPOLATED))) {
                        Volume drawn = VolumeFiles.read(out.resolve(RunFolder.INTERPOLATED));
                        for (float voxel : drawn.voxels()) {
                            assertTrue(Float.isFinite(voxel), name);
                        }
                    }
                } catch (InputException e) {
                    assertEquals(1, e.getMessage().lines().count(), name);
                }
            }
        }
    }
}
