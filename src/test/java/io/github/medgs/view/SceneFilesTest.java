package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import io.github.medgs.cli.CommandLineRunner;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.reconstruction.SliceSpacing;
import io.github.medgs.reconstruction.SurfaceRecipe;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshFiles;
import io.github.medgs.surface.MeshFormat;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ReadOptions;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a path holds, and what of it can be shown. */
class SceneFilesTest {

    @TempDir
    static Path folder;

    private static SmallRun run;

    @BeforeAll
    static void learn() throws IOException {
        run = new SmallRun(folder).learnt();
    }

    private static Scene open(Path path, Path image, Path mask) throws IOException {
        return new SceneFiles(ReferenceEngine::new, 1, ReadOptions.DEFAULT, false).open(path, image, mask);
    }

    @Test
    void aRunShowsWhatItLearntFromAndItsSurface() throws Exception {
        Scene scene = SmallRun.scene(run.out);
        Volume image = VolumeFiles.read(run.image);
        float[] slice = new float[SmallRun.NX * SmallRun.NY];
        System.arraycopy(image.voxels(), 3 * slice.length, slice, 0, slice.length);
        assertArrayEquals(slice, scene.input.image(3));
        assertEquals(1f, scene.input.mask(2)[10 * SmallRun.NX + 12]);
        assertEquals(0f, scene.input.mask(2)[0]);
        TriangleMesh surface = scene.surfaces.get().getFirst().mesh();
        ByteBuffer mz3 = ByteBuffer.wrap(Mz3.encode(surface)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x5A4D, mz3.getShort(0));
        assertEquals(surface.triangleCount(), mz3.getInt(4));
        // NiiVue lays it onto the volume in RAS, and the file is in LPS.
        assertEquals(Frame.LPS, surface.frame());
        float x = mz3.getFloat(Mz3.HEADER + 4 * surface.triangles().length);
        assertEquals(surface.in(Frame.RAS).vertices()[0], x);
        double[] centre = Measures.of(surface.in(Frame.RAS)).centroid();
        assertEquals(-20 - 1.2 * 12, centre[0], 0.7);
    }

    @Test
    void anInputThatIsAnotherIsNotShown() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("changed"));
        SmallRun other = new SmallRun(copy).learnt();
        Volume mask = VolumeFiles.read(other.mask);
        mask.voxels()[77] = 3;
        VolumeFiles.write(new Volume(mask.grid(), mask.voxels()), other.mask);
        Scene scene = SmallRun.scene(other.out);
        // The model holds the slices that it learnt from, but not the mask.
        assertArrayEquals(SmallRun.scene(run.out).input.image(2), scene.input.image(2));
        assertFalse(scene.input.hasMask());
        assertTrue(scene.notes().getFirst().contains("is not what the model was learnt from"), scene.notes().toString());

        Path file = other.out.resolve("model.medgs");
        boolean[] edited = new boolean[ModelFile.read(file).acquired().count()];
        edited[1] = true;
        TrainedModel model = ModelFile.read(file);
        AcquiredSlices held = model.acquired();
        ModelFile.write(model.with(new AcquiredSlices(held.storage(), held.pixels(), held.bits(), edited)), file);
        assertTrue(SmallRun.scene(other.out).notes().getFirst().contains("was changed since the run"));
        Path report = other.out.resolve("report.json");
        Files.writeString(report, Files.readString(report).replaceFirst("\"mask\" : \"[^\"]*\",", ""));
        // Nor without a mask, which nobody may be told of then.
        assertNotNull(SmallRun.scene(other.out).input);
        assertTrue(SmallRun.scene(other.out).notes().getFirst().contains("was changed since the run"));
        ModelFile.write(ModelFile.read(file).with((AcquiredSlices) null), file);
        assertNull(SmallRun.scene(other.out).input);
        Files.delete(other.image);
        assertTrue(SmallRun.scene(other.out).notes().getFirst().contains("does not exist"));
        // Who names one is believed, as long as it lies where the model's slices do.
        assertNotNull(open(other.out, run.image, null).input);
        Path elsewhere = copy.resolve("elsewhere.nii");
        Volume image = VolumeFiles.read(run.image);
        Grid moved = new Grid(image.nx(), image.ny(), image.nz(), new Matrix4d(image.indexToPatient()).translate(1, 0, 0));
        VolumeFiles.write(new Volume(moved, image.voxels()), elsewhere);
        InputException refused = assertThrows(InputException.class, () -> open(other.out, elsewhere, null));
        assertTrue(refused.getMessage().contains("does not lie where the model's slices do"), refused.getMessage());
        assertThrows(InputException.class, () -> open(file, null, run.mask));
    }

    @Test
    void aModelAloneDrawsItsVolumeAndSurface() throws Exception {
        Scene scene = open(run.out.resolve("model.medgs"), null, null);
        Volume stored = VolumeFiles.read(run.out.resolve("interpolated.nii.gz"));
        Volume drawn = scene.volumes.getFirst().volume().get();
        assertTrue(stored.sameGrid(drawn));
        double volume = Measures.signedVolume(scene.surfaces.get().getFirst().mesh());
        double file = Measures.signedVolume(MeshFiles.read(run.out.resolve("surface.stl")).mesh());
        assertEquals(file, volume, 0.001 * file);
    }

    /** Volumes and areas as {@code medgs mesh} and a run's report have them. */
    @Test
    void aSurfaceIsThatOfTheCommand() throws Exception {
        String model = run.out.resolve("model.medgs").toString();
        assertEquals(0, CommandLineRunner.run("mesh", model, "-o", folder.resolve("model.stl").toString(), "--quiet"));
        assertSame(MeshFiles.read(folder.resolve("model.stl")).mesh(), SmallRun.scene(Path.of(model)));
        // An edit that changes nothing: the surface is the model's now, not the run's file.
        assertSame(MeshFiles.read(run.out.resolve("surface.stl")).mesh(), editedInNothing(run.out));
        SurfaceRecipe recipe = new SurfaceRecipe(0.3f, Frame.RAS, 0, true, false, 0.4);
        Path thick = folder.resolve("thick");
        run.reconstruction(RunListener.SILENT, 60).surface(recipe, MeshFormat.STL)
                .spacing(new SliceSpacing(1, null)).run(thick);
        assertEquals(recipe.in(Frame.LPS), SurfaceRecipe.ofReport(new ObjectMapper().readTree(thick.resolve("report.json").toFile())));
        assertSame(MeshFiles.read(thick.resolve("surface.stl")).mesh(), SmallRun.scene(thick));
        assertSame(MeshFiles.read(thick.resolve("surface.stl")).mesh(), editedInNothing(thick));

        assertEquals(0, CommandLineRunner.run("mesh", run.mask.toString(), "-o", folder.resolve("mask.stl").toString(), "--quiet"));
        assertSame(MeshFiles.read(folder.resolve("mask.stl")).mesh(), open(run.image, null, run.mask));

        SmallRun halves = new SmallRun(Files.createDirectory(folder.resolve("halves")), 4).learnt();
        JsonNode outputs = new ObjectMapper().readTree(halves.out.resolve("report.json").toFile()).get("outputs");
        for (Scene.Surface half : SmallRun.scene(halves.out).surfaces.get()) {
            JsonNode measures = outputs.at("/" + half.name() + "/measures");
            assertEquals(measures.get("volume").asDouble(), Measures.signedVolume(half.mesh()), 1e-3, half.name());
            assertEquals(measures.get("area").asDouble(), Measures.area(half.mesh()), 1e-3, half.name());
        }
    }

    private static Scene editedInNothing(Path path) throws Exception {
        Scene edited = SmallRun.scene(path);
        edited.edits.append("{\"edits\": [{\"select\": {\"sphere\": {\"centreMm\": [900, 900, 900], \"radiusMm\": 1}}, \"fade\": 1}]}");
        edited.modelChanged();
        return edited;
    }

    private static void assertSame(TriangleMesh expected, Scene scene) throws Exception {
        TriangleMesh shown = scene.surfaces.get().getFirst().mesh();
        assertEquals(Measures.signedVolume(expected), Measures.signedVolume(shown), 1e-3);
        assertEquals(Measures.area(expected), Measures.area(shown), 1e-3);
    }

    @Test
    void aSurfaceThatCannotBeReadIsDrawn() throws Exception {
        TriangleMesh surface = MeshFiles.read(run.out.resolve("surface.stl")).mesh();
        Path other = copy("written-only");
        Files.move(other.resolve("surface.stl"), other.resolve("surface.vtk"));
        Scene drawn = SmallRun.scene(other);
        assertSame(surface, drawn);
        assertTrue(drawn.notes().isEmpty(), drawn.notes().toString());
        Files.writeString(other.resolve("surface.stl"), "solid");
        Scene damaged = SmallRun.scene(other);
        assertSame(surface, damaged);
        assertTrue(damaged.notes().getFirst().contains("surface.stl"), damaged.notes().toString());
    }

    @Test
    void aVolumeThatCannotBeReadIsDrawnAndPagesHearOfIt() throws Exception {
        Volume image = SmallRun.scene(run.out).volumes.getFirst().volume().get();
        Path other = copy("damaged");
        Files.write(other.resolve("interpolated.nii.gz"), new byte[] {1, 2, 3});
        Scene scene = SmallRun.scene(other);
        try (ViewServer server = SmallRun.serve(scene)) {
            RawHttp http = new RawHttp(server);
            try (Socket page = http.connect()) {
                page.getOutputStream().write(("GET " + http.path("events") + " HTTP/1.1\r\nHost: " + http.host()
                        + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                assertEquals(200, RawHttp.readStatus(page.getInputStream()));
                assertEquals(200, RawHttp.status(http.get(http.path("volume.nii?id=model"))));
                var lines = new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
                while (!lines.readLine().equals("event: notes")) {
                    // What comes before is not of interest.
                }
                String note = lines.readLine();
                assertTrue(note.contains("interpolated.nii.gz"), note);
            }
        }
        Volume drawn = scene.volumes.getFirst().volume().get();
        assertTrue(image.sameGrid(drawn));
        assertEquals(1, scene.notes().size());
    }

    @Test
    void everyLabelHasASurfaceAndValuesThatAreNoneAreCounted() throws Exception {
        Volume mask = VolumeFiles.read(run.mask);
        for (int most : new int[] {90, 600}) {
            float[] labels = new float[mask.voxels().length];
            for (int n = 0; n < labels.length; n++) {
                // Every other voxel, once each.
                labels[n] = n % 2 == 0 && n / 2 <= most ? n / 2 : 0;
            }
            Path file = folder.resolve(most + ".nii");
            VolumeFiles.write(mask.withVoxels(labels), file);
            Scene scene = open(run.image, null, file);
            assertEquals(most == 90 ? 90 : 64, scene.surfaces.get().size());
            assertEquals(most == 90 ? 0 : 1, scene.notes().size(), scene.notes().toString());
        }
    }

    /** A copy of the run's folder. */
    private static Path copy(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(run.out)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @Test
    void aFolderThatIsReplacedChangesNothing() throws Exception {
        Volume image = SmallRun.scene(run.out).volumes.getFirst().volume().get();
        Path other = copy("replaced");
        Scene scene = SmallRun.scene(other);
        for (String name : new String[] {"interpolated.nii.gz", "mask.nii.gz"}) {
            Volume written = VolumeFiles.read(other.resolve(name));
            VolumeFiles.write(written.withVoxels(new float[written.voxels().length]), other.resolve(name));
        }
        Files.delete(other.resolve("surface.stl"));
        assertArrayEquals(image.voxels(), scene.volumes.getFirst().volume().get().voxels());
        assertEquals(1, max(scene.volumes.get(1).volume().get()), 0.1);
        assertSame(MeshFiles.read(run.out.resolve("surface.stl")).mesh(), scene);
    }

    @Test
    void aMaskThatIsReplacedIsNotTakenForTheOneThatIsShown() throws Exception {
        Path mask = Files.copy(run.mask, folder.resolve("lent.nii"));
        Scene model = open(run.out, run.image, mask);
        Scene volume = open(run.image, null, mask);
        Volume read = VolumeFiles.read(mask);
        VolumeFiles.write(read.withVoxels(new float[read.voxels().length]), mask);
        for (Once<?> late : List.of(model.masks.get("lent.nii"), volume.surfaces)) {
            assertEquals(mask + ": was replaced since the page was opened; open the page again",
                    assertThrows(InputException.class, late::get).getMessage());
        }
    }

    private static float max(Volume volume) {
        float most = 0;
        for (float voxel : volume.voxels()) {
            most = Math.max(most, voxel);
        }
        return most;
    }

    @Test
    void aReportThatWasCutShortIsNamed() throws IOException {
        Path other = copy("cut");
        Files.writeString(other.resolve("report.json"), "{\"input\": ");
        Scene scene = SmallRun.scene(other);
        assertTrue(scene.notes().getFirst().contains("report.json is damaged"), scene.notes().toString());
        assertNotNull(scene.input);
    }

    @Test
    void theRootOfTheFileSystemHasATitle() {
        assertEquals("/", SceneFiles.title(Path.of("/")));
        assertEquals("out", SceneFiles.title(Path.of("out/.")));
    }

    @Test
    void aMaskOfProbabilitiesIsLaidOverWhereItIsSaidToBeOne() throws Exception {
        Volume mask = VolumeFiles.read(run.mask);
        float[] half = new float[mask.voxels().length];
        for (int n = 0; n < half.length; n++) {
            half[n] = mask.voxels()[n] > 0 ? 0.75f : 0.25f;
        }
        Path file = folder.resolve("probable.nii");
        VolumeFiles.write(mask.withVoxels(half), file);
        InputException refused = assertThrows(InputException.class, () -> open(run.image, null, file));
        assertTrue(refused.quantities().contains("soft"));
        Scene scene = new SceneFiles(ReferenceEngine::new, 1, ReadOptions.DEFAULT, true).open(run.image, null, file);
        assertEquals(0.75f, scene.input.mask(2)[10 * SmallRun.NX + 12]);
        assertFalse(scene.surfaces.get().getFirst().mesh().isEmpty());
    }

    @Test
    void whatCannotBeShownIsSaid() throws IOException {
        assertThrows(InputException.class, () -> open(folder.resolve("nothing"), null, null));
        assertThrows(InputException.class, () -> open(run.image, run.image, null));
        Path begun = Files.createDirectory(folder.resolve("begun"));
        Files.writeString(begun.resolve("config.json"), "{}");
        InputException refused = assertThrows(InputException.class, () -> open(begun, null, null));
        assertTrue(refused.getMessage().contains("not finished"), refused.getMessage());
        assertThrows(InputException.class, () -> open(run.out.resolve("config.json"), null, null));
    }

    @Test
    void largeVolumesAreThinnedAndStayInPlace() {
        Volume volume = new Volume(9, 8, 7, new float[9 * 8 * 7], new Matrix4d().translate(5, 6, 7).scale(2, 3, 4));
        volume.voxels()[volume.index(4, 6, 2)] = 1;
        Volume thin = BrowserVolume.thinned(volume, 100);
        assertEquals(5 * 4 * 4, thin.grid().count());
        assertEquals(1f, thin.voxel(2, 3, 1));
        assertEquals(volume.grid().place(4, 6, 2), thin.grid().place(2, 3, 1));
    }

    @Test
    void slicesAtPlacesOfTheirOwnAreShownWhereTheyAre() {
        double[] places = {0, 2, 3, 7};
        Grid grid = new Grid(2, 2, 4, new Matrix4d(), places);
        float[] voxels = new float[16];
        for (int n = 0; n < 16; n++) {
            voxels[n] = n / 4;
        }
        Volume regular = BrowserVolume.of(new Volume(grid, voxels));
        Scene scene = new Scene("uneven", Scene.Kind.VOLUME);
        scene.input = InputSlices.all(new Volume(grid, voxels), null, SliceGeometry.of(grid, SliceAxis.AUTO));
        SceneFiles.inputLayers(scene);
        assertTrue(scene.notes().getFirst().contains("uneven distances"), scene.notes().toString());
        assertEquals(8, regular.nz());
        assertEquals(1f, regular.voxel(0, 0, 2));
        assertEquals(2f, regular.voxel(0, 0, 4));
        assertEquals(3f, regular.voxel(1, 1, 7));
        SliceGeometry geometry = SliceGeometry.of(grid, SliceAxis.AUTO);
        assertArrayEquals(places, geometry.positions());
    }
}
