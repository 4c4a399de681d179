package io.github.medgs.edit;

import io.github.medgs.InputException;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A list of edits, replayed in order. The same list on the same model gives the same model, bit for bit, on any machine
 * and whatever engine draws it later.
 */
public record Edits(List<Edit> list) {

    private static final long LARGEST_FILE = 4 << 20;

    public Edits {
        list = List.copyOf(list);
    }

    /** Where the masks that a list names come from. */
    @FunctionalInterface
    public interface Masks {

        /** @throws InputException when there is no such mask */
        Volume mask(String name);

        /** Files of a folder. */
        static Masks of(Path folder) {
            return name -> {
                try {
                    return VolumeFiles.read(folder.resolve(name));
                } catch (InvalidPathException e) {
                    throw new InputException("mask " + name.replaceAll("\\p{Cntrl}", "?"),
                            "cannot be a file's name: " + e.getReason(), "correct it in the list of edits", e);
                }
            };
        }
    }

    /** Told what is being done, for progress. */
    @FunctionalInterface
    public interface Listener {

        /** @param done edits of the list that are finished */
        void finished(int done, Step step);
    }

    /** The model after the list, and what each edit did. */
    public record Result(TrainedModel model, List<Step> steps) {}

    /** @throws InputException naming the key at fault */
    public static Edits read(Path file) {
        return read(file, null);
    }

    /**
     * {@link #read(Path)}, every edit held to a part.
     *
     * @param within what an edit without a selection selects, and no other goes beyond; {@code null} for neither
     */
    public static Edits read(Path file, Selection within) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file.toString(), "is not a file", "give a JSON file with a list of edits");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new InputException(file.toString(), "is too large for a list of edits",
                        "give a JSON file with a list of edits");
            }
            return new EditsReader(file.toString(), within).read(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read as text", "give a JSON file in UTF-8", e);
        }
    }

    /** @param source what to call the text in messages */
    public static Edits parse(String json, String source) {
        return new EditsReader(source, null).read(json);
    }

    /** The list as JSON that {@link #parse} reads, in RAS, with what was left to its default written out. */
    public String toJson() {
        return EditsWriter.write(this);
    }

    /** This list and one more. */
    public Edits and(Edit edit) {
        List<Edit> longer = new ArrayList<>(list);
        longer.add(edit);
        return new Edits(longer);
    }

    /** This list without its last edit. */
    public Edits withoutLast() {
        return new Edits(list.subList(0, Math.max(0, list.size() - 1)));
    }

    /** The Gaussians of a model that a selection takes, by index; nothing is changed. */
    public static BitSet selected(TrainedModel model, Selection selection, Masks masks) {
        return new Editor(model, masks).selected(selection);
    }

    /**
     * Whether an edit changes nothing far from what it touches. So it is where Gaussians are anchored on slices; those of
     * the published form wander through the slices, and one that lies in a selection may show elsewhere too.
     */
    public static boolean isLocal(TrainedModel model) {
        return GaussianPlaces.anchored(model.gaussians().form());
    }

    /** @param folder where the masks are that the list names */
    public Result apply(TrainedModel model, Path folder) {
        return apply(model, Masks.of(folder), (done, step) -> {});
    }

    /** Replays the list. The model that is given is not changed. */
    public Result apply(TrainedModel model, Masks masks, Listener listener) {
        TrainedModel edited = model;
        List<Step> steps = new ArrayList<>();
        for (Edit edit : list) {
            Editor.Outcome outcome = new Editor(edited, masks).apply(edit);
            edited = outcome.model();
            steps.add(outcome.step());
            listener.finished(steps.size(), outcome.step());
        }
        return new Result(edited, List.copyOf(steps));
    }
}
