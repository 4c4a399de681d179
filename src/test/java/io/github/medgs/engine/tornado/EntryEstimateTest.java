package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryEstimateTest {

    @Test
    void halfAsManyAgainAreLeftForWhatTrainingChanges() {
        FoldedGaussians gaussians = scattered(40_001);
        float[] times = {0.5f, 2};
        long entries = EntryEstimate.entries(gaussians, times);
        assertTrue(entries > gaussians.count() / 2, entries + " entries");
        assertEquals(4096 + entries + entries / 2, EntryEstimate.of(gaussians, times));
    }

    @Test
    void aSampleOfManyTellsWhatAllOfThemHave() {
        FoldedGaussians many = scattered(400_000);
        long all = 0;
        FoldedGaussians part = new FoldedGaussians(many.form(), 40_000);
        for (int first = 0; first < many.count(); first += part.capacity()) {
            for (int row = 0; row < many.form().rows(); row++) {
                for (int g = 0; g < part.capacity(); g++) {
                    part.set(row, g, many.get(row, first + g));
                }
            }
            part.setCount(part.capacity());
            all += EntryEstimate.entries(part, new float[] {0.5f, 2});
        }
        assertEquals(all, EntryEstimate.entries(many, new float[] {0.5f, 2}), 0.03 * all);
    }

    private static FoldedGaussians scattered(int count) {
        ModelForm form = new ModelForm(64, 48, 1, 1, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
        FoldedGaussians gaussians = new FoldedGaussians(form, count + 3);
        Random random = new Random(5);
        for (int g = 0; g < count; g++) {
            gaussians.set(Layout.X, g, 0.7f * (random.nextFloat() - 0.5f));
            gaussians.set(Layout.Z, g, 0.5f * (random.nextFloat() - 0.5f));
            gaussians.set(Layout.LOG_SCALE_X, g, -4 - random.nextFloat());
            gaussians.set(Layout.LOG_SCALE_Z, g, -4 - random.nextFloat());
            gaussians.set(Layout.TIME, g, random.nextInt(4));
        }
        gaussians.setCount(count);
        return gaussians;
    }
}
