package io.github.medgs.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                PixelShares shares = new PixelShares(model, DEPTH, p % width, p / width, ofMask);
                float drawn = ofMask ? mask[p] : image[p];
                assertEquals(drawn, shares.value(), 0f, name);
                double sum = shares.parts().stream().mapToDouble(part -> part.share() * part.intensity()).sum();
                assertEquals(drawn, sum, 1e-5 * Math.max(1, Math.abs(drawn)), name);
                assertTrue(shares.parts().stream().mapToDouble(PixelShares.Part::share).sum() < 1 + 1e-6, name);
            }
        }
    }

    /** The pixel that a slice shows is told too: it is held to what was trained, and has all labels. */
    @Test
    void ofManyLabelsTheHighestIsListed() throws Exception {
        TrainedModel model = TwoLabels.model();
        SliceDrawing.Drawn slice;
        try (ReferenceEngine engine = new ReferenceEngine()) {
            slice = new SliceDrawing(engine, ModelSource.of(model), 1).slice(DEPTH, true);
        }
        int width = model.geometry().width();
        TrainedModel standing = new TrainedModel(model.gaussians(), model.geometry(), model.window(), true, true);
        int others = 0;
        for (int p = 0; p < slice.mask().length; p += 7) {
            PixelShares image = new PixelShares(model, DEPTH, p % width, p / width, false);
            assertEquals(slice.image()[p], model.window().toInput(image.shown()), 0f);
            PixelShares mask = new PixelShares(model, DEPTH, p % width, p / width, true);
            assertEquals(slice.mask()[p], mask.shown(), 0f);
            double sum = mask.parts().stream().mapToDouble(part -> part.share() * part.intensity()).sum();
            assertEquals(mask.value(), sum, 1e-5);
            others += mask.value() > new PixelShares(standing, DEPTH, p % width, p / width, true).value() ? 1 : 0;
        }
        assertTrue(others > 0);
        assertEquals(0, model.heads().standing());
    }
}
