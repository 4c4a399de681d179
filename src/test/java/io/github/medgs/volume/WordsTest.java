package io.github.medgs.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.volume.format.VolumeFiles;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

    @TempDir
    Path folder;

    /** A lesion of a few voxels, or one under a microscope, is not rounded away. */
    @Test
    void smallVolumesKeepTheirDigits() {
        assertEquals("123456.8", Words.measure(123456.78));
        assertEquals("-100.0", Words.measure(-100));
        assertEquals("12.35", Words.measure(12.3456));
        assertEquals("0.004", Words.measure(0.004));
        assertEquals("0.000064", Words.measure(6.4e-5));
        assertEquals("2.722E-7", Words.measure(2.72158e-7));
        assertEquals("0", Words.measure(0));
        assertEquals("0", Words.number(-0.0, 10));
        assertEquals("1234567.891", Words.number(1234567.8912, 10));
    }

    /** Surfaces are in single precision: where that is too coarse for the voxels, whoever reads the volume hears of it. */
    @Test
    void aVolumeTooFarAwayIsSaid() throws Exception {
        assertEquals(List.of(), notes(new Matrix4d().translation(1200, -800, 3000).scale(0.5)));
        String far = notes(new Matrix4d().translation(1e6, -2e6, 3e7).scale(1, 1, 3)).toString();
        assertTrue(far.contains("good to 2 mm only; look at its origin"), far);
    }

    private List<String> notes(Matrix4d places) throws Exception {
        Path file = folder.resolve("v.nii");
        VolumeFiles.write(new Volume(2, 2, 2, new float[8], places), file);
        return VolumeFiles.load(file, ReadOptions.DEFAULT).notes();
    }
}
