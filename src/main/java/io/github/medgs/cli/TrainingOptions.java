package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunFolder;
import io.github.medgs.training.Trainer;
import io.github.medgs.training.TrainingConfig;
import io.github.medgs.view.LiveView;
import io.github.medgs.volume.Label;
import io.github.medgs.volume.Mask;
import io.github.medgs.volume.SliceAxis;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to learn from, and how. */
final class TrainingOptions {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "the volume to learn from")
    private Path image;

    @Option(names = "--mask", paramLabel = "MASK", description = "a mask or label map of the image, or a folder with a mask of one structure in each file; its axes may be in another order, reversed, cropped or padded")
    private Path mask;

    @Option(names = "--label", paramLabel = "N|NAME", description = "label of the mask to learn, by its number or its name; repeat for several, each a structure of its own (default: every label but 0)")
    private List<String> labels = List.of();

    @Mixin
    private MaskOptions maskOptions;

    @Mixin
    private LabelOptions labelOptions;

    @Mixin
    private VolumeOptions volumes;

    @Mixin
    private OutputFolder output;

    @Mixin
    private LearningOptions learning;

    @Mixin
    private SliceOptions slices;

    @Option(names = "--resume", description = "go on with the run in the output folder")
    private boolean resume;

    /** The run as the options have it; all files are read. */
    Reconstruction reconstruction(EngineOptions engines, Console console) throws IOException {
        new RunFolder(output.path, resume, output.force)
                .check(image, mask, labelOptions.namesFile(), learning.configFile());
        requireMeaning();
        TrainingConfig config = config();
        Volume volume = volumes.load(image, console);
        sayIfOneSlice(volume, console);
        Reconstruction run = Reconstruction.of(volume).named(image.toString()).readFrom(image, mask)
                .config(config).axis(slices.axis()).window(slices.window())
                .engine(engines.name(), engines.device()).threads(engines.threads())
                .resume(resume).replace(output.force);
        if (mask == null) {
            return run;
        }
        Map<Long, Label> names = labelOptions.names();
        Mask loaded = volumes.loadMask(mask, labels, names, maskOptions, volume.grid(), console);
        return run.mask(loaded).merge(labelOptions.merges(loaded)).mergeAll(labelOptions.mergeAll())
                .names(names);
    }

    /** There is nothing between the slices of a volume that has one: another axis may be meant. */
    private void sayIfOneSlice(Volume volume, Console console) {
        SliceAxis axis = slices.axis().resolve(volume.grid());
        if (volume.grid().size(axis.index()) == 1) {
            console.say(image + ": has one slice along " + axis.name().toLowerCase(Locale.ROOT) + ", and nothing lies between;"
                    + " --axis takes another axis");
        }
    }

    /** Refuses what would be passed over: somebody who chooses a label has forgotten the mask. */
    private void requireMeaning() {
        String given = !labels.isEmpty() ? "--label" : labelOptions.given() != null ? labelOptions.given()
                : maskOptions.soft ? "--soft" : maskOptions.resample ? "--resample-mask" : null;
        requireMask(given, "speaks of a mask, and there is none");
        if (maskOptions.soft && labelOptions.joins()) {
            throw new InputException("--merge", "joins labels, and a mask of probabilities has none",
                    "leave out one of --merge and --soft");
        }
    }

    /**
     * Refuses an option that would be passed over without a mask.
     *
     * @param given its name, or {@code null} for none
     */
    void requireMask(String given, String why) {
        if (mask == null && given != null) {
            throw new InputException(given, why, "give one with --mask FILE");
        }
    }

    /** The effective configuration; a resumed run keeps its own unless it is told otherwise. */
    private TrainingConfig config() throws IOException {
        Path saved = output.resolve(RunFolder.CONFIG);
        Path checkpoint = output.resolve(RunFolder.CHECKPOINT);
        if (resume && !Files.exists(saved) && Files.isRegularFile(checkpoint)) {
            // The checkpoint knows it too.
            AtomicFile.writeText(saved, Trainer.configOf(checkpoint));
        }
        return resume && learning.unnamed() && Files.isRegularFile(saved) ? learning.over(saved) : learning.config();
    }

    Path folder() {
        return output.path;
    }

    /**
     * Carries a run out, stopped by Ctrl-C or from its page, and says what comes next.
     *
     * @param page hears the run and may stop it; {@code null} for none
     */
    int carryOut(Reconstruction run, Work work, LiveView page, Console console) throws IOException {
        // The page is closed first: the process may end as soon as the interrupt is.
        try (Interrupt interrupt = new Interrupt(); page) {
            run.listener(page == null ? console : page)
                    .stopWhen(interrupt.or(() -> page != null && page.stopRequested()));
            Reconstruction.Result result = done(work, folder(), page);
            String ending = result.finished() ? "finished: look at the result with medgs view " + folder()
                    : "interrupted at step " + result.iteration() + "; the checkpoint is safe: go on with the same command"
                            + " and --resume";
            if (page != null) {
                page.ended(ending);
            }
            if (!result.finished()) {
                console.say(ending);
                return Main.INTERRUPTED;
            }
            return Main.DONE;
        }
    }

    /** Does the work; when it fails, its page says so too, if there is one. */
    static Reconstruction.Result done(Work work, Path folder, LiveView page) throws IOException {
        try {
            return work.in(folder);
        } catch (IOException | RuntimeException | Error e) {
            if (page != null) {
                page.ended("failed, as the terminal says: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Training alone, or all of a run. */
    @FunctionalInterface
    interface Work {
        Reconstruction.Result in(Path folder) throws IOException;
    }
}
