package io.github.medgs.cli;

import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** How to learn: a preset, and what differs from it. */
final class LearningOptions {

    @Option(names = "--preset", paramLabel = "PRESET", completionCandidates = Presets.class, description = "default, quick, mesh, compact or paper (default: default, and mesh where evaluate learns a mask alone)")
    private String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "JSON file whose keys replace the preset's")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one configuration key; repeat for several")
    private List<String> settings = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "seed of all random choices")
    private Long seed;

    /** For completion in a shell. */
    static final class Presets implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Configs.PRESETS.iterator();
        }
    }

    /** The wanted configuration. */
    TrainingConfig config() {
        return config("default");
    }

    /** @param usual the preset where none is named */
    TrainingConfig config(String usual) {
        return Configs.load(preset == null ? usual : preset, config, settings());
    }

    /** @param named a preset by name, whatever {@code --preset} says */
    TrainingConfig ofPreset(String named) {
        return Configs.load(named, null, settings());
    }

    /** The configuration of a run in a file, with what was set over it. */
    TrainingConfig over(Path saved) {
        return Configs.load("default", saved, settings());
    }

    /** The file over the preset, or {@code null}. */
    Path configFile() {
        return config;
    }

    /** Whether neither a preset nor a file was named. */
    boolean unnamed() {
        return preset == null && config == null;
    }

    /** All single keys, the seed among them. */
    List<String> settings() {
        List<String> all = new ArrayList<>(settings);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        return all;
    }
}
