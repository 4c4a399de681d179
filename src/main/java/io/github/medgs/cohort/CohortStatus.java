package io.github.medgs.cohort;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a cohort is, from its files alone. */
public record CohortStatus(List<Entry> entries) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How far a subject is. */
    public enum Phase {
        DONE,
        RUNNING,
        FAILED,
        WAITING
    }

    /**
     * One subject.
     *
     * @param reason why it failed, else {@code null}
     * @param seconds of its last attempt; of a running one, since it began
     * @param figures of its result; {@code null} unless it is done
     */
    public record Entry(String id, Phase phase, String reason, double seconds, JsonNode figures,
            Map<String, String> extra) {}

    /**
     * Reads the state of every subject.
     *
     * @throws InputException when the folder holds no cohort
     */
    public static CohortStatus of(Path folder) throws IOException {
        Path list = folder.resolve(Cohort.LIST);
        if (!Files.exists(list)) {
            throw new InputException(folder.toString(), "holds no cohort", "give the folder that medgs cohort wrote into");
        }
        JsonNode root;
        try {
            root = JSON.readTree(list.toFile());
        } catch (JsonProcessingException e) {
            throw new InputException(list.toString(), "is damaged", "run medgs cohort again", e);
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode subject : root.path("subjects")) {
            Map<String, String> extra = new LinkedHashMap<>();
            subject.path("extra").properties().forEach(pair -> extra.put(pair.getKey(), pair.getValue().asText()));
            entries.add(entry(folder, subject.path("id").asText(), extra));
        }
        return new CohortStatus(entries);
    }

    private static Entry entry(Path folder, String id, Map<String, String> extra) throws IOException {
        SubjectFolder own = SubjectFolder.of(folder, id);
        String trouble = own.whyNot(false);
        if (trouble != null) {
            return new Entry(id, Phase.FAILED, trouble, 0, null, extra);
        }
        SubjectState state;
        try {
            state = own.state();
        } catch (AccessDeniedException e) {
            return new Entry(id, Phase.FAILED, e.getFile() + ": may not be read: permission denied", 0, null, extra);
        }
        if (state == null) {
            return new Entry(id, Phase.WAITING, null, 0, null, extra);
        }
        return switch (state.phase()) {
            case DONE -> new Entry(id, Phase.DONE, null, state.seconds(), state.figures(), extra);
            case FAILED -> new Entry(id, Phase.FAILED, state.reason(), state.seconds(), null, extra);
            // Who ran it may have died: then it waits, with a checkpoint.
            case RUNNING -> own.isIdle() ? new Entry(id, Phase.WAITING, null, 0, null, extra)
                    : new Entry(id, Phase.RUNNING, null, System.currentTimeMillis() / 1e3 - state.started(), null, extra);
        };
    }

    public long count(Phase phase) {
        return entries.stream().filter(entry -> entry.phase() == phase).count();
    }

    /** Seconds until all are done, as many running at a time as now; NaN while nothing is done, or nobody works. */
    public double secondsToGo() {
        long running = count(Phase.RUNNING);
        double each = entries.stream().filter(e -> e.phase() == Phase.DONE).mapToDouble(Entry::seconds).average()
                .orElse(Double.NaN);
        double begun = entries.stream().filter(e -> e.phase() == Phase.RUNNING)
                .mapToDouble(e -> Math.min(e.seconds(), each)).sum();
        return running == 0 ? Double.NaN : ((running + count(Phase.WAITING)) * each - begun) / running;
    }
}
