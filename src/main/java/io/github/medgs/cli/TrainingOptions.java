package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.training.Configs;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to learn from, and how. */
final class TrainingOptions {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "the volume to learn from")
    Path image;

    @Option(names = "--mask", paramLabel = "MASK", description = "a mask on the image's grid")
    Path mask;

    @Option(names = "--label", paramLabel = "N", description = "label of the mask to take; repeat for several (default: every label but 0)")
    private List<Integer> labels = List.of();

    @Mixin
    VolumeOptions volumes;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true, description = "folder for the results")
    Path output;

    @Option(names = "--preset", paramLabel = "NAME", description = "default, quick, mesh or paper (default: default)")
    private String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "JSON file whose keys replace the preset's")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one configuration key; repeat for several")
    private List<String> settings = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "seed of all random choices")
    private Long seed;

    @Option(names = "--axis", paramLabel = "AXIS", defaultValue = "auto", description = "slicing axis: auto (the coarsest spacing), i, j or k (default: ${DEFAULT-VALUE})")
    private SliceAxis axis;

    @Option(names = "--window", paramLabel = "LO,HI", description = "intensities that become 0 and 1 (default: 0.1 to 99.9 percentile)")
    private String window;

    @Option(names = "--resume", description = "go on with the run in the output folder")
    boolean resume;

    @Option(names = "--force", description = "replace the run in the output folder")
    boolean force;

    static final String CONFIG_FILE = "config.json";

    /** The effective configuration; a resumed run keeps its own unless it is told otherwise. */
    TrainingConfig config() {
        List<String> all = new ArrayList<>(settings);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        Path saved = output.resolve(CONFIG_FILE);
        if (resume && preset == null && config == null && Files.isRegularFile(saved)) {
            return Configs.load("default", saved, all);
        }
        return Configs.load(preset == null ? "default" : preset, config, all);
    }

    Set<Integer> labels() {
        return new LinkedHashSet<>(labels);
    }

    SliceAxis axis() {
        return axis;
    }

    /** The wanted window, or the automatic one. */
    IntensityWindow window(Volume volume) {
        return window == null ? IntensityWindow.automatic(volume) : parseWindow(window);
    }

    /** The window that LO,HI describes. */
    static IntensityWindow parseWindow(String window) {
        String[] ends = window.split(",", -1);
        try {
            if (ends.length == 2) {
                return new IntensityWindow(Float.parseFloat(ends[0].strip()), Float.parseFloat(ends[1].strip()));
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw new InputException("--window " + window, "is not two numbers", "write --window LO,HI, as in -160,240");
    }

    /** Refuses a folder that holds a run, unless it is to be resumed or replaced. */
    void checkOutput() {
        if (resume && force) {
            throw new InputException("--resume", "contradicts --force", "give one of them");
        }
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new InputException(output.toString(), "is not a folder", "give another -o DIR");
        }
        if (!resume && !force && (Files.exists(output.resolve(CONFIG_FILE))
                || Files.exists(output.resolve(TrainingRun.MODEL_FILE)))) {
            throw new InputException(output.toString(), "already holds a run",
                    "go on with it by --resume, replace it by --force, or give another -o DIR");
        }
    }

    /** Removes what a replaced run left, so that old and new results never stand side by side. */
    void clearOutput(List<String> names) throws IOException {
        if (force) {
            for (String name : names) {
                Files.deleteIfExists(output.resolve(name));
            }
        }
    }
}
