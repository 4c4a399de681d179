package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that the heap cannot hold is an error in words, not an OutOfMemoryError. */
class SmallHeapTest {

    @TempDir
    Path folder;

    @Test
    void aVolumeLargerThanTheHeapIsRefusedWithWhatItNeeds() throws IOException, InterruptedException {
        Path path = folder.resolve("large.nii.gz");
        VolumeFiles.write(new Volume(300, 300, 200, new float[18_000_000], new Matrix4d()), path,
                ScalarType.UINT8);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m", "-cp", System.getProperty("java.class.path"), SmallHeapTest.class.getName(), path.toString())
                .redirectErrorStream(true).start();
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(output.contains("large.nii.gz: needs 68 MiB for its voxels, and the heap of 48 MiB"), output);
        }
        assertEquals(2, process.waitFor());
    }

    public static void main(String[] arguments) {
        System.setProperty("joml.nounsafe", "true");
        try {
            VolumeFiles.read(Path.of(arguments[0]));
            System.exit(0);
        } catch (io.github.medgs.InputException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }
}
