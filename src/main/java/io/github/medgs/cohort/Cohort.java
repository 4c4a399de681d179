package io.github.medgs.cohort;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All subjects of a study and the folder of their results.
 *
 * <p>{@code cohort.json} lists them; each has {@code ID/} with the files of its run. Every process that works on the same
 * folder does the subjects that nobody else has: running it again does what is left, and nothing when nothing is.
 */
public final class Cohort {

    static final String LIST = "cohort.json";

    /** More rounds than any lost machine needs; a subject that is still held by somebody then is theirs. */
    private static final int ROUNDS = 3;

    private static final long MILLIS_BETWEEN_ROUNDS = 2000;

    /** The group's files are at most so old while subjects run. */
    private static final long NANOS_BETWEEN_WRITES = 60_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<Subject> subjects;
    private final SubjectRunner runner;

    /**
     * @param folder for all results; made when it is not there
     * @param subjects in the order of the table
     * @throws InputException for an id that cannot name a folder, or two that would name the same
     */
    public Cohort(Path folder, List<Subject> subjects, SubjectRunner runner) {
        this.folder = InputFiles.plain(folder);
        this.subjects = List.copyOf(subjects);
        this.runner = runner;
        Set<String> names = new HashSet<>();
        for (Subject subject : subjects) {
            String id = subject.id();
            if (!id.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]*") || id.endsWith(".") || id.endsWith(" ")) {
                throw new InputException("id " + (id.isEmpty() ? "(empty)" : id), "cannot name a folder",
                        "use letters, digits, and . _ - + within");
            }
            // Some disks do not tell capitals from small letters.
            if (!names.add(id.toLowerCase(Locale.ROOT)) || GroupFiles.NAMES.contains(id.toLowerCase(Locale.ROOT)) || id.equalsIgnoreCase(LIST)) {
                throw new InputException("id " + id, "is taken", "give every subject a name of its own");
            }
            SubjectFolder.of(this.folder, id);
        }
    }

    /**
     * Refuses results among which the table, or the data set's own description, would be replaced.
     *
     * @param source the table or BIDS folder of the subjects
     */
    public void requireApartFrom(Path source) throws IOException {
        if (Files.isDirectory(source) && Files.exists(folder) && Files.isSameFile(source, folder)) {
            throw new InputException(source.toString(), "is the data set itself, whose description would be replaced",
                    "give another folder, as in " + source.resolve("derivatives").resolve("medgs")).naming("output");
        }
        Set<String> names = new HashSet<>(GroupFiles.NAMES);
        names.add(LIST);
        for (String name : names) {
            Path written = folder.resolve(name);
            if (Files.exists(written) && Files.isSameFile(source, written)) {
                throw new InputException(source.toString(), "is what is read, and the group's file of that name would"
                        + " replace it", "give another folder, or rename the table").naming("output");
            }
        }
    }

    /**
     * Does what is left of a share of the subjects, then writes the group's files.
     *
     * @param again whether subjects that are done are done again
     * @param heard told each outcome once
     * @return the outcomes, in no order
     */
    public List<SubjectTask.Outcome> run(Share share, Execution execution, boolean again,
            Consumer<SubjectTask.Outcome> heard, StopRequest stop) throws IOException {
        try {
            return runAll(share, execution, again, heard, stop);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<SubjectTask.Outcome> runAll(Share share, Execution execution, boolean again,
            Consumer<SubjectTask.Outcome> heard, StopRequest stop) throws IOException {
        writeList();
        List<SubjectTask> left = share.of(subjects).stream()
                .map(subject -> new SubjectTask(subject, folder.toString(), runner, again)).toList();
        List<SubjectTask.Outcome> outcomes = new ArrayList<>();
        long[] written = {System.nanoTime()};
        for (int round = 1; round <= ROUNDS && !left.isEmpty() && !stop.getAsBoolean(); round++) {
            boolean last = round == ROUNDS;
            Set<String> busy = new HashSet<>();
            execution.run(left, outcome -> {
                if (outcome.ending() == SubjectTask.Ending.BUSY && !last) {
                    busy.add(outcome.id());
                    return;
                }
                outcomes.add(outcome);
                heard.accept(outcome);
                if (System.nanoTime() - written[0] > NANOS_BETWEEN_WRITES) {
                    GroupFiles.write(folder);
                    written[0] = System.nanoTime();
                }
            }, stop);
            // Who was busy with it may have died since, or have finished it.
            left = left.stream().filter(task -> busy.contains(task.subject().id())).toList();
            if (!left.isEmpty()) {
                pause(stop);
            }
        }
        GroupFiles.write(folder);
        return outcomes;
    }

    private static void pause(StopRequest stop) throws IOException {
        try {
            for (long waited = 0; waited < MILLIS_BETWEEN_ROUNDS && !stop.getAsBoolean(); waited += 100) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Says that the results are derived from a BIDS data set. */
    public void describe(Path source, String version) throws IOException {
        GroupFiles.describe(folder, source, version);
    }

    private void writeList() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", 1);
        for (Subject subject : subjects) {
            ObjectNode node = root.withArray("subjects").addObject();
            node.put("id", subject.id());
            node.set("extra", JSON.valueToTree(subject.extra()));
        }
        byte[] bytes = JSON.writeValueAsBytes(root);
        Path list = folder.resolve(LIST);
        // Several processes of an array begin at once, all with the same list.
        if (!Files.exists(list) || !Arrays.equals(Files.readAllBytes(list), bytes)) {
            AtomicFile.write(list, out -> out.write(bytes));
        }
    }
}
