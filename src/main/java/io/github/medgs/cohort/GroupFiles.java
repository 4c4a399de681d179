package io.github.medgs.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.Csv;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The group: {@code group.csv} with a row for each subject and label, {@code group.json} with the same, and {@code
 * group.html}, a page that sorts, draws distributions, marks outliers and shows each subject.
 */
final class GroupFiles {

    static final String CSV = "group.csv";
    static final String JSON_FILE = "group.json";
    static final String HTML = "group.html";
    static final Set<String> NAMES = Set.of(CSV, JSON_FILE, HTML, BidsFolder.DESCRIPTION);

    private static final String LOCK = ".group.lock";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "\"@DATA@\"";

    private GroupFiles() {}

    /**
     * Writes all three from what the subjects' folders say. One process at a time: of several that end together the last
     * to write has read the last state.
     *
     * @throws UncheckedIOException when they cannot be written
     */
    static synchronized void write(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock _ = channel.lock()) {
            writeAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeAll(Path folder) throws IOException {
        List<ObjectNode> rows = rows(CohortStatus.of(folder));
        ArrayNode all = JSON.createArrayNode().addAll(rows);
        AtomicFile.writeText(folder.resolve(CSV), csv(rows));
        AtomicFile.writeText(folder.resolve(JSON_FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        // A string of the data that ends a script element must not end the page's.
        String data = JSON.writeValueAsString(all).replace("<", "\\u003c");
        AtomicFile.writeText(folder.resolve(HTML), page().replace(DATA, data));
    }

    /** One row for each subject and surface; one for a subject without any. */
    private static List<ObjectNode> rows(CohortStatus status) {
        List<ObjectNode> rows = new ArrayList<>();
        for (CohortStatus.Entry entry : status.entries()) {
            JsonNode figures = entry.figures() == null ? JSON.createObjectNode() : entry.figures();
            JsonNode surfaces = figures.path("surfaces");
            for (int s = 0; s < Math.max(1, surfaces.size()); s++) {
                rows.add(row(entry, figures, surfaces.path(s)));
            }
        }
        return rows;
    }

    private static ObjectNode row(CohortStatus.Entry entry, JsonNode figures, JsonNode surface) {
        ObjectNode row = JSON.createObjectNode();
        row.put("id", entry.id());
        row.put("label", surface.path("label").asText(""));
        row.put("status", entry.phase().name().toLowerCase(Locale.ROOT));
        copy(surface, "volume", row, "volume_mm3");
        copy(surface, "area", row, "area_mm2");
        copy(surface, "largestDiameter", row, "diameter_mm");
        copy(figures, "psnr", row, "psnr_db");
        copy(figures, "ssim", row, "ssim");
        copy(surface.has("dice") ? surface : figures, "dice", row, "dice");
        copy(figures, "expectedError", row, "expected_error");
        copy(figures, "slices", row, "slices");
        copy(figures, "gaussians", row, "gaussians");
        copy(figures, "modelBytes", row, "model_bytes");
        row.put("seconds", Math.round(10 * entry.seconds()) / 10.0);
        copy(figures, "engine", row, "engine");
        row.put("reason", entry.reason());
        row.put("label_name", surface.path("name").asText(""));
        entry.extra().forEach((name, value) -> row.put(row.has(name) ? "table_" + name : name, value));
        return row;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        to.set(as, from.has(name) ? from.get(name) : null);
    }

    private static String csv(List<ObjectNode> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        StringBuilder csv = new StringBuilder(columns.stream().map(Csv::cell).collect(Collectors.joining(",")));
        csv.append('\n');
        for (ObjectNode row : rows) {
            csv.append(columns.stream().map(column -> row.path(column).isNull() ? "" : Csv.cell(row.path(column).asText()))
                    .collect(Collectors.joining(","))).append('\n');
        }
        return csv.toString();
    }

    /** Says that a result came from a BIDS data set, and which of its files that standard does not name. */
    static void describe(Path folder, Path source, String version) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("Name", "Reconstructions of " + InputFiles.plain(source).getFileName());
        description.put("BIDSVersion", "1.9.0");
        description.put("DatasetType", "derivative");
        Map<String, String> maker = new LinkedHashMap<>();
        maker.put("Name", "medgs");
        maker.put("Version", version);
        description.put("GeneratedBy", List.of(maker));
        AtomicFile.writeText(folder.resolve(BidsFolder.DESCRIPTION),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(description) + "\n");
        AtomicFile.writeText(folder.resolve(".bidsignore"), "sub-*/*\n*.html\n" + CSV + "\n" + JSON_FILE + "\n"
                + Cohort.LIST + "\n");
    }

    private static String page() throws IOException {
        try (InputStream in = GroupFiles.class.getResourceAsStream("group.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
