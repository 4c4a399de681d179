package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices that do not lie on one grid, and what is said and written of those that a drawn volume cannot hold. */
class UnevenStackTest {

    private static final int SIZE = 12;

    @TempDir
    Path folder;

    private static Grid grid(double... positions) {
        return new Grid(SIZE, SIZE, positions.length, new Matrix4d().scaling(1, 1, positions[1]), positions);
    }

    private static SliceGeometry geometry(double... positions) {
        return SliceGeometry.of(grid(positions), SliceAxis.K);
    }

    private static Volume ramp(double... positions) {
        float[] voxels = new float[SIZE * SIZE * positions.length];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % SIZE * 10 + n / SIZE % SIZE + n / SIZE / SIZE;
        }
        return new Volume(grid(positions), voxels);
    }

    @Test
    void theAutomaticFactorIsOfTheCommonestDistance() {
        double[] positions = SliceSpacing.AUTOMATIC.positions(geometry(0, 2, 4, 6, 8, 10, 12, 22, 32, 42, 52));
        assertArrayEquals(IntStream.rangeClosed(0, 52).asDoubleStream().toArray(), positions, 1e-9,
                "2 mm between pixels of 1 mm: every mm, whatever is missing");
        assertEquals(3 * 4 + 1, SliceSpacing.AUTOMATIC.positions(geometry(0, 4, 8, 12)).length);
    }

    @Test
    void aSpacingThatMeetsAllSlicesIsFoundWhereThereIsOne() {
        SliceGeometry shifted = geometry(0, 2, 4, 6, 8, 10, 12.7, 15.4);
        assertEquals(OptionalDouble.of(0.1), SliceSpacing.meetingAll(shifted, 1));
        assertEquals(OptionalDouble.of(0.6), SliceSpacing.meetingAll(geometry(0, 3, 6, 9), 0.7), "no coarser than was asked for");
        assertEquals(OptionalDouble.empty(), SliceSpacing.meetingAll(geometry(0, 2, 4, 4 + Math.PI), 1));
    }

    @Test
    void acquiredSlicesThatTheVolumeCannotHoldAreSaid() throws IOException {
        List<String> said = new ArrayList<>();
        Thread own = Thread.currentThread();
        Reconstruction.of(ramp(0, 2, 4, 6, 8, 10.7)).preset("quick", "iterations=5").threads(2)
                .drawing(new DrawingRecipe(true, false, true, 0.975)).listener(new RunListener() {
                    @Override
                    public void say(String line) {
                        said.add(line);
                    }

                    @Override
                    public Progress begin(String what, long steps) {
                        return step -> assertSame(own, Thread.currentThread(), what);
                    }
                }).run(folder);
        assertTrue(said.contains("1 of 6 acquired slices lies where the drawn volume has no slice, and is not in it; a spacing"
                + " of 0.1 mm meets all"), said::toString);
        String page = Files.readString(folder.resolve(RunFolder.REPORT_PAGE));
        assertTrue(page.contains("of them in the drawn volume"), "beside the 6 that were acquired");
        assertTrue(page.contains(">" + RunFolder.SLICES), "files");
        assertFalse(page.contains(">surface*.*"), "there is none");
    }

    @Test
    void thePageNamesTheFilesThatAreThere() throws IOException {
        Volume image = ramp(0, 2, 4, 6);
        float[] inside = image.voxels().clone();
        for (int n = 0; n < inside.length; n++) {
            inside[n] = inside[n] > 50 && inside[n] < 90 ? 1 : 0;
        }
        Volume mask = image.withVoxels(inside);
        Path masked = folder.resolve("masked");
        Reconstruction.of(image).mask(mask).preset("mesh", "iterations=5").run(masked);
        String page = Files.readString(masked.resolve(RunFolder.REPORT_PAGE));
        assertFalse(page.contains(">" + RunFolder.INTERPOLATED), "no image was learnt");
        assertTrue(page.contains(">" + RunFolder.MASK) && page.contains(">surface*.*"), "files");

        List<String> said = new ArrayList<>();
        Path drawn = folder.resolve("drawn");
        Reconstruction.of(image).mask(mask, "marks").readFrom(Path.of("image.nii"), Path.of("marks.nii"))
                .preset("quick", "iterations=5", "heads=image").drawing(new DrawingRecipe(true, false, false, 0.9))
                .listener(new RunListener() {
                    @Override
                    public void say(String line) {
                        said.add(line);
                    }
                }).run(drawn);
        page = Files.readString(drawn.resolve(RunFolder.REPORT_PAGE));
        assertTrue(page.contains(">" + RunFolder.SLICES) && !page.contains(">" + RunFolder.UNCERTAINTY), "files");
        assertTrue(said.contains("marks: is not learnt, since the configuration has the image alone learnt (heads)"), said::toString);
        assertTrue(new ObjectMapper().readTree(drawn.resolve(RunFolder.REPORT).toFile()).at("/input/mask").isMissingNode());
    }
}
