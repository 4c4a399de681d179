package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.interslice.Interpolation;
import io.github.medgs.interslice.SlicePredictor;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceStack;
import io.github.medgs.volume.Volume;
import java.util.List;
import java.util.Map;
import org.joml.Matrix4d;
import org.junit.jupiter.api.Test;

class InterpolationStudyTest {

    private static final int SIZE = 16;

    /** A ramp along z with an empty slice, values 0 to 1. */
    private static SliceStack ramp(int slices, int emptySlice) {
        float[] voxels = new float[SIZE * SIZE * slices];
        for (int k = 0; k < slices; k++) {
            for (int p = 0; p < SIZE * SIZE; p++) {
                voxels[k * SIZE * SIZE + p] = k == emptySlice ? 0 : (float) k / slices + 0.001f * (p % SIZE);
            }
        }
        Volume volume = new Volume(SIZE, SIZE, slices, voxels, new Matrix4d().scaling(1, 1, 3));
        return SliceStack.of(volume, SliceAxis.K, new IntensityWindow(0, 1));
    }

    @Test
    void everyNthSliceIsKeptAndThoseBetweenAreScored() {
        HoldOut holdOut = HoldOut.every(3, ramp(12, -1));
        assertArrayEquals(new int[] {0, 3, 6, 9}, holdOut.kept());
        // Slices 10 and 11 lie after the last kept one.
        assertArrayEquals(new int[] {1, 2, 4, 5, 7, 8},
                holdOut.scored().stream().mapToInt(HoldOut.Scored::source).toArray());
        assertEquals(2.0 / 3, holdOut.scored().get(3).fraction(), 1e-9);
        assertEquals(1, holdOut.scored().get(3).before());
        assertThrows(IllegalArgumentException.class, () -> HoldOut.every(12, ramp(12, -1)));
        assertThrows(IllegalArgumentException.class, () -> HoldOut.every(1, ramp(12, -1)));
    }

    @Test
    void aMethodNeverSeesWhatItIsScoredOn() throws Exception {
        SliceStack stack = ramp(9, -1);
        InterpolationMethod spy = method("spy", kept -> {
            assertEquals(5, kept.count());
            for (int k = 0; k < 5; k++) {
                assertEquals(stack.values()[2 * k * SIZE * SIZE], kept.values()[k * SIZE * SIZE]);
            }
            return (slice, fraction, out) -> java.util.Arrays.fill(out, 0.5f);
        });
        new InterpolationStudy(stack, 2).run("ramp", List.of(spy), "spy");
    }

    @Test
    void scoresMeansAndEmptySlicesAreRight() throws Exception {
        CaseResult result = new InterpolationStudy(ramp(9, 3), 2).run("ramp",
                List.of(new Baseline(Interpolation.LINEAR, 1), constant("half", 0.5f)), "linear");
        assertEquals(1, result.emptySlices());
        MethodResult linear = result.methods().get(0);
        MethodResult half = result.methods().get(1);
        assertEquals(4, linear.slices().size());
        assertTrue(linear.slices().get(1).empty());
        assertEquals(3, linear.slices().get(1).slice());
        assertEquals(9, linear.slices().get(1).position(), 1e-9);
        // Linear interpolation of a ramp is exact up to rounding: counted as the highest PSNR or close.
        assertTrue(linear.psnr() > 95, "psnr " + linear.psnr());
        assertEquals(1, linear.ssim(), 1e-6);
        assertEquals(SliceScore.HIGHEST_PSNR, linear.ownPsnr(), 1e-9);
        double expected = 0;
        for (int k : new int[] {1, 5, 7}) {
            for (int c = 0; c < SIZE; c++) {
                expected += Math.abs(0.5 - (k / 9.0 + 0.001 * c)) / SIZE / 3;
            }
        }
        assertEquals(expected, half.meanAbsoluteError(), 1e-6);
        assertTrue(half.roughness() > result.trueRoughness());
    }

    @Test
    void theReportsHoldEveryNumberAndStandAlone() throws Exception {
        List<InterpolationMethod> methods =
                List.of(new Baseline(Interpolation.CUBIC, 1), constant("a<b, \"c\"", 0.25f));
        CaseResult result = new InterpolationStudy(ramp(7, 1), 2).run("some, volume.nii", methods, "cubic");
        JsonNode json = new ObjectMapper().readTree(ResultFiles.json(List.of(result)));
        JsonNode cubic = json.at("/cases/0/methods/0");
        assertEquals("cubic", cubic.get("method").textValue());
        assertEquals(3, cubic.get("slices").size());
        assertEquals(result.methods().get(0).psnr(), cubic.get("psnr").doubleValue());
        assertFalse(json.at("/cases/0").has("pictures"));
        String[] lines = ResultFiles.sliceCsv(List.of(result)).split("\n");
        assertEquals(1 + 2 * 3, lines.length);
        assertTrue(lines[1].startsWith("\"some, volume.nii\",2,cubic,1,3.0000,"), lines[1]);
        assertTrue(lines[4].contains("\"a<b, \"\"c\"\"\""), lines[4]);
        List<String> rows = ResultFiles.summaryCsv(List.of(result)).lines().toList();
        assertEquals(3, rows.size());
        assertEquals(List.of(20L, 20L, 20L), rows.stream().map(row -> row.replaceAll("\"[^\"]*\"", "").chars().filter(c -> c == ',').count()).toList());
        String html = HtmlReport.of(List.of(result));
        assertTrue(html.contains("a&lt;b, &quot;c&quot;"));
        assertFalse(html.contains("http"), "the page loads nothing");
        // Three slices with the truth and, for each of two methods, a picture above its error map; then tables and two plots.
        assertEquals(3 * (1 + 2), html.split("data:image/png;base64,", -1).length - 1);
        assertEquals(2, html.split("role=\"img\"", -1).length - 1);
        assertTrue(html.lastIndexOf("<img") < html.indexOf("<table"), "pictures first");
    }

    @Test
    void aVolumeWithNothingInItHasNoScores() throws Exception {
        SliceStack empty = SliceStack.of(new Volume(12, 12, 5, new float[720], new Matrix4d()), SliceAxis.K,
                new IntensityWindow(0, 1));
        CaseResult result = new InterpolationStudy(empty, 2).run("empty",
                List.of(new Baseline(Interpolation.MOTION, 1)), "motion");
        assertTrue(Double.isNaN(result.methods().get(0).psnr()));
        JsonNode json = new ObjectMapper().readTree(ResultFiles.json(List.of(result)));
        assertTrue(json.at("/cases/0/methods/0/psnr").isNull());
        assertTrue(HtmlReport.of(List.of(result)).contains(">-</td>"));
    }

    private interface Fit {
        SlicePredictor of(SliceStack kept);
    }

    private static InterpolationMethod constant(String name, float value) {
        return method(name, kept -> (slice, fraction, out) -> java.util.Arrays.fill(out, value));
    }

    private static InterpolationMethod method(String name, Fit fit) {
        return new InterpolationMethod() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "a test";
            }

            @Override
            public Map<String, Object> settings() {
                return Map.of("value", 1);
            }

            @Override
            public SlicePredictor fit(SliceStack kept) {
                return fit.of(kept);
            }
        };
    }
}
