package io.github.medgs.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.InputException;
import io.github.medgs.engine.vector.VectorEngine;
import io.github.medgs.model.CodingSteps;
import io.github.medgs.model.CompactModel;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joml.Vector3d;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ball in a model of uneven slices on an oblique grid is moved, turned, repainted and taken out. */
class EditsTest {

    private static final String BALL = "'select': {'mask': 'ball', 'label': 2}";
    private static final List<String> SHORT = List.of("iterations=120", "between.target=linear", "start.motion=false");

    private static TrainedModel model;
    private static Volume image;
    private static double[] ball;

    @TempDir
    Path folder;

    @BeforeAll
    static void learn() throws IOException {
        model = EditedStack.model("default", SHORT);
        var drawn = EditedStack.drawn(model);
        image = drawn.image();
        ball = EditedStack.moments(drawn.mask());
    }

    private static Edits.Result apply(TrainedModel on, String... edits) {
        String json = "{'edits': [{" + String.join("}, {", edits) + "}]}";
        return Edits.parse(json.replace('\'', '"'), "list").apply(on, name -> EditedStack.mask(), (done, step) -> {});
    }

    /** The mean of the drawn image within a distance of a place of the volume's indices. */
    private static double mean(Volume drawn, double i, double j, double k, double radius) {
        double sum = 0;
        int count = 0;
        for (int n = 0; n < drawn.voxels().length; n++) {
            int column = n % EditedStack.WIDTH;
            int row = n / EditedStack.WIDTH % EditedStack.HEIGHT;
            int slice = n / EditedStack.WIDTH / EditedStack.HEIGHT;
            if (Vector3d.distance(column, row, slice, i, j, k) <= radius) {
                sum += drawn.voxels()[n];
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0", "0, 5, 0", "0, 0, 5", "-3.3, 2.2, 1.1", "0, -1.4, 3.7"})
    void theBallMovesByWhatTheListSays(double x, double y, double z) {
        var after = EditedStack.drawn(apply(model, BALL + ", 'translateMm': [" + x + ", " + y + ", " + z + "]").model());
        double[] moved = EditedStack.moments(after.mask());
        assertEquals(0, Vector3d.distance(moved[1], moved[2], moved[3], ball[1] + x, ball[2] + y, ball[3] + z), 0.3);
        // A twentieth of a pixel of a radius of seven is two hundredths.
        assertEquals(1, moved[0] / ball[0], 0.05);
        Vector3d place = new Vector3d(ball[1] + x, ball[2] + y, ball[3] + z);
        after.image().indexToPatient().invert(new org.joml.Matrix4d()).transformPosition(place);
        assertEquals(200, mean(after.image(), place.x, place.y, place.z, 4), 2);
        assertUnchangedFarFrom(after.image(), 7 + 5 + 9);
        // What it left is the ramp again.
        Vector3d c = EditedStack.CENTRE;
        Vector3d left = new Vector3d(c).sub(new Vector3d(place).sub(c).normalize(5));
        assertTrue(mean(after.image(), left.x, left.y, left.z, 0.9) < 130, "the hole is not filled from the ramp about it");
    }

    private static void assertUnchangedFarFrom(Volume after, double distance) {
        Vector3d c = EditedStack.CENTRE;
        for (int n = 0; n < after.voxels().length; n++) {
            if (c.distance(n % EditedStack.WIDTH, n / EditedStack.WIDTH % EditedStack.HEIGHT,
                    n / EditedStack.WIDTH / (double) EditedStack.HEIGHT) > distance) {
                assertEquals(image.voxels()[n], after.voxels()[n], 0.05);
            }
        }
    }

    @Test
    void movedThereAndBackItIsWhereItWas() {
        Edits.Result result = apply(model, BALL + ", 'translateMm': [4, 0, 2]",
                "'select': {'sphere': {'centreMm': [" + (ball[1] + 4) + ", " + ball[2] + ", " + (ball[3] + 2)
                        + "], 'radiusMm': 7.6}}, 'translateMm': [-4, 0, -2]");
        double[] back = EditedStack.moments(EditedStack.drawn(result.model()).mask());
        assertEquals(0, Vector3d.distance(back[1], back[2], back[3], ball[1], ball[2], ball[3]), 0.4);
        assertEquals(1, back[0] / ball[0], 0.05);
    }

    @Test
    void turnedItStaysAndScaledItGrows() {
        double[] turned = EditedStack.moments(EditedStack.drawn(
                apply(model, BALL + ", 'rotate': {'axis': [1e200, 0.3e200, 0.2e200], 'degrees': 70}").model()).mask());
        assertEquals(0, Vector3d.distance(turned[1], turned[2], turned[3], ball[1], ball[2], ball[3]), 0.3);
        assertEquals(1, turned[0] / ball[0], 0.07);
        double[] grown = EditedStack.moments(
                EditedStack.drawn(apply(model, BALL + ", 'scale': [1.3, 1, 1]").model()).mask());
        assertEquals(1.3, grown[0] / ball[0], 0.05);
    }

    @Test
    void aRotationTurnsAsTheRightHandDoes() {
        // A box beside the ball, turned a quarter about its centre: the patient's x axis becomes y.
        double[] at = ball;
        String about = "'aboutMm': [" + at[1] + ", " + at[2] + ", " + at[3] + "]";
        double[] moved = EditedStack.moments(EditedStack.drawn(apply(model, BALL + ", 'translateMm': [4, 0, 0]",
                "'select': {'sphere': {'centreMm': [" + (at[1] + 4) + ", " + at[2] + ", " + at[3]
                        + "], 'radiusMm': 7.6}}, 'rotate': {'axis': [0, 0, 1], 'degrees': 90}, " + about).model()).mask());
        assertEquals(0, Vector3d.distance(moved[1], moved[2], moved[3], at[1], at[2] + 4, at[3]), 0.5);
    }

    @Test
    void deletedItLeavesNoSurfaceAndWhatFillsTheHole() {
        Vector3d c = EditedStack.CENTRE;
        var neighbours = EditedStack.drawn(apply(model, BALL + ", 'delete': true").model());
        for (float share : neighbours.mask().voxels()) {
            assertTrue(share < 0.5f, "a surface is left");
        }
        assertEquals(40 + c.x, mean(neighbours.image(), c.x, c.y, c.z, 4), 6);
        var background = EditedStack.drawn(apply(model, BALL + ", 'delete': true, 'fill': {'background': 10}").model());
        assertEquals(10, mean(background.image(), c.x, c.y, c.z, 4), 2);
        Edits.Result none = apply(model, BALL + ", 'delete': true, 'fill': 'none'");
        var black = EditedStack.drawn(none.model());
        assertEquals(0, mean(black.image(), c.x, c.y, c.z, 4), 1);
        for (float share : black.mask().voxels()) {
            assertTrue(share < 0.5f, "a surface is left");
        }
        assertEquals(model.gaussians().count() - none.steps().getFirst().selected(), none.model().gaussians().count());
    }

    @Test
    void intensitiesAreSetScaledAndFaded() {
        Vector3d c = EditedStack.CENTRE;
        var set = EditedStack.drawn(apply(model, BALL + ", 'setIntensity': 120").model());
        assertEquals(120, mean(set.image(), c.x, c.y, c.z, 4), 1);
        assertEquals(ball[0], EditedStack.moments(set.mask())[0], 0.001 * ball[0], "the mask head is not touched");
        assertThrows(InputException.class, () -> apply(model, BALL + ", 'scaleIntensity': 1e39"));
        var scaled = EditedStack.drawn(apply(model, BALL + ", 'scaleIntensity': {'factor': 0.5, 'about': 100}").model());
        assertEquals(150, mean(scaled.image(), c.x, c.y, c.z, 4), 1.5);
        var faded = EditedStack.drawn(apply(model, BALL + ", 'fade': 0.5").model());
        assertEquals(0.5 * 200 + 0.5 * (40 + c.x), mean(faded.image(), c.x, c.y, c.z, 4), 5);
        var darker = EditedStack.drawn(apply(model, BALL + ", 'fade': 0.5, 'fill': 'none'").model());
        assertEquals(0.5 * 200, mean(darker.image(), c.x, c.y, c.z, 4), 2);
        String said = assertThrows(InputException.class, () -> apply(model, BALL + ", 'setIntensity': 300")).getMessage();
        assertTrue(said.contains("setIntensity") && said.contains("255"), said);
    }

    @Test
    void theEndsOfTheWindowAreItsIntensities() {
        // No double of three digits is the float that is nearest to it.
        TrainedModel tenths = new TrainedModel(model.gaussians(), model.geometry(), new IntensityWindow(0.1f, 0.9f), true, true);
        String dot = "'select': {'sphere': {'centreMm': [" + ball[1] + ", " + ball[2] + ", " + ball[3] + "], 'radiusMm': 0.6}}, ";
        for (String edit : List.of("'setIntensity': 0.1", "'setIntensity': 0.9", "'delete': true, 'fill': {'background': 0.1}")) {
            assertEquals(1, apply(tenths, dot + edit).steps().size());
        }
        String said = assertThrows(InputException.class, () -> apply(tenths, dot + "'setIntensity': 0.0999")).getMessage();
        assertTrue(said.contains("0.1 to 0.9"), said);
    }

    @Test
    void aDuplicateStandsInBothPlaces() {
        var two = EditedStack.drawn(
                apply(model, "'select': {'sphere': {'centreMm': [" + ball[1] + ", " + ball[2] + ", " + ball[3]
                        + "], 'radiusMm': 4}}, 'translateMm': [-12, 0, 0], 'duplicate': true").model());
        Vector3d c = EditedStack.CENTRE;
        assertEquals(200, mean(two.image(), c.x, c.y, c.z, 4), 2);
        assertEquals(200, mean(two.image(), c.x + 12, c.y, c.z, 2.5), 4);
        assertEquals(1 + Math.pow(4 / 7.0, 3), EditedStack.moments(two.mask())[0] / ball[0], 0.07);
    }

    @Test
    void selectionsCombine() {
        String at = "'centreMm': [" + ball[1] + ", " + ball[2] + ", " + ball[3] + "]";
        String sphere = "{'sphere': {" + at + ", 'radiusMm': 7}}";
        String bright = "{'intensity': [150, 255]}";
        int mask = selected("{'mask': 'ball', 'label': 2}");
        assertEquals(mask, selected(sphere), 0.05 * mask);
        assertEquals(mask, selected(bright), 0.05 * mask);
        int inner = selected("{'sphere': {" + at + ", 'radiusMm': 4}}");
        assertEquals(inner, selected("{'and': [{'sphere': {" + at + ", 'radiusMm': 4}}, " + bright + "]}"));
        int union = selected("{'or': [" + sphere + ", " + bright + "]}");
        int both = selected("{'and': [" + sphere + ", " + bright + "]}");
        assertEquals(selected(sphere) + selected(bright), union + both, 0.01 * mask);
        int all = model.gaussians().count();
        assertEquals(all, mask + selected("{'not': {'mask': 'ball', 'label': 2}}"), 0.002 * all);
        assertEquals(selected(sphere) / 2.0, selected("{'and': [" + sphere + ", {'box': {'fromMm': [" + ball[1]
                + ", -999, -999], 'toMm': [999, 999, 999]}}]}"), 0.05 * mask);
    }

    @Test
    void aPolygonSelectsWhatLiesUnderIt() {
        StringBuilder corners = new StringBuilder();
        double[][] square = {{10, 5}, {25, 5}, {25, 25}, {10, 25}};
        for (double[] corner : square) {
            Vector3d place = EditedStack.AFFINE.transformPosition(new Vector3d(corner[0], corner[1], 12));
            corners.append(corners.isEmpty() ? "" : ", ").append("[" + place.x + ", " + place.y + ", " + place.z + "]");
        }
        // Slices at 9, 12 and 14 mm; a Gaussian for about every 1.5 pixels.
        int found = selected("{'polygon': {'pointsMm': [" + corners + "], 'depthMm': [8, 15]}}");
        int everywhere = selected("{'box': {'fromMm': [-999, -999, -999], 'toMm': [999, 999, 999]}}");
        assertEquals(everywhere * (3.0 / EditedStack.KEPT.length) * (15 * 20) / (36.0 * 30), found, 0.25 * found);
    }

    private static int selected(String selection) {
        Selection parsed = Edits.parse(("{'edits': [{'select': " + selection + ", 'delete': true}]}").replace('\'', '"'),
                "list").list().getFirst().select();
        return Edits.selected(model, parsed, name -> EditedStack.mask()).cardinality();
    }

    @Test
    void replayedItIsTheSameBytesAndTheFirstModelIsUntouched() throws IOException {
        byte[] before = bytes(model);
        String[] list = {BALL + ", 'translateMm': [2, 1, 1.5]", "'select': {'intensity': [60, 70]}, 'fade': 0.3"};
        assertArrayEquals(bytes(apply(model, list).model()), bytes(apply(model, list).model()));
        assertArrayEquals(before, bytes(model));
    }

    private byte[] bytes(TrainedModel of) throws IOException {
        Path file = folder.resolve("model.medgs");
        ModelFile.write(of, file);
        return Files.readAllBytes(file);
    }

    @Test
    void theVectorEngineDrawsItAsTheReferenceDoes() {
        TrainedModel edited = apply(model, BALL + ", 'translateMm': [2, 1, 1.5]").model();
        int pixels = EditedStack.WIDTH * EditedStack.HEIGHT;
        float[][] drawn = new float[4][pixels];
        try (var reference = new io.github.medgs.engine.reference.ReferenceEngine();
                VectorEngine vector = new VectorEngine(2)) {
            reference.render(edited.gaussians(), 6.3f, drawn[0], drawn[1]);
            vector.render(edited.gaussians(), 6.3f, drawn[2], drawn[3]);
        }
        assertArrayEquals(drawn[0], drawn[2], 1e-4f);
        assertArrayEquals(drawn[1], drawn[3], 1e-4f);
    }

    @Test
    void whatLeavesTheVolumeIsCounted() {
        Edits.Result result = apply(model, BALL + ", 'translateMm': [17, 0, 0]");
        assertEquals(0.5, result.steps().getFirst().lost(), 0.08);
        assertEquals(0, apply(model, BALL + ", 'translateMm': [3, 0, 0]").steps().getFirst().lost());
    }

    @Test
    void whatIsSettledIsCountedAsRepainted() {
        String dot = "'centreMm': [" + ball[1] + ", " + ball[2] + ", " + ball[3] + "], 'radiusMm': 0.6";
        Step finer = apply(model, "'select': {'sphere': {" + dot + "}}, 'setIntensity': 40").steps().getFirst();
        assertEquals(0, finer.selected(), "finer than the Gaussians");
        assertTrue(finer.repainted() > 0 && finer.repainted() < 200, finer.repainted() + " near by");
        Step ofBall = apply(model, BALL + ", 'setIntensity': 40").steps().getFirst();
        assertTrue(ofBall.repainted() > ofBall.selected(), "its rim, too");
        Step nothing = apply(model, "'select': {'sphere': {'centreMm': [900, 0, 0], 'radiusMm': 1}}, 'setIntensity': 40").steps().getFirst();
        assertEquals(0, nothing.selected() + nothing.repainted());
    }

    @Test
    void thePublishedFormIsEditedToo() throws IOException {
        TrainedModel published = EditedStack.model("paper", List.of("iterations=150", "model.motionDegree=2",
                "start.gaussians=3000", "density.until=0", "rates.position=2e-3"));
        assertTrue(Edits.isLocal(model) && !Edits.isLocal(published));
        Vector3d c = EditedStack.CENTRE;
        var before = EditedStack.drawn(published);
        var after = EditedStack.drawn(apply(published, BALL + ", 'translateMm': [9, 0, 0]").model());
        // Nine millimetres to the right are nine columns down: what was dark there is bright, and the other way round.
        assertTrue(mean(after.image(), c.x - 12, c.y, c.z, 2.5) - mean(before.image(), c.x - 12, c.y, c.z, 2.5) > 20);
        assertTrue(mean(before.image(), c.x + 4, c.y, c.z, 2) - mean(after.image(), c.x + 4, c.y, c.z, 2) > 20);
        var gone = EditedStack.drawn(apply(published, BALL + ", 'delete': true").model());
        assertTrue(mean(gone.mask(), c.x, c.y, c.z, 5) < 0.25);
    }

    @Test
    void slicesGivenBackAreAsTheEditLeftThem() {
        var slices = AcquiredSlices.of(EditedStack.kept(), SliceAxis.K);
        TrainedModel edited = apply(model.with(slices), BALL + ", 'delete': true").model();
        int middle = 6;
        int centre = (int) (EditedStack.CENTRE.y * EditedStack.WIDTH + EditedStack.CENTRE.x);
        assertEquals(200, slices.intensities(middle)[centre]);
        assertEquals(40 + EditedStack.CENTRE.x, edited.acquired().intensities(middle)[centre], 8);
        assertArrayEquals(slices.intensities(0), edited.acquired().intensities(0));
        assertEquals(slices.intensities(middle)[5], edited.acquired().intensities(middle)[5]);
    }

    @Test
    void aModelWithoutItsSlicesKnowsWhichWereEdited() throws IOException {
        String paint = BALL + ", 'setIntensity': 40";
        TrainedModel holding = apply(model.with(AcquiredSlices.of(EditedStack.kept(), SliceAxis.K)), paint).model();
        boolean[] marks = holding.acquired().edited();
        assertTrue(marks[6] && !marks[0]);
        assertArrayEquals(marks, CompactModel.of(holding, CodingSteps.of(1.0 / 64)).model().edited());
        TrainedModel bare = apply(model, paint).model();
        assertArrayEquals(marks, bare.edited());
        ModelFile.write(bare, folder.resolve("bare.medgs"));
        bare = ModelFile.read(folder.resolve("bare.medgs"));
        assertArrayEquals(marks, apply(bare, "'select': {'sphere': {'centreMm': [900, 0, 0], 'radiusMm': 1}}, 'setIntensity': 40")
                .model().edited());
    }
}
