package io.github.medgs.engine.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.engine.tornado.plan.DrawForm;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The three forms through which kernels.md walks draw one picture. */
class FormTrialTest {

    @Test
    void allFormsDrawTheSame() throws IOException {
        Launcher.openEngineOrSkip();
        FormTrial tile = FormTrial.of(null, DrawForm.TILE);
        float sum = 0;
        for (float pixel : tile.image()) {
            sum += pixel;
        }
        assertTrue(sum > 0.05 * tile.image().length, "mean of the picture times pixels: " + sum);
        for (DrawForm form : new DrawForm[] {DrawForm.NAIVE, DrawForm.LISTS}) {
            FormTrial trial = FormTrial.of(null, form);
            assertArrayEquals(tile.image(), trial.image(), 1e-5f, form.name());
            assertTrue(trial.milliseconds().get(form.kernel()) > 0, trial.milliseconds().toString());
        }
    }
}
