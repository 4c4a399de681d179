package io.github.medgs.evaluation.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.medgs.InputException;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.files.InputFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finished cells, a file each, and the checkpoints of those that were interrupted. */
final class CellFolder {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.String, CoercionAction.Fail)).build();
    // As a cell's name ends: the case's own may hold anything before.
    private static final Pattern SEED = Pattern.compile("-seed(\\d{1,4})(?:-steps\\d{1,9})?-[0-9a-f]{12}\\.json$");
    private static final Pattern STEPS = Pattern.compile("-steps(\\d{1,9})-[0-9a-f]{12}\\.json$");

    private final Path folder;

    CellFolder(Path folder) {
        this.folder = folder;
    }

    /** A finished cell, or {@code null}: it has not been run. */
    CellResult find(Cell cell) throws IOException {
        Path file = folder.resolve(cell.id());
        if (!Files.exists(file)) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "is no file", "move it away, and this cell is measured again");
        }
        CellResult result;
        try {
            result = JSON.readValue(Files.readString(file), CellResult.class);
        } catch (JsonProcessingException e) {
            throw unfinished(file, e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw unfinished(file, "it is not text in UTF-8", e);
        } catch (IOException e) {
            throw InputFiles.unreadable(file, e);
        }
        if (result == null || !result.isOf(cell)) {
            throw unfinished(file, "it holds another cell than its name says", null);
        }
        List<String> figures = cell.table().measure().figures();
        if (!result.values().keySet().containsAll(figures)) {
            throw unfinished(file, "its values are not " + String.join(", ", figures), null);
        }
        return result;
    }

    private static InputException unfinished(Path file, String reason, Exception cause) {
        return new InputException(file.toString(), "is no finished cell: " + reason, "delete it, and it is measured again", cause);
    }

    void write(Cell cell, CellResult result) throws IOException {
        AtomicFile.writeText(folder.resolve(cell.id()), JSON.writeValueAsString(result) + "\n");
        Files.deleteIfExists(checkpoint(cell));
    }

    /** Where a cell in work keeps what it has. */
    Path checkpoint(Cell cell) {
        return folder.resolve(cell.id().replaceAll("json$", "checkpoint"));
    }

    /** Seeds that any cell of a table was run with. */
    SortedSet<Integer> seeds(StudyTable table) throws IOException {
        return numbers(table, SEED);
    }

    /** Shortened schedules that any cell of a table was run with. */
    SortedSet<Integer> shortened(StudyTable table) throws IOException {
        return numbers(table, STEPS);
    }

    private SortedSet<Integer> numbers(StudyTable table, Pattern pattern) throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        Path of = folder.resolve(table.name());
        if (Files.isDirectory(of)) {
            try (Stream<Path> files = Files.list(of)) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")).forEach(name -> {
                    Matcher matcher = pattern.matcher(name);
                    if (matcher.find()) {
                        numbers.add(Integer.parseInt(matcher.group(1)));
                    }
                });
            }
        }
        return numbers;
    }
}
