package io.github.medgs.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.medgs.model.Compositing;
import io.github.medgs.model.FoldedGaussians;
import io.github.medgs.model.HeadOpacity;
import io.github.medgs.model.ModelForm;
import io.github.medgs.model.TemporalWindow;
import io.github.medgs.model.TimeAxis;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.SliceGeometry;
import org.junit.jupiter.api.Test;

class SliceSpaceTest {

    private static SliceSpace space(TimeAxis axis, double... positions) {
        ModelForm form = new ModelForm(4, 3, 2, 2, Compositing.NORMALISED, TemporalWindow.HAT, HeadOpacity.SHARED, axis);
        SliceGeometry geometry =
                new SliceGeometry(SliceAxis.K, 3, 4, new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0}, positions);
        return new SliceSpace(new TrainedModel(new FoldedGaussians(form, 1), geometry, new IntensityWindow(0, 1), true, false));
    }

    /** By walking all of them. */
    private static int before(SliceSpace space, double depth) {
        int step = 0;
        while (step + 2 < space.steps() && space.depthOfStep(step + 1) <= depth) {
            step++;
        }
        return step;
    }

    @Test
    void theStepBeforeADepthIsFoundAmongUnevenSlices() {
        for (TimeAxis axis : TimeAxis.values()) {
            SliceSpace space = space(axis, 0, 3, 5, 5.5, 9);
            assertEquals(13, space.steps());
            assertEquals(3 + 2 / 3.0, space.depthOfStep(4), 1e-6);
            for (int step = 0; step < space.steps(); step++) {
                double depth = space.depthOfStep(step);
                for (double at : new double[] {Math.nextDown(depth), depth, Math.nextUp(depth), depth + 0.1}) {
                    assertEquals(before(space, at), space.stepBefore(at), axis + " at " + at);
                }
            }
            assertEquals(0, space.stepBefore(-7));
            assertEquals(11, space.stepBefore(700));
            assertEquals(0, space(axis, 0).stepBefore(2));
        }
    }
}
