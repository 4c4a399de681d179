package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.edit.Edits;
import io.github.medgs.edit.Selection;
import io.github.medgs.edit.Step;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medgs edit}: a list of edits, replayed on a model. */
@Command(name = "edit", description = "Replay a list of edits on a model: move, turn, scale, repaint, fade, delete or duplicate what a mask, a structure of the model, a place or an intensity selects.",
        mixinStandardHelpOptions = true)
final class EditCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model.medgs")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "EDITS.json", description = "the list, as in {\"edits\": [{\"select\": {\"mask\": \"mask.nii.gz\", \"label\": 2}, \"translateMm\": [5, 0, 0]}]}; its masks are looked for beside it")
    private Path listFile;

    @Option(names = {"-o", "--output"}, paramLabel = "MODEL2", description = "model to write (needed unless --explain)")
    private Path output;

    @Option(names = "--label", paramLabel = "N|NAME", description = "of a model of many labels: the structure that is edited. An edit without a selection selects all of it, every other what lies in it")
    private String label;

    @Option(names = "--explain", description = "print what each edit selected and did")
    private boolean explain;

    @Mixin
    private ConsoleOptions consoleOptions;

    @Override
    public Integer call() throws Exception {
        Console console = consoleOptions.console();
        if (output == null && !explain) {
            throw new InputException("-o", "is missing", "name the model to write, or give --explain alone");
        }
        if (output != null && Files.isDirectory(output)) {
            throw new InputException(output.toString(), "is a folder", "name a file, as in " + output.resolve("edited.medgs"));
        }
        if (output != null) {
            AtomicFile.requirePlace(output);
        }
        requireOther(listFile);
        TrainedModel model = ModelFile.read(modelFile);
        if (label != null && !model.labelled()) {
            throw new InputException(modelFile.toString(), "has one mask and knows no labels", "leave it out").naming("label");
        }
        if (label != null) {
            model.labels().require(label, modelFile.toString());
        }
        Edits edits = Edits.read(listFile, label == null ? null : new Selection.Structure(label));
        if (!Edits.isLocal(model)) {
            console.say("this model's Gaussians are not anchored on slices: an edit may show far from what it selects");
        }
        Path folder = listFile.toAbsolutePath().getParent();
        Edits.Result result;
        try (Console.Progress progress = console.begin("editing", edits.list().size())) {
            result = edits.apply(model, name -> {
                requireOther(folder.resolve(name));
                return Edits.Masks.of(folder).mask(name);
            }, (done, step) -> progress.to(done));
        }
        for (int n = 0; n < result.steps().size(); n++) {
            Step step = result.steps().get(n);
            if (explain) {
                consoleOptions.show((n + 1) + ". " + describe(step));
            }
            if (step.selected() == 0) {
                console.say("edit " + (n + 1) + ": no Gaussian lies mostly in what it selects; "
                        + (step.placed() + step.removed() + step.repainted() > 0 ? "only what reaches into it" : "nothing")
                        + " was changed");
            }
            if (step.lost() > 0) {
                console.say(String.format(Locale.ROOT, "edit %d moves %.0f %% of what it selects out of the volume",
                        n + 1, Math.max(1, 100 * step.lost())));
            }
        }
        if (output != null) {
            ModelFile.write(result.model(), output);
            console.say("wrote " + output + ", " + result.model().gaussians().count() + " Gaussians");
        }
        return Main.DONE;
    }

    private void requireOther(Path input) {
        if (output != null) {
            OutputFile.requireOther(output, input);
        }
    }

    private static String describe(Step step) {
        return String.format(Locale.ROOT, "%s: %,d Gaussians selected, %,d placed, %,d removed, %,d repainted",
                step.words(), step.selected(), step.placed(), step.removed(), step.repainted());
    }
}
