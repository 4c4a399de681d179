package io.github.medgs.evaluation.interpolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures of large slices: noise, which does not pack. */
class HtmlReportTest {

    private static final int SIZE = 400;

    private static CaseResult result(int methods) {
        Random random = new Random(1);
        List<MethodResult> results = new ArrayList<>();
        for (int m = 0; m < methods; m++) {
            List<SliceScore> scores = List.of(new SliceScore(1, 1, 20, 0.5, 0.1, false), new SliceScore(3, 3, 21, 0.5, 0.1, false),
                    new SliceScore(5, 5, 22, 0.5, 0.1, false));
            results.add(new MethodResult("m" + m, "", Map.of(), 21, 0.5, 0.1, 0, 0, 0, 0, 0, scores, null));
        }
        List<CaseResult.SlicePictures> pictures = new ArrayList<>();
        for (String title : List.of("best", "median", "worst")) {
            List<float[]> predictions = new ArrayList<>();
            for (int m = 0; m < methods; m++) {
                predictions.add(noise(random));
            }
            pictures.add(new CaseResult.SlicePictures(title, 2 * pictures.size() + 1, noise(random), predictions, null));
        }
        return new CaseResult("ct", 2, "k", SIZE, SIZE, 0, 1, 7, 4, 0, 0, 0, "m0", results, pictures);
    }

    private static float[] noise(Random random) {
        float[] noise = new float[SIZE * SIZE];
        for (int p = 0; p < noise.length; p++) {
            noise[p] = random.nextFloat();
        }
        return noise;
    }

    private static int pictures(String html) {
        return html.split("data:image/png;base64,", -1).length - 1;
    }

    @Test
    void aSingleCaseIsShownHoweverLargeItsSlices() {
        String html = HtmlReport.of(List.of(result(1)));
        assertEquals(3 * 2, pictures(html));
        assertTrue(html.contains("is the mean of 2 x 2 of its slice"));
        assertTrue(html.length() < 2_100_000, "" + html.length());
        assertFalse(html.contains("Not shown"));
    }
}
