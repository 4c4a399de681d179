package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.choice.EngineChoice;
import io.github.medgs.evaluation.compactness.Compression;
import io.github.medgs.model.CodingSteps;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Storage;
import io.github.medgs.volume.StoredVoxels;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that learns a label map: three structures, two of which touch, with numbers that no float tells apart. */
class LabelRunTest {

    private static final int NX = 30;
    private static final int NY = 20;
    private static final int NZ = 6;
    private static final long ONE = 312_782_560;
    private static final long OTHER = 312_782_574;
    private static final long FAR = 3_000_000_000L;

    @TempDir
    Path folder;

    private static long label(int i, int j, int k) {
        boolean body = (i - 9 - k / 3) * (i - 9 - k / 3) + (j - 10) * (j - 10) < 36;
        return body ? j < 10 ? ONE : OTHER : i > 22 && i < 28 && j > 5 && j < 12 ? FAR : 0;
    }

    private static final double[] SPACING = {1, 1, 3};

    private static Volume image() {
        float[] voxels = new float[NX * NY * NZ];
        for (int n = 0; n < voxels.length; n++) {
            long label = label(n % NX, n / NX % NY, n / NX / NY);
            voxels[n] = label == 0 ? 0 : label == ONE ? 50 : label == OTHER ? 100 : 150;
        }
        return new Volume(NX, NY, NZ, voxels, new Matrix4d().scaling(SPACING[0], SPACING[1], SPACING[2]));
    }

    /** The map, its first axis reversed on demand: the same places in the patient. */
    private static Volume map(boolean reversed) {
        int count = NX * NY * NZ;
        ByteBuffer bits = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        float[] voxels = new float[count];
        for (int n = 0; n < count; n++) {
            int i = reversed ? NX - 1 - n % NX : n % NX;
            long label = label(i, n / NX % NY, n / NX / NY);
            voxels[n] = label;
            bits.putInt((int) label);
        }
        Matrix4d affine = new Matrix4d().scaling(SPACING[0], SPACING[1], SPACING[2]);
        if (reversed) {
            affine.setTranslation(NX - 1, 0, 0).m00(-1);
        }
        return new Volume(new Grid(NX, NY, NZ, affine),
                new StoredVoxels(voxels, Storage.plain(ScalarType.UINT32), bits.array()));
    }

    private static Reconstruction run(Volume map) {
        return Reconstruction.of(image()).mask(map).preset("quick", "passes=12", "reportInterval=1000").engine("reference", null)
                .threads(1).names(Map.of(ONE, new Label(ONE, "upper half", 0x102030)))
                .surface(SurfaceRecipe.PLAIN, MeshFormat.STL);
    }

    @Test
    void labelsAreCalledWhatTheirFileCallsThemUnlessOneSaysOtherwise() throws Exception {
        Path out = folder.resolve("named");
        Mask mask = new Mask(map(false), "map", Set.of(), false, Map.of(ONE, new Label(ONE, "spleen", 1),
                OTHER, new Label(OTHER, "left kidney", 0x00FF01)));
        run(map(false)).mask(mask).run(out);

        List<Label> labels = ModelFile.read(out.resolve("model.medgs")).labels().labels();
        assertEquals(new Label(ONE, "upper half", 0x102030), labels.get(0));
        assertEquals(new Label(OTHER, "left kidney", 0x00FF01), labels.get(1));
        assertEquals(Label.of(FAR), labels.get(2));
        assertTrue(Files.exists(out.resolve("surface-left-kidney.stl")));
        // The last number is beyond what files of names hold.
        assertEquals(Map.of(ONE, labels.get(0), OTHER, labels.get(1)),
                VolumeFiles.load(out.resolve("labels.nii.gz"), ReadOptions.DEFAULT).names());
    }

    @Test
    void ofAFileOfPartsTheReportCountsTheTrianglesThatItHolds() throws Exception {
        Path out = folder.resolve("parts");
        run(map(false)).surface(SurfaceRecipe.PLAIN, MeshFormat.GLB).run(out);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertEquals(MeshFiles.read(out.resolve("surface.glb")).mesh().triangleCount(),
                report.at("/outputs/surface.glb/triangles").asInt());
    }

    @Test
    void labelsAreLearntDrawnMeshedAndKept() throws Exception {
        Path out = folder.resolve("out");
        run(map(false)).run(out);

        Volume labels = VolumeFiles.read(out.resolve("labels.nii.gz"));
        assertEquals(ScalarType.UINT32, labels.stored().storage().type());
        int factor = (labels.nz() - 1) / (NZ - 1);
        assertTrue(factor > 1);
        for (int n = 0; n < NX * NY * NZ; n++) {
            int k = n / NX / NY;
            assertEquals(label(n % NX, n / NX % NY, k), labels.stored().whole(labels.index(n % NX, n / NX % NY, k * factor)));
        }
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertEquals(3, report.at("/ownSlices/diceOfLabels").size());
        report.at("/ownSlices/diceOfLabels").forEach(dice -> assertTrue(dice.asDouble() >= 0.99, report::toString));
        for (String name : List.of("upper-half", "label-" + OTHER, "label-" + FAR)) {
            assertTrue(Files.exists(out.resolve("surface-" + name + ".stl")), name);
        }
        assertEquals("upper half", report.at("/outputs/labels.nii.gz/labels/0/name").asText());
        assertTrue(report.at("/outputs/upper half/closed").asBoolean());
        JsonNode interval = report.at("/outputs/upper half/intervals/volume");
        double volume = report.at("/outputs/upper half/measures/volume").asDouble();
        assertTrue(interval.get(0).asDouble() < volume && volume < interval.get(1).asDouble(), interval::toString);

        TrainedModel model = ModelFile.read(out.resolve("model.medgs"));
        assertTrue(model.labelled());
        assertEquals(new Label(ONE, "upper half", 0x102030), model.labels().labels().getFirst());
        assertEquals(2, model.labels().channelCount());
        Path again = folder.resolve("again.medgs");
        ModelFile.write(model, again);
        assertArrayEquals(Files.readAllBytes(out.resolve("model.medgs")), Files.readAllBytes(again));

        // Chosen labels are together in the file that is named too: what was there is not taken for them.
        Path two = Files.writeString(folder.resolve("two.stl"), "an earlier surface");
        assertEquals(0, CommandLineRunner.run("mesh", again.toString(), "--label", "upper half", "--label", Long.toString(OTHER),
                "-o", two.toString(), "--engine", "reference", "--quiet"));
        double sum = 0;
        for (String name : List.of("two-upper-half.stl", "two-label-" + OTHER + ".stl")) {
            sum += Measures.of(MeshFiles.read(folder.resolve(name)).mesh()).volume();
        }
        assertEquals(sum, Measures.of(MeshFiles.read(two).mesh()).volume(), 1e-4 * sum);
    }

    /** The map with its axes in another order, k first, and cut to what it marks, with two voxels more at one end. */
    private static Volume permutedAndCropped() {
        Volume map = map(false);
        int[] low = {2, 3, 0};
        int[] size = {27, 16, NZ};
        ByteBuffer bits = ByteBuffer.allocate(4 * size[0] * size[1] * size[2]).order(ByteOrder.LITTLE_ENDIAN);
        float[] voxels = new float[size[0] * size[1] * size[2]];
        for (int j = 0, n = 0; j < size[1]; j++) {
            for (int i = 0; i < size[0]; i++) {
                for (int k = 0; k < size[2]; k++, n++) {
                    long label = label(i + low[0], j + low[1], k + low[2]);
                    voxels[n] = label;
                    bits.putInt((int) label);
                }
            }
        }
        // Index axes k, i, j in place of i, j, k.
        Matrix4d affine = new Matrix4d(0, 0, SPACING[2], 0, SPACING[0], 0, 0, 0, 0, SPACING[1], 0, 0,
                low[0] * SPACING[0], low[1] * SPACING[1], low[2] * SPACING[2], 1);
        assertEquals(map.nx(), NX);
        return new Volume(new Grid(size[2], size[0], size[1], affine),
                new StoredVoxels(voxels, Storage.plain(ScalarType.UINT32), bits.array()));
    }

    @Test
    void aPermutedAndCroppedMapGivesTheSameBytes() throws Exception {
        run(map(false)).preset("quick", "passes=3", "reportInterval=1000").run(folder.resolve("one"));
        run(permutedAndCropped()).preset("quick", "passes=3", "reportInterval=1000").run(folder.resolve("two"));
        for (String name : List.of("labels.nii.gz", "mask.nii.gz", "model.medgs", "surface-upper-half.stl")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)), name);
        }
    }

    /** The image and its map with the slices along the first axis: the same places in the patient. */
    @Test
    void permutedWithItsImageEveryVoxelHasTheSameLabel() throws Exception {
        run(map(false)).preset("quick", "passes=3", "reportInterval=1000").run(folder.resolve("one"));
        Volume image = turned(image());
        Reconstruction.of(image).mask(turned(map(false))).preset("quick", "passes=3", "reportInterval=1000")
                .engine("reference", null).threads(1).surface(SurfaceRecipe.PLAIN, MeshFormat.STL).run(folder.resolve("two"));
        Volume one = VolumeFiles.read(folder.resolve("one/labels.nii.gz"));
        Volume two = VolumeFiles.read(folder.resolve("two/labels.nii.gz"));
        assertEquals(one.nz(), two.nx());
        for (int n = 0; n < one.voxels().length; n++) {
            int i = n % one.nx();
            int j = n / one.nx() % one.ny();
            int k = n / one.nx() / one.ny();
            assertEquals(one.stored().whole(n), two.stored().whole(two.index(k, i, j)), i + " " + j + " " + k);
        }
    }

    /** Index axes k, i, j in place of i, j, k: slices keep their columns and rows. */
    private static Volume turned(Volume of) {
        ByteBuffer from = ByteBuffer.wrap(of.stored().bits() == null ? new byte[4 * of.voxels().length] : of.stored().bits())
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer bits = ByteBuffer.allocate(from.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        float[] voxels = new float[of.voxels().length];
        for (int n = 0; n < voxels.length; n++) {
            int source = of.index(n / of.nz() % of.nx(), n / of.nz() / of.nx(), n % of.nz());
            voxels[n] = of.voxels()[source];
            bits.putInt(from.getInt(4 * source));
        }
        Matrix4d a = new Matrix4d(of.indexToPatient());
        Matrix4d affine = new Matrix4d(a.m20(), a.m21(), a.m22(), 0, a.m00(), a.m01(), a.m02(), 0, a.m10(), a.m11(), a.m12(), 0,
                a.m30(), a.m31(), a.m32(), 1);
        Grid grid = new Grid(of.nz(), of.nx(), of.ny(), affine);
        return of.stored().bits() == null ? new Volume(grid, voxels)
                : new Volume(grid, new StoredVoxels(voxels, Storage.plain(ScalarType.UINT32), bits.array()));
    }

    /** Six structures: also one voxel in the open, one within another structure, and three where two structures meet. */
    private static Volume mapOfSmallOnes() {
        Volume map = map(false);
        float[] voxels = new float[NX * NY * NZ];
        for (int n = 0; n < voxels.length; n++) {
            long label = label(n % NX, n / NX % NY, n / NX / NY);
            voxels[n] = label == 0 ? 0 : label == ONE ? 1 : label == OTHER ? 2 : 3;
        }
        voxels[map.index(2, 2, 5)] = 4;
        voxels[map.index(25, 8, 2)] = 5;
        for (int j = 9; j < 12; j++) {
            voxels[map.index(8, j, 0)] = 6;
        }
        return new Volume(map.grid(), voxels);
    }

    /** Which would be refused once all is learnt, too: the run that it was to replace would be gone. */
    @Test
    void aLevelBetweenLabelsIsRefusedBeforeAnythingIsLost() throws Exception {
        Path out = folder.resolve("out");
        SurfaceRecipe low = new SurfaceRecipe(0.3f, Frame.LPS, 0, false, false, 1);
        Reconstruction run = run(map(false)).surface(low, MeshFormat.STL).preset("quick", "iterations=1").replace(true);
        Files.writeString(Files.createDirectory(out).resolve("model.medgs"), "of the run");
        for (Set<Long> labels : List.of(Set.<Long>of(), Set.of(ONE))) {
            InputException refused = assertThrows(InputException.class, () -> run.labels(labels).run(out));
            assertTrue(refused.getMessage().contains("has no meaning between labels"), refused.getMessage());
            assertEquals(List.of("level", "merge", "names"), refused.quantities());
        }
        assertEquals("of the run", Files.readString(out.resolve("model.medgs")));
        run.names(Map.of()).labels(Set.of()).mergeAll(true).run(out);
        assertTrue(Files.exists(out.resolve("report.json")));
    }

    @Test
    void whatHasOneVoxelIsNotLost() throws Exception {
        Path out = folder.resolve("out");
        run(mapOfSmallOnes()).preset("quick", "passes=3", "reportInterval=1000").run(out);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertEquals(6, report.at("/ownSlices/diceOfLabels").size());
        report.at("/ownSlices/diceOfLabels").forEach(dice -> assertEquals(1, dice.asDouble(), report::toString));
    }

    /** As finely as {@code medgs compress} does by itself, and so coarsely that the image is no more than guessed at. */
    @Test
    void compactEveryLabelIsDrawnAsBefore() throws Exception {
        Path out = folder.resolve("out");
        run(mapOfSmallOnes()).preset("quick", "passes=3", "reportInterval=1000").train(out);
        TrainedModel model = ModelFile.read(out.resolve("model.medgs"));
        long floats = Files.size(out.resolve("model.medgs"));
        try (Engine engine = EngineChoice.open("reference", 1, null).engine()) {
            for (double step : new double[] {1.0 / 128, 1.0 / 20, 1.0 / 8}) {
                CompactModel compact = CompactModel.of(model, CodingSteps.of(step));
                assertTrue(compact.bytes() < floats / 10, compact.bytes() + " of " + floats);
                for (double dice : new LabelRenderer(engine, compact.model()).ownDice()) {
                    assertEquals(1, dice, "at a step of " + step);
                }
            }
        }
    }

    /** Without an image decibels are those of every channel. */
    @Test
    void compactLabelsAloneAreHeldAsWellAsAsked() throws Exception {
        Path out = folder.resolve("out");
        run(mapOfSmallOnes()).preset("mesh", "passes=3", "reportInterval=1000").train(out);
        TrainedModel model = ModelFile.read(out.resolve("model.medgs"));
        assertFalse(model.image());
        try (Engine engine = EngineChoice.open("reference", 1, null).engine()) {
            Compression compression = new Compression(engine, model);
            Compression.Found found = compression.ofQuality(30, _ -> { });
            assertTrue(found.ownPsnr() >= 30 && found.step() > 1.0 / 20, found.step() + ": " + found.ownPsnr() + " dB");
            for (double dice : new LabelRenderer(engine, found.compact().model()).ownDice()) {
                assertTrue(dice >= 0.99, dice + " at a step of " + found.step());
            }
            // Another channel in place of the one that stands in the table changes no decibel.
            TrainedModel turned = model.widened().narrowed();
            turned.heads().stand(turned.heads().standing() == 0 ? 1 : 0, turned.gaussians().parameters());
            assertEquals(0, compression.ownPsnr(model) - compression.ownPsnr(turned), 1e-12);
        }
    }

    @Test
    void aReversedMapGivesTheSameBytes() throws Exception {
        run(map(false)).run(folder.resolve("one"));
        run(map(true)).run(folder.resolve("two"));
        for (String name : List.of("labels.nii.gz", "mask.nii.gz", "model.medgs", "surface-upper-half.stl")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)), name);
        }
    }

    @Test
    void whatStopsGoesOnToTheSameBytes() throws Exception {
        run(map(false)).train(folder.resolve("whole"));
        for (int stop : List.of(20, 72, 90)) {
            Path parts = folder.resolve("parts" + stop);
            AtomicInteger steps = new AtomicInteger();
            assertFalse(run(map(false)).stopWhen(() -> steps.getAndIncrement() >= stop).train(parts).finished());
            assertTrue(run(map(false)).resume(true).train(parts).finished());
            assertArrayEquals(Files.readAllBytes(folder.resolve("whole/model.medgs")),
                    Files.readAllBytes(parts.resolve("model.medgs")), "stopped at " + stop);
        }
    }

    @Test
    void joinedLabelsAreOneMaskAsEver() throws Exception {
        Path out = folder.resolve("out");
        run(map(false)).names(Map.of()).mergeAll(true).run(out);
        assertTrue(Files.exists(out.resolve("surface.stl")));
        assertFalse(Files.exists(out.resolve("labels.nii.gz")));
        assertFalse(ModelFile.read(out.resolve("model.medgs")).labelled());
    }
}
