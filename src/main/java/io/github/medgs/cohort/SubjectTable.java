package io.github.medgs.cohort;

import io.github.medgs.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of subjects: comma-separated values (RFC 4180; semicolons or tabs where the header has those and no comma), a
 * header, one row a subject. Empty cells say nothing.
 */
public final class SubjectTable {

    private SubjectTable() {}

    /**
     * The rows, each by column name in the header's order.
     *
     * @throws InputException when it is no such table
     */
    public static List<Map<String, String>> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new InputException(file.toString(), "is not text in UTF-8", "save it as CSV UTF-8", e);
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String first = text.lines().findFirst().orElse("");
        char separator = first.contains(",") ? ',' : first.contains(";") ? ';' : first.contains("\t") ? '\t' : ',';
        List<List<String>> lines = split(text, separator, file);
        if (lines.isEmpty()) {
            throw new InputException(file.toString(), "is empty", "give a table with the columns id and image");
        }
        List<String> header = lines.getFirst().stream().map(String::strip).toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            List<String> cells = lines.get(line);
            if (cells.size() == 1 && cells.getFirst().isBlank()) {
                continue;
            }
            if (cells.size() != header.size()) {
                throw new InputException(file.toString(), "has " + cells.size() + " cells in row " + line + " and "
                        + header.size() + " columns", "put quotes around cells that hold the separator");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < header.size(); c++) {
                if (row.put(header.get(c), cells.get(c).strip()) != null) {
                    throw new InputException(file.toString(), "has two columns " + header.get(c), "rename one of them");
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> split(String text, char separator, Path file) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == separator || c == '\n')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new InputException(file.toString(), "ends within quotes", "close them");
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }
}
