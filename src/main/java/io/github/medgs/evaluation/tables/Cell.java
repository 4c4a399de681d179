package io.github.medgs.evaluation.tables;

import io.github.medgs.files.Sha256;
import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One measurement of a table.
 *
 * @param seed 0 where the method is not random
 * @param steps of a schedule drawn together, or 0 for the whole one
 */
record Cell(StudyTable table, TableCase on, int stride, TableMethod method, int seed, int steps) {

    /** A page asks for the same few hundreds of times. */
    private static final Map<List<Object>, String> CONFIGURATIONS = new ConcurrentHashMap<>();

    /**
     * The name of its file. It begins with words for people and ends with a digest of the volume's bytes and
     * the whole configuration, so that a changed preset leaves no old figure in a table. Of changed code it knows nothing:
     * the commit stands in the result.
     */
    String id() {
        String shortened = steps > 0 ? "-steps" + steps : "";
        return String.format(Locale.ROOT, "%s/%s-%d-%s-seed%d%s-%s.json", table.name(), slug(on.name()), stride,
                slug(method.label()), seed, shortened, digest().substring(0, 12));
    }

    /** What it trains with, or {@code null}. */
    TrainingConfig config() {
        if (method.preset() == null) {
            return null;
        }
        List<String> settings = new ArrayList<>(method.settings());
        settings.add("seed=" + seed);
        if (table.measure() == Measure.INTERPOLATION) {
            // What a mask would be taught is nothing that these figures hang on.
            settings.add("between.maskTarget=none");
        }
        TrainingConfig whole = Configs.load(method.preset(), null, settings);
        return steps == 0 ? whole : Configs.with(whole, shorter(whole));
    }

    /** A published schedule drawn together: every milestone at the same share of the whole. */
    private List<String> shorter(TrainingConfig whole) {
        double share = (double) steps / whole.iterations();
        return List.of("iterations=" + steps, "between.from=" + part(whole.between().from(), share),
                "objective.spreadUntil=" + part(whole.objective().spreadUntil(), share),
                "density.after=" + part(whole.density().after(), share),
                "density.until=" + part(whole.density().until(), share),
                "density.interval=" + Math.max(1, part(whole.density().interval(), share)),
                "density.largestScaleAfter=" + part(whole.density().largestScaleAfter(), share),
                "density.opacityReset=" + Math.max(1, part(whole.density().opacityReset(), share)));
    }

    private static long part(int steps, double share) {
        return Math.round(steps * share);
    }

    private String digest() {
        String config = CONFIGURATIONS.computeIfAbsent(List.of(table.measure(), method, seed, steps),
                _ -> method.preset() == null ? "" : Configs.toJson(config()));
        return new Sha256().add(on.sum() + "\n" + on.axis() + "\n"
                + (on.window() == null ? "automatic" : on.window()[0] + " " + on.window()[1]) + "\n" + method.name() + "\n"
                + config).hex();
    }

    /** A text as files' names have it. */
    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** For people. */
    String words() {
        return table.name() + ": " + on.name() + (stride > 1 ? ", stride " + stride : "") + ", "
                + method.label().replace("`", "") + (steps > 0 ? ", " + steps + " steps" : "")
                + (method.trains() ? ", seed " + seed : "");
    }
}
