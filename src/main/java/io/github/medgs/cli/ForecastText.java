package io.github.medgs.cli;

import io.github.medgs.reconstruction.Forecast;
import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a long run is expected to take, in lines for people and as an event, with the options that would halve it. */
final class ForecastText {

    private static final TrainingConfig QUICK = Configs.load("quick", null, List.of());
    /** The share of the steps from which on the quick preset is worth a word. */
    private static final double QUICKER = 0.9;

    private final Forecast forecast;

    ForecastText(Forecast forecast) {
        this.forecast = forecast;
    }

    /** Two lines, and one more for each part that is worth halving. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "to learn: %,d steps with about %,d Gaussians; needs about %s of the %s GiB of"
                + " memory that Java may take", forecast.steps(), forecast.gaussians(),
                Words.gibibytes(forecast.memory()), Words.gibibytes(Runtime.getRuntime().maxMemory())));
        StringBuilder line = new StringBuilder("expected to take about " + Console.clock(forecast.seconds()) + ": "
                + Console.clock(forecast.preparing()) + " to prepare, " + Console.clock(forecast.training())
                + " to train");
        if (forecast.drawing() > 0) {
            line.append(String.format(Locale.ROOT, ", %s to draw and write %,d slices", Console.clock(forecast.drawing()),
                    forecast.sizes().drawnSlices()));
        }
        lines.add(line.toString());
        lines.addAll(remedies());
        return lines;
    }

    /** Halving one of the parts helps where it is at least a third of the whole. */
    private List<String> remedies() {
        List<String> remedies = new ArrayList<>();
        double whole = forecast.seconds();
        if (forecast.training() > whole / 3) {
            int passes = forecast.config().passes();
            String half = passes > 1 && forecast.config().iterations() == (long) passes * forecast.sizes().slices()
                    ? "passes=" + passes / 2 : "iterations=" + forecast.config().iterations() / 2;
            double quick = (double) QUICK.forSlices(forecast.sizes().slices()).iterations()
                    / forecast.config().iterations();
            String preset = quick > QUICKER ? "" : "--preset quick, about "
                    + Console.clock(whole - (1 - quick) * forecast.training()) + " in all; ";
            remedies.add(String.format(Locale.ROOT, "shorter: %s--set %s trains half as long, %s in all", preset, half,
                    Console.clock(whole - forecast.training() / 2)));
        }
        if (forecast.drawing() > whole / 3) {
            remedies.add(String.format(Locale.ROOT, "shorter: --spacing or --factor for half as many slices, %s in all;"
                    + " or --no-uncertainty", Console.clock(whole - forecast.drawing() / 2)));
        }
        return remedies;
    }

    /** The fields of the event {@code estimate}. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slices", forecast.sizes().slices());
        fields.put("height", forecast.sizes().height());
        fields.put("width", forecast.sizes().width());
        fields.put("drawnSlices", forecast.sizes().drawnSlices());
        fields.put("iterations", forecast.steps());
        fields.put("gaussians", forecast.gaussians());
        fields.put("memory", forecast.memory());
        fields.put("preparing", Math.round(forecast.preparing()));
        fields.put("training", Math.round(forecast.training()));
        fields.put("drawing", Math.round(forecast.drawing()));
        fields.put("seconds", Math.round(forecast.seconds()));
        return fields;
    }
}
