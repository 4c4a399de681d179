package io.github.medgs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.reconstruction.Forecast;
import io.github.medgs.training.Configs;
import io.github.medgs.training.MemoryEstimate.Sizes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read before a long run. */
class ForecastTextTest {

    private static Forecast forecast(String preset, double training, double drawing) {
        return new Forecast(new Sizes(300, 512, 512, true, drawing > 0 ? 898 : 0, 2, 1, 4, true),
                Configs.load(preset, null, List.of()).forSlices(300), 12_000, 4_000_000, 5L << 30, 60, training, drawing);
    }

    @Test
    void whatWouldHalveItIsWhatTakesMost() {
        List<String> training = new ForecastText(forecast("quick", 7200, 600)).lines();
        assertEquals("to learn: 12,000 steps with about 4,000,000 Gaussians; needs about 5.0 of the ",
                training.get(0).replaceFirst("(of the ).*", "$1"));
        assertEquals("expected to take about 2:11:00: 1:00 to prepare, 2:00:00 to train, 10:00 to draw and write 898"
                + " slices", training.get(1));
        assertEquals(List.of("shorter: --set passes=10 trains half as long, 1:11:00 in all"),
                training.subList(2, training.size()));
        List<String> drawing = new ForecastText(forecast("quick", 60, 3600)).lines();
        assertTrue(drawing.get(2).startsWith("shorter: --spacing") && drawing.size() == 3, drawing.toString());
    }

    @Test
    void theQuickPresetIsNamedWhereItIsQuicker() {
        List<String> lines = new ForecastText(forecast("default", 7500, 0)).lines();
        assertEquals("shorter: --preset quick, about 51:00 in all; --set passes=25 trains half as long, 1:03:30 in all",
                lines.getLast());
        assertEquals(0L, new ForecastText(forecast("default", 7500, 0)).fields().get("drawing"));
    }
}
