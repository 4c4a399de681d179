package io.github.medgs.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of every version stay readable: {@code src/test/resources/models/version-1.medgs} was written once and is never
 * written again. A new version adds its own file beside it.
 */
class ModelFileTest {

    private static final Path VERSION_1 = Path.of("src/test/resources/models/version-1.medgs");

    @TempDir
    Path folder;

    /** What the fixture holds; its bytes are not made from this by the test. */
    static TrainedModel fixture() {
        ModelForm form = new ModelForm(7, 5, 2, 1, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, 4);
        gaussians.setCount(3);
        for (int row = 0; row < form.rows(); row++) {
            for (int g = 0; g < 3; g++) {
                gaussians.set(row, g, row + 0.25f * g);
            }
        }
        SliceGeometry geometry = new SliceGeometry(SliceAxis.J, 5, 7,
                new double[] {0.5, 0, 0, -10, 0, 2, 0.25, 20, 0, 0, 3, 30}, new double[] {0, 2, 6});
        return new TrainedModel(gaussians, geometry, new IntensityWindow(-160, 240), true, true);
    }

    @Test
    void versionOneIsRead() throws IOException {
        TrainedModel read = ModelFile.read(VERSION_1);
        TrainedModel expected = fixture();
        assertEquals(expected.gaussians().form(), read.gaussians().form());
        assertEquals(expected.geometry(), read.geometry());
        assertEquals(expected.window(), read.window());
        assertTrue(read.image() && read.mask());
        assertEquals(3, read.gaussians().count());
        for (int row = 0; row < read.gaussians().form().rows(); row++) {
            for (int g = 0; g < 3; g++) {
                assertEquals(row + 0.25f * g, read.gaussians().get(row, g));
            }
        }
    }

    @Test
    void versionOneIsStillWritten() throws IOException {
        Path file = folder.resolve("model.medgs");
        ModelFile.write(fixture(), file);
        assertArrayEquals(Files.readAllBytes(VERSION_1), Files.readAllBytes(file));
    }

    @Test
    void everyDamagedBitIsSeen() throws IOException {
        byte[] whole = Files.readAllBytes(VERSION_1);
        Path file = folder.resolve("damaged.medgs");
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThrows(InputException.class, () -> ModelFile.read(file), "byte " + at);
            Files.write(file, Arrays.copyOf(whole, at));
            assertThrows(InputException.class, () -> ModelFile.read(file), "cut at " + at);
        }
    }

    public static void main(String[] arguments) throws IOException {
        ModelFile.write(fixture(), Path.of(arguments[0]));
    }
}
