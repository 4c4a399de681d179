package io.github.medgs.evaluation.tables;

import io.github.medgs.evaluation.funsr.FunsrSurface;
import io.github.medgs.training.Configs;
import java.util.List;
import java.util.Map;

/**
 * A column or row of a table.
 *
 * @param label as the table calls it
 * @param name as {@code --methods} calls it; a preset's name trains with it
 * @param settings {@code key=value} over the preset
 */
record TableMethod(String label, String name, List<String> settings) {

    /** Presets of the methods that learn, those under names of their own among them. */
    private static final Map<String, String> PRESETS = Map.of("mask", "mesh", "joint", "default");

    /** Steps of those whose schedule does not go by the number of slices, so that it can be shortened. */
    private static final Map<String, Integer> SCHEDULES = Map.of("paper",
            Configs.load("paper", null, List.of()).iterations(), "funsr", FunsrSurface.PUBLISHED_STEPS);

    /** One without settings, under its own name. */
    static TableMethod of(String name) {
        return new TableMethod(name, name, List.of());
    }

    /** The preset that it trains with, or {@code null}. */
    String preset() {
        return PRESETS.getOrDefault(name, Configs.PRESETS.contains(name) ? name : null);
    }

    /** Whether something is learnt on an engine, and so the result depends on a seed. */
    boolean trains() {
        return preset() != null || name.equals("funsr");
    }

    /** Steps of its whole schedule, or 0 where it is not to be shortened. */
    int schedule() {
        return SCHEDULES.getOrDefault(name, 0);
    }
}
