package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.training.Configs;
import io.github.medgs.training.History;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Presets and variants of them as methods to evaluate. */
final class TrainedMethods {

    private TrainedMethods() {}

    /**
     * Adds a preset with other settings.
     *
     * @param variant as the user wrote it: NAME:PRESET,KEY=VALUE,...
     * @param shared settings of all methods
     * @param taken names that are somebody else's
     */
    static void addVariant(String variant, List<String> shared, Set<String> taken, Map<String, TrainingConfig> trained) {
        int colon = variant.indexOf(':');
        String[] parts = variant.substring(colon + 1).split(",");
        String name = variant.substring(0, Math.max(0, colon));
        if (name.isBlank() || taken.contains(name) || trained.containsKey(name)) {
            throw new InputException("--variant " + variant, "has no name of its own",
                    "write NAME:PRESET,KEY=VALUE, as in unregularised:paper,objective.spreadImage=0");
        }
        List<String> own = new ArrayList<>(shared);
        own.addAll(List.of(parts).subList(1, parts.length));
        trained.put(name, Configs.load(parts[0], null, own));
    }

    /** Refuses a method that trains no image. */
    static void requireImages(Map<String, TrainingConfig> trained) {
        trained.forEach((name, settled) -> {
            if (!settled.heads().resolve(false).hasImage()) {
                throw new InputException("the method " + name, "trains no image", "choose a preset that does");
            }
        });
    }

    /** Shows how a method's training goes. */
    static TrainingListener watched(String name, Console console) {
        return watchedAs("training " + name, console);
    }

    /** Shows how other work of a known number of steps goes. */
    static TrainingListener watchedAs(String what, Console console) {
        return new Watched(what, console);
    }

    /** A progress bar that begins with the first step and ends with the last. */
    private static final class Watched implements TrainingListener {

        private final String what;
        private final Console console;
        private RunListener.Progress progress;

        Watched(String what, Console console) {
            this.what = what;
            this.console = console;
        }

        @Override
        public void stepped(int iteration, int iterations) {
            if (progress == null) {
                progress = console.begin(what, iterations);
            }
            progress.stepped(iteration, iterations);
            if (iteration == iterations) {
                progress.close();
                progress = null;
            }
        }

        @Override
        public void reported(History.Row row, int iterations) {
            if (progress != null) {
                progress.reported(row, iterations);
            }
        }

        @Override
        public void note(String line) {
            console.say(line);
        }
    }
}
