package io.github.medgs.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.LabelRenderer;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.engine.vector.VectorEngine;
import io.github.medgs.model.HeadRows;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.surface.Frame;
import io.github.medgs.surface.LabelMesh;
import io.github.medgs.surface.MarchingTetrahedra;
import io.github.medgs.surface.Measures;
import io.github.medgs.surface.MeshCheck;
import io.github.medgs.training.Configs;
import io.github.medgs.training.Heads;
import io.github.medgs.training.InBetween;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingData;
import io.github.medgs.training.TrainingListener;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.LabelChoice;
import io.github.medgs.volume.LabelField;
import io.github.medgs.volume.LabelSlices;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.joml.Vector3d;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of three structures: a ball, a slab that touches it, and a bar far from both, which shares the ball's channel. */
class LabelEditsTest {

    private static final int BALL = 0;
    private static final int SLAB = 1;
    private static final int BAR = 2;
    private static final List<String> SHORT = List.of("passes=12", "between.target=linear", "start.motion=false");

    private static TrainedModel model;
    private static LabelField field;

    @TempDir
    Path folder;

    private static int label(int i, int j, int k) {
        return EditedStack.CENTRE.distance(i, j, k) <= EditedStack.RADIUS ? 2 : j >= 22 ? 5 : i >= 31 && j < 6 ? 300 : 0;
    }

    private static Volume map() {
        float[] voxels = new float[EditedStack.WIDTH * EditedStack.HEIGHT * EditedStack.DEPTH];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = label(n % EditedStack.WIDTH, n / EditedStack.WIDTH % EditedStack.HEIGHT,
                    n / EditedStack.WIDTH / EditedStack.HEIGHT);
        }
        return new Volume(EditedStack.WIDTH, EditedStack.HEIGHT, EditedStack.DEPTH, voxels, EditedStack.AFFINE);
    }

    @BeforeAll
    static void learn() throws IOException {
        model = model("default", SHORT);
        field = drawn(model);
    }

    private static TrainedModel model(String preset, List<String> settings) throws IOException {
        SliceStack stack = SliceStack.of(EditedStack.image(), SliceAxis.K, new IntensityWindow(0, 255)).keep(EditedStack.KEPT);
        LabelSlices labels = stack.labelsOf(new Mask(map(), "map", Set.of()),
                new LabelChoice(Set.of(), List.of(), false, Map.of(2L, new Label(2, "ball", 0xFF0000))));
        TrainingData data = TrainingData.of(stack, labels);
        TrainingConfig config = Configs.load(preset, null, settings);
        try (Engine engine = new VectorEngine(2)) {
            return new Trainer(engine, config, data, Heads.JOINT, InBetween.of(config, data, Heads.JOINT, 1), 2,
                    new TrainingListener() {}).run(null, false, () -> false).model();
        }
    }

    private static double[] millimetres() {
        return IntStream.rangeClosed(0, EditedStack.KEPT[EditedStack.KEPT.length - 1]).asDoubleStream().toArray();
    }

    private static LabelField drawn(TrainedModel of) {
        try (Engine engine = new ReferenceEngine()) {
            return new LabelRenderer(engine, of).field(millimetres(), true, done -> {});
        }
    }

    private static Edits.Result apply(TrainedModel on, String... edits) {
        String json = "{'edits': [{" + String.join("}, {", edits) + "}]}";
        return Edits.parse(json.replace('\'', '"'), "list").apply(on, name -> EditedStack.mask(), (done, step) -> {});
    }

    /** Volume and centroid of a structure's surface. */
    private static Measures surface(LabelField of, int structure) {
        return Measures.of(MarchingTetrahedra.extract(of, Frame.RAS).of(structure));
    }

    private static boolean near(int n, Vector3d centre, double distance) {
        return centre.distance(n % EditedStack.WIDTH, n / EditedStack.WIDTH % EditedStack.HEIGHT,
                n / EditedStack.WIDTH / EditedStack.HEIGHT) <= distance;
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0, 2", "0, -4, 0, '\"ball\"'", "3.3, -2.2, 1.1, 2", "0, -1.4, 3.7, 2"})
    void aStructureMovesByWhatTheListSays(double x, double y, double z, String named) {
        double[] before = surface(field, BALL).centroid();
        double volume = surface(field, BALL).volume();
        Edits.Result result = apply(model, "'select': {'label': " + named + "}, 'translateMm': [" + x + ", " + y + ", " + z + "]");
        LabelField after = drawn(result.model());
        double[] now = surface(after, BALL).centroid();
        assertEquals(0, Vector3d.distance(now[0], now[1], now[2], before[0] + x, before[1] + y, before[2] + z), 0.4);
        assertEquals(1, surface(after, BALL).volume() / volume, 0.06);
        Vector3d to = EditedStack.AFFINE.invert(new org.joml.Matrix4d()).transformDirection(new Vector3d(x, y, z))
                .add(EditedStack.CENTRE);
        for (int n = 0; n < after.index().length; n++) {
            if (!near(n, EditedStack.CENTRE, 10) && !near(n, to, 10)) {
                assertEquals(field.index()[n], after.index()[n], "voxel " + n);
            }
        }
    }

    @Test
    void grownItGrowsAndTakesItsNeighboursPlace() {
        Edits.Result result = apply(model, "'select': {'label': 2}, 'scale': [1.2, 1.2, 1.2]");
        LabelField after = drawn(result.model());
        // A ball of seven pixels, its edge where pixels have it: a quarter of a pixel is a tenth of its volume.
        assertEquals(Math.pow(1.2, 3), surface(after, BALL).volume() / surface(field, BALL).volume(), 0.15);
        assertTrue(surface(after, SLAB).volume() < surface(field, SLAB).volume() - 20, "the slab has kept what the ball took");
        LabelMesh mesh = MarchingTetrahedra.extract(after, Frame.RAS);
        double sum = 0;
        for (int label = 0; label < mesh.labels().size(); label++) {
            assertTrue(MeshCheck.of(mesh.of(label)).closed(), "label " + label);
            sum += Measures.of(mesh.of(label)).volume();
        }
        assertEquals(sum, Measures.of(mesh.union()).volume(), 1e-5 * sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'neighbours'", "'none'"})
    void deletedItIsNowhere(String fill) {
        Edits.Result result = apply(model, "'select': {'label': 'ball'}, 'delete': true, 'fill': " + fill);
        for (short structure : drawn(result.model()).index()) {
            assertTrue(structure != BALL + 1, "some of it is left");
        }
        short[] slices = result.model().labels().index();
        for (int p = 0; p < slices.length; p++) {
            assertTrue(slices[p] != BALL + 1, "some of it is left on the slices");
            assertTrue(fill.equals("'neighbours'") || model.labels().at(p) != BALL || slices[p] == 0, "nothing has no name");
        }
        assertEquals(0, apply(result.model(), "'select': {'label': 2}, 'delete': true").steps().getFirst().selected());
    }

    @Test
    void comingNearAStructureOfItsChannelItKeepsItsName() {
        assertEquals(model.labels().channels()[BALL], model.labels().channels()[BAR]);
        // Columns run to the patient's left and rows forwards: 8 columns and nearly 4 rows towards the ball, which is then nearer
        // to many of its pixels than the bar was.
        LabelSlices moved = apply(model, "'select': {'label': 300}, 'translateMm': [8, 4, 0]").model().labels();
        int bar = 0;
        int was = 0;
        int nearerToTheBall = 0;
        for (int p = 0; p < moved.index().length; p++) {
            bar += moved.at(p) == BAR ? 1 : 0;
            was += model.labels().at(p) == BAR ? 1 : 0;
            int slice = p / moved.pixels();
            nearerToTheBall += moved.at(p) == BAR && model.labels().at(p) != BAR && BALL == model.labels()
                    .nearest(model.labels().channels()[BALL], slice, slice, p % moved.pixels(), 1) ? 1 : 0;
            assertEquals(model.labels().at(p) == BALL, moved.at(p) == BALL);
        }
        assertTrue(nearerToTheBall > 30, nearerToTheBall + " pixels for which the two compete");
        assertEquals(1, bar / (double) was, 0.05);
    }

    @Test
    void aListIsHeldToALabelAndReplayedToTheSameBytes() throws IOException {
        byte[] before = bytes(model);
        Path list = Files.writeString(folder.resolve("edits.json"), "{\"edits\": [{\"translateMm\": [3, 0, 1]},"
                + " {\"select\": {\"box\": {\"fromMm\": [-999, -999, -999], \"toMm\": [999, 999, 999]}}, \"setIntensity\": 90}]}");
        assertThrows(InputException.class, () -> Edits.read(list));
        Edits held = Edits.read(list, new Selection.Structure("ball"));
        TrainedModel once = held.apply(model, folder).model();
        assertArrayEquals(bytes(once), bytes(Edits.parse(held.toJson(), "again").apply(model, folder).model()));
        assertArrayEquals(before, bytes(model));
        ModelFile.write(once, folder.resolve("edited.medgs"));
        assertArrayEquals(drawn(once).index(), drawn(ModelFile.read(folder.resolve("edited.medgs"))).index());
    }

    private byte[] bytes(TrainedModel of) throws IOException {
        Path file = folder.resolve("model.medgs");
        ModelFile.write(of, file);
        return Files.readAllBytes(file);
    }

    @Test
    void whatIsNoStructureIsSaid() {
        InputException fault = assertThrows(InputException.class, () -> apply(model, "'select': {'label': 7}, 'delete': true"));
        assertEquals(List.of(), fault.quantities(), "it stands in the list");
        String said = fault.getMessage();
        assertTrue(said.contains("no label 7") && said.contains("2 (ball), 5, 300"), said);
        TrainedModel one = new TrainedModel(model.gaussians(), model.geometry(), model.window(), true, true);
        assertTrue(assertThrows(InputException.class, () -> apply(one, "'select': {'label': 2}, 'delete': true")).getMessage()
                .contains("one mask"));
    }

    @Test
    void headsWithOpacitiesOfTheirOwnAreMovedToo() throws IOException {
        TrainedModel published = model("paper", List.of("iterations=60", "model.motionDegree=2", "start.gaussians=1500",
                "density.until=0"));
        TrainedModel same = published.widened().narrowed();
        assertArrayEquals(bytes(published), bytes(same));
        SliceSpace space = new SliceSpace(published);
        TrainedModel wide = published.widened();
        GaussianPlaces places = new GaussianPlaces(wide.gaussians(), space);
        float time = space.timeOf(12);
        float[][] heads = new Patch(wide.gaussians(), new HeadRows(wide), places.near(time), time,
                new Rectangle(0, 0, EditedStack.WIDTH, EditedStack.HEIGHT), null).draw();
        float[] expected = new float[heads[0].length];
        try (Engine engine = new ReferenceEngine()) {
            for (int channel = 0; channel < published.heads().channels(); channel++) {
                published.heads().stand(channel, published.gaussians().parameters());
                engine.render(published.gaussians(), time, null, expected);
                assertArrayEquals(expected, heads[1 + channel], 0.01f, "channel " + channel);
            }
        }
    }
}
