package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.medgs.engine.Scenes;
import io.github.medgs.engine.reference.ReferenceEngine;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Gaussians of a pixel, held to what the reference engine draws there. */
class PixelSharesTest {

    private static final double DEPTH = 0.4;

    @ParameterizedTest
    @MethodSource("io.github.medgs.engine.Scenes#names")
    void sharesAddUpToThePixel(String name) {
        FoldedGaussians gaussians = Scenes.build(name).gaussians();
        int width = gaussians.form().width();
        int height = gaussians.form().height();
        double[] affine = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
        SliceGeometry geometry = new SliceGeometry(SliceAxis.K, height, width, affine, new double[] {0, 1});
        TrainedModel model = new TrainedModel(gaussians, geometry, new IntensityWindow(0, 1), true, true);
        float[] image = new float[width * height];
        float[] mask = new float[width * height];
        try (ReferenceEngine engine = new ReferenceEngine()) {
            engine.render(gaussians, model.timeScale().ofPosition(DEPTH), image, mask);
        }
        for (int p = 0; p < width * height; p += 41) {
            for (boolean ofMask : new boolean[] {false, true}) {
                JsonNode shares = shares(model, p, ofMask);
                float drawn = ofMask ? mask[p] : image[p];
                assertEquals(drawn, shares.get("value").floatValue(), 0f, name);
                assertEquals(drawn, sum(shares), 1e-5 * Math.max(1, Math.abs(drawn)), name);
                double all = 0;
                for (JsonNode part : shares.get("gaussians")) {
                    all += part.get("share").asDouble();
                }
                assertTrue(all < 1 + 1e-6, name);
            }
        }
    }

    private static JsonNode shares(TrainedModel model, int pixel, boolean mask) {
        int width = model.geometry().width();
        return new PixelShares(model, DEPTH, pixel % width, pixel / width, mask).toJson(Integer.MAX_VALUE);
    }

    private static double sum(JsonNode shares) {
        double sum = 0;
        for (JsonNode part : shares.get("gaussians")) {
            sum += part.get("share").asDouble() * part.get("intensity").asDouble();
        }
        return sum;
    }

    /** The pixel that a slice shows is told too: it is held to what was trained, and has all labels. */
    @Test
    void ofManyLabelsTheHighestIsListed() throws Exception {
        TrainedModel model = TwoLabels.model();
        SliceDrawing.Drawn slice;
        try (ReferenceEngine engine = new ReferenceEngine()) {
            slice = new SliceDrawing(engine, new StandingModel(model), 1).slice(DEPTH, true);
        }
        TrainedModel standing = new TrainedModel(model.gaussians(), model.geometry(), model.window(), true, true);
        int others = 0;
        for (int p = 0; p < slice.mask().length; p += 7) {
            assertEquals(slice.image()[p], shares(model, p, false).get("shown").floatValue(), 0f);
            JsonNode mask = shares(model, p, true);
            assertEquals(slice.mask()[p], mask.get("shown").floatValue(), 0f);
            double value = mask.get("value").asDouble();
            assertEquals(value, sum(mask), 1e-5);
            others += value > shares(standing, p, true).get("value").asDouble() ? 1 : 0;
        }
        assertTrue(others > 0);
        assertEquals(0, model.heads().standing());
    }
}
