package io.github.medgs.evaluation.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.medgs.InputException;
import io.github.medgs.surface.Fields;
import io.github.medgs.surface.Measures;
import io.github.medgs.training.TrainingData;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class SparseProtocolTest {

    private static final List<SurfaceMethod> METHODS =
            List.of(PredictedSurface.ISO, PredictedSurface.SHAPE_BASED, new PoissonReconstruction(),
                    PredictedSurface.SPLINED);

    private static Volume mask(Fields.Solid solid, int n, Matrix4d affine) {
        Volume field = Fields.sample(solid, n, n, n, affine);
        float[] mask = new float[field.voxels().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = field.voxels()[i] >= 0 ? 1 : 0;
        }
        return field.withVoxels(mask);
    }

    private static List<SparseProtocol.Row> run(Volume mask, SliceAxis axis, int stride) throws IOException {
        SliceStack stack = SliceStack.of(mask, axis, new IntensityWindow(0, 1));
        return new SparseProtocol(stack, new Mask(mask, "mask", Set.of()), stride, 0, 2).run(METHODS, name -> { });
    }

    @Test
    void aMethodWithoutASurfaceHasNoBar() throws IOException {
        SurfaceScore score = new SurfaceScore(0.1, 0.2, 0.3, 0.4, 0.5, 0.9, 6, 7);
        List<SparseFiles.Case> cases = List.of(new SparseFiles.Case("organ", 2, 0,
                List.of(new SparseProtocol.Row("good", score, true, 1), new SparseProtocol.Row("none", null, false, 1))));
        byte[] picture = SparseFiles.picture(cases);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertArrayEquals(picture, SparseFiles.picture(cases), "the numbers of a chart follow the locale");
        } finally {
            Locale.setDefault(before);
        }
        assertTrue(SparseFiles.picture(List.of(new SparseFiles.Case("organ", 2, 0,
                List.of(new SparseProtocol.Row("none", null, false, 1))))).length > 0);
    }

    // A ball of radius 10 about the middle of slices 1 or 2 mm apart.
    @Test
    void slicesAtPlacesOfTheirOwnStayThere() throws IOException {
        double[] places = new double[17];
        for (int k = 1; k < places.length; k++) {
            places[k] = places[k - 1] + 1 + k % 2;
        }
        Grid grid = new Grid(25, 25, places.length, new Matrix4d(), places);
        float[] mask = new float[(int) grid.count()];
        for (int n = 0; n < mask.length; n++) {
            double across = Math.hypot(n % 25 - 12, n / 25 % 25 - 12);
            mask[n] = Math.hypot(across, places[n / 625] - 12) < 10 ? 1 : 0;
        }
        Volume ball = new Volume(grid, mask);
        double volume = 4.0 / 3 * Math.PI * 1000;
        assertEquals(volume, Labels.volume(ball), 0.02 * volume);
        SliceStack stack = SliceStack.of(ball, SliceAxis.K, new IntensityWindow(0, 1));
        Mask named = new Mask(ball, "mask", Set.of());
        SparseProtocol sparse = new SparseProtocol(stack, named, 2, 0, 1);
        assertEquals(volume, Measures.signedVolume(sparse.reference()), 0.02 * volume);
        for (SparseProtocol.Row row : sparse.run(METHODS, name -> { })) {
            assertTrue(row.score().assd() < 0.7, row::toString);
        }
        PublishedProtocol.Score iso = new PublishedProtocol(stack, named, 1).run(PredictedSurface.ISO);
        assertTrue(iso.distances().chamfer() < 0.5, iso::toString);
    }

    // Slices 1 mm apart up to the ball's middle and 3 mm beyond it: a mean gap is that of none.
    @Test
    void poissonSolvesUnevenSlicesWhereTheyLie() throws IOException {
        double[] places = new double[24];
        for (int k = 1; k < places.length; k++) {
            places[k] = places[k - 1] + (k <= 15 ? 1 : 3);
        }
        Grid grid = new Grid(33, 33, places.length, new Matrix4d(), places);
        float[] mask = new float[(int) grid.count()];
        for (int n = 0; n < mask.length; n++) {
            double across = Math.hypot(n % 33 - 16, n / 33 % 33 - 16);
            mask[n] = Math.hypot(across, places[n / 1089] - 16) < 12 ? 1 : 0;
        }
        Volume ball = new Volume(grid, mask);
        SliceStack stack = SliceStack.of(ball, SliceAxis.K, new IntensityWindow(0, 1));
        List<SparseProtocol.Row> rows = new SparseProtocol(stack, new Mask(ball, "mask", Set.of()), 2, 0, 1)
                .run(List.of(PredictedSurface.SHAPE_BASED, new PoissonReconstruction()), name -> { });
        assertTrue(rows.get(1).score().assd() < 1.3 * rows.get(0).score().assd(), rows::toString);
        assertTrue(rows.get(1).score().dice() > 0.95, rows::toString);
    }

    // A disc deeper than the gap is wide: by its distances an empty neighbour changes sign, but has no outline there.
    @Test
    void poissonHasNoPointsOnEmptySlices() {
        int side = 65;
        double[] places = IntStream.range(0, 9).mapToDouble(k -> 8.0 * k).toArray();
        Grid grid = new Grid(side, side, places.length, new Matrix4d(), places);
        float[] mask = new float[(int) grid.count()];
        for (int n = 0; n < mask.length; n++) {
            int slice = n / (side * side);
            double across = Math.hypot(n % side - 32, n / side % side - 32);
            mask[n] = slice >= 3 && slice <= 5 && across < 20 ? 1 : 0;
        }
        SliceStack stack = SliceStack.of(new Volume(grid, mask), SliceAxis.K, new IntensityWindow(0, 1));
        float[] field = new PoissonReconstruction().field(new TrainingData(stack, mask), places);
        long[] inside = IntStream.range(0, places.length).mapToLong(slice -> IntStream.range(slice * side * side,
                (slice + 1) * side * side).filter(n -> field[n] >= 0.5f).count()).toArray();
        assertTrue(inside[2] < inside[3] / 4 && inside[6] < inside[5] / 4, Arrays.toString(inside));
    }

    @Test
    void everyMethodFindsASphereAlongOtherAxes() throws IOException {
        Volume mask = mask(Fields.sphere(0.3, -0.2, 0.4, 10), 25, Fields.affine(25, 25, 25, 1, 1, 1, true));
        for (SliceAxis axis : new SliceAxis[] {SliceAxis.I, SliceAxis.J}) {
            for (SparseProtocol.Row row : run(mask, axis, 3)) {
                assertTrue(row.sound(), row.method());
                assertTrue(row.score().assd() < 0.7, row::toString);
                assertTrue(row.score().dice() > 0.9, row::toString);
                assertEquals(0, row.score().volumeError(), 0.08, row::toString);
            }
        }
    }

    @Test
    void onASphereBendingBeatsStraightLines() throws IOException {
        List<SparseProtocol.Row> rows =
                run(mask(Fields.sphere(0, 0, 0, 13), 41, Fields.affine(41, 41, 41, 1, 1, 1, false)), SliceAxis.K, 5);
        double iso = rows.get(0).score().assd();
        double shape = rows.get(1).score().assd();
        double splined = rows.get(3).score().assd();
        assertTrue(shape < iso, rows::toString);
        assertTrue(splined < 0.85 * shape, rows::toString);
    }

    @Test
    void strideAndMaskAreChecked() {
        Volume mask = mask(Fields.sphere(0, 0, 0, 5), 17, Fields.affine(17, 17, 17, 1, 1, 1, false));
        assertThrows(InputException.class, () -> run(mask, SliceAxis.K, 1));
        assertThrows(InputException.class, () -> run(mask, SliceAxis.K, 9));
        float[] thin = new float[17 * 17 * 17];
        thin[5 + 17 * (5 + 17 * 3)] = 1;
        // No stride is smaller than 2.
        assertEquals(List.of("offsets"), assertThrows(InputException.class, () -> run(mask.withVoxels(thin), SliceAxis.K, 2)).quantities());
        assertEquals(List.of("stride", "offsets"),
                assertThrows(InputException.class, () -> run(mask.withVoxels(thin), SliceAxis.K, 4)).quantities());
    }

    @Test
    void realStructuresAtTwoStrides() throws IOException {
        Path ct = Path.of("../shared/volumes/ct-abdomen-ts");
        assumeTrue(Files.isDirectory(ct), "no ../shared/volumes/ct-abdomen-ts");
        SliceStack stack = SliceStack.of(
                VolumeFiles.read(ct.resolve("example_ct.nii.gz")), SliceAxis.K, new IntensityWindow(-160, 240));
        double[] sums = new double[METHODS.size()];
        double[] overlaps = new double[METHODS.size()];
        // One of each kind: round, thin and branching, a tube that leaves the volume.
        String[] structures = {"kidney_left", "vertebrae_L3", "aorta"};
        int[] strides = {2, 4, 4};
        for (int s = 0; s < structures.length; s++) {
            Volume mask = VolumeFiles.read(ct.resolve("example_seg/" + structures[s] + ".nii.gz"));
            List<SparseProtocol.Row> rows =
                    new SparseProtocol(stack, new Mask(mask, structures[s], Set.of()), strides[s], 0, 2).run(METHODS, name -> { });
            double best = Double.POSITIVE_INFINITY;
            for (int m = 0; m < METHODS.size(); m++) {
                sums[m] += rows.get(m).score().assd();
                overlaps[m] += rows.get(m).score().dice();
                best = m < 3 ? Math.min(best, rows.get(m).score().assd()) : best;
            }
            assertTrue(rows.get(3).score().assd() <= 1.05 * best, structures[s] + rows);
        }
        assertTrue(sums[3] <= 0.85 * Math.min(sums[0], Math.min(sums[1], sums[2])));
        assertTrue(overlaps[3] >= Math.max(overlaps[0], overlaps[1]));
    }
}
