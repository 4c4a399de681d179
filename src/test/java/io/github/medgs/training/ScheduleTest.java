package io.github.medgs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.engine.Step;
import io.github.medgs.kernel.Layout;
import io.github.medgs.model.Compositing;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each row's rate, at the first step, half way and at the last. */
class ScheduleTest {

    private static final TrainingConfig CONFIG = Configs.load("paper", null, List.of("iterations=1000",
            "rates.position=1e-2", "rates.positionLast=1e-4", "rates.scale=0.2", "rates.angle=0.3", "rates.time=0.4",
            "rates.spread=0.5", "rates.motion=0.6", "rates.opacity=0.7", "rates.intensity=0.8", "rates.intensitySlope=0.9",
            "rates.decay=0.25", "objective.spreadImage=0.25", "objective.spreadMask=0.5", "objective.spreadUntil=600"));

    private static ModelForm published() {
        return new ModelForm(8, 6, 2, 1, Compositing.ALPHA, TemporalWindow.SCALES, HeadOpacity.SEPARATE,
                TimeAxis.PHYSICAL);
    }

    private static ModelForm anchored() {
        return new ModelForm(8, 6, 2, 1, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED,
                TimeAxis.SLICES);
    }

    private static float[] rates(ModelForm form, Heads heads, int step) {
        return new Schedule(CONFIG, form, heads, 0.125f).rates(step);
    }

    @Test
    void everyRowHasItsOwnRateAndFollowsItsDecay() {
        int[] steps = {0, 500, 1000};
        double[] decays = {1, 0.5, 0.25};
        double[] positions = {1e-2, 1e-3, 1e-4};
        for (int n = 0; n < steps.length; n++) {
            float[] rates = rates(published(), Heads.JOINT, steps[n]);
            double d = decays[n];
            double[] wanted = {positions[n], positions[n], 0.2 * d, 0.2 * d, 0.3 * d, 0.4 * d, 0.5 * d, 0.7 * d, 0.7 * d, 0.8 * d, 0.9 * d,
                0.8 * d, 0.9 * d, 0.6 * d, 0.6 * d, 0.6 * d, 0.6 * d};
            assertEquals(wanted.length, rates.length);
            for (int row = 0; row < wanted.length; row++) {
                assertEquals(wanted[row], rates[row], 1e-6 * wanted[row], "row " + row + " at step " + steps[n]);
            }
        }
    }

    @Test
    void whatAFormOrARunDoesNotUseIsFrozen() {
        float[] anchored = rates(anchored(), Heads.JOINT, 0);
        assertEquals(0, anchored[Layout.TIME]);
        assertEquals(0, anchored[Layout.SPREAD]);
        assertEquals(0.3f, anchored[Layout.ANGLE]);
        assertEquals(0.7f, anchored[Layout.IMAGE_OPACITY]);
        assertEquals(0, anchored[Layout.MASK_OPACITY], "the one opacity of both heads is the image's row");
        float[] image = rates(published(), Heads.IMAGE, 0);
        assertEquals(0.7f, image[Layout.IMAGE_OPACITY]);
        assertEquals(0, image[Layout.MASK_OPACITY]);
        assertEquals(0.8f, image[published().imageIntensityRow()]);
        assertEquals(0, image[published().maskIntensityRow()]);
        assertEquals(0, image[published().maskIntensityRow() + 1]);
        float[] mask = rates(published(), Heads.MASK, 0);
        assertEquals(0, mask[Layout.IMAGE_OPACITY]);
        assertEquals(0.7f, mask[Layout.MASK_OPACITY]);
        assertEquals(0, mask[published().imageIntensityRow()]);
        assertEquals(0.9f, mask[published().maskIntensityRow() + 1]);
        assertEquals(0.7f, rates(anchored(), Heads.MASK, 0)[Layout.IMAGE_OPACITY]);
    }

    @Test
    void theSpreadIsHeldUntilItsStep() {
        assertEquals(new Step.SpreadPenalty(0.125f, 1f, 0.75f),
                new Schedule(CONFIG, published(), Heads.JOINT, 0.125f).spreadPenalty(599));
        assertEquals(new Step.SpreadPenalty(0.125f, 1f, 0.25f),
                new Schedule(CONFIG, published(), Heads.IMAGE, 0.125f).spreadPenalty(0));
        assertEquals(Step.SpreadPenalty.NONE,
                new Schedule(CONFIG, published(), Heads.JOINT, 0.125f).spreadPenalty(600));
        assertEquals(Step.SpreadPenalty.NONE, new Schedule(CONFIG, anchored(), Heads.JOINT, 1f).spreadPenalty(0));
    }
}
