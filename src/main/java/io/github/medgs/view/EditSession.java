package io.github.medgs.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.InputException;
import io.github.medgs.edit.Edits;
import io.github.medgs.edit.Step;
import io.github.medgs.model.ModelFile;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.volume.Labels;
import io.github.medgs.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A model that the page edits: a list of edits, replayed on the model as it was opened. Only that model and the edited
 * one are held, so that the last edit is taken back by replaying the others. Masks are those of the page; a list that
 * names another is refused.
 */
final class EditSession implements ModelSource {

    private static final int MOST_EDITS = 100;

    /** Another edit is being carried out. */
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final TrainedModel original;
    private final Frame frame;
    private final Map<String, Once<Volume>> masks;
    private final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    private final ReentrantLock lock = new ReentrantLock();
    private volatile TrainedModel current;
    private volatile Edits edits = new Edits(List.of());
    private List<Step> steps = List.of();

    /** @param masks by the names that a list calls them */
    EditSession(TrainedModel original, Map<String, Once<Volume>> masks) {
        this.original = original;
        this.current = original;
        this.frame = new Frame(original.geometry(), original.image(), original.mask());
        this.masks = masks;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public TrainedModel standing() {
        return current;
    }

    @Override
    public <T> T lend(Function<TrainedModel, T> use) {
        return use.apply(current);
    }

    /** Whether the model is not as it was opened. */
    boolean isEdited() {
        return !edits.list().isEmpty();
    }

    private Volume mask(String name) {
        Once<Volume> mask = masks.get(name);
        if (mask == null) {
            throw new InputException("the mask " + name, "is not one of this page's",
                    masks.isEmpty() ? "open the page with a mask" : "choose among " + String.join(", ", masks.keySet()));
        }
        try {
            return mask.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Carries out what a list says, after the edits so far.
     *
     * @throws Busy when another is being carried out
     */
    void append(String json) throws Busy {
        exclusively(() -> {
            Edits more = Edits.parse(json, "the list");
            Edits all = edits;
            for (var edit : more.list()) {
                all = all.and(edit);
            }
            requireFew(all);
            Edits.Result result = more.apply(current, this::mask, (done, step) -> {});
            List<Step> longer = new ArrayList<>(steps);
            longer.addAll(result.steps());
            take(all, result.model(), longer);
        });
    }

    /** Takes the last edit back. */
    void undo() throws Busy {
        exclusively(() -> {
            Edits fewer = edits.withoutLast();
            Edits.Result result = fewer.apply(original, this::mask, (done, step) -> {});
            take(fewer, result.model(), result.steps());
        });
    }

    private static void requireFew(Edits all) {
        if (all.list().size() > MOST_EDITS) {
            throw new InputException("the list", "would have more than " + MOST_EDITS + " edits",
                    "save the model and go on from that");
        }
    }

    private void take(Edits list, TrainedModel model, List<Step> done) {
        edits = list;
        current = list.list().isEmpty() ? original : model;
        steps = List.copyOf(done);
    }

    private void exclusively(Runnable work) throws Busy {
        if (!lock.tryLock()) {
            throw new Busy();
        }
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** The list, what each edit did, and the masks that selections can name. */
    ObjectNode toJson() throws Exception {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("list", edits.toJson());
        node.put("gaussians", current.gaussians().count());
        node.put("local", Edits.isLocal(original));
        ArrayNode done = node.putArray("steps");
        for (Step step : steps) {
            done.addObject().put("words", step.words()).put("selected", step.selected()).put("placed", step.placed())
                    .put("removed", step.removed()).put("repainted", step.repainted()).put("lost", step.lost());
        }
        if (original.labelled()) {
            ArrayNode structures = node.putArray("structures");
            original.labels().labels().forEach(label ->
                    structures.addObject().put("label", String.valueOf(label.id())).put("name", label.name()));
        }
        ArrayNode known = node.putArray("masks");
        for (Map.Entry<String, Once<Volume>> mask : masks.entrySet()) {
            describe(mask.getKey(), mask.getValue(), known.addObject());
        }
        return node;
    }

    // What was done is told in any case: a mask is read late, and may be gone by then.
    private static void describe(String name, Once<Volume> mask, ObjectNode node) throws Exception {
        ArrayNode labels = node.put("name", name).putArray("labels");
        try {
            Labels.present(mask.get(), name).forEach(labels::add);
        } catch (InputException e) {
            node.put("fault", e.getMessage());
        }
    }

    /**
     * The edited model as a file in the folder for temporary ones; whoever asks for it takes it away.
     *
     * @throws IOException with a line for people, when it cannot be written there
     */
    Path modelFile() throws IOException {
        Path file = null;
        try {
            file = Files.createTempFile(temporary, "medgs-edited", ".medgs");
            ModelFile.write(current, file);
            return file;
        } catch (IOException | InputException e) {
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw new IOException("the model cannot be written into " + temporary + ": make room there, or name another"
                    + " folder by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER", e);
        }
    }
}
